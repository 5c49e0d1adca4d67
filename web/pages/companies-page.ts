import { html } from 'ghtml';
import type { Company } from '../../domain/connections/company.ts';
import { companyStatusWords } from '../../words/connections/company-status.ts';
import type { SetUpReach } from '../../domain/announcements/logins.ts';
import { explainBarrier } from '../../words/connections/gates.ts';
import type { SignInOutcome } from '../../domain/logins/sign-in.ts';
import { folded } from '../../domain/typed.ts';
import { callout, heading, inSeries, postButton } from './blocks.ts';
import { layout } from './layout.ts';
import type { ResultFrame } from './result-pages.ts';

export interface CompaniesPage {
  outcome: Extract<SignInOutcome, { result: 'linked' }>;
  companies: readonly Company[];
  /** External ids of those that are brought in. */
  ticked: ReadonlySet<string>;
  /** What was searched for; shown are those that fit. */
  search: string;
  action: string;
  /** Set when the choice could not be taken. */
  problem?: string;
}

/** What a press of a button on this page is for. */
export const companyButtons = ['find', 'all', 'none', 'start'] as const;

/** So many are seen at a glance. */
const fewCompanies = 12;

/**
 * After the first login: which companies should be synchronised? All of them, unless somebody says otherwise. There is no
 * script, so every button sends the ticks along, and those that a search hides go with them unseen. The first button of a
 * form is the one that Enter presses.
 */
export function companiesPage(frame: ResultFrame, page: CompaniesPage): string {
  const { login, environment, reachable, total } = page.outcome;
  const body = html`!${heading({
    tone: 'good',
    eyebrow: `${frame.connectionName} · ${environment}`,
    title: `Linked to ${login}, reaches ${reachable} of ${total} companies`,
    lead: html`Every company with a tick is brought in. A superuser can change that later with
      <strong>/syncuser companies</strong>.`,
  })}
  !${page.problem ? callout('attention', 'Not passed on yet', html`${page.problem}`) : ''}
  !${anotherLogin(frame, page.outcome)} !${chooser(page)}`;
  return layout({ title: 'Choose companies', officeName: frame.officeName, body });
}

function chooser({ companies, ticked, search, action }: CompaniesPage): string {
  const shown = companies.filter((company) => isFound(company, search));
  const hidden = companies.filter((company) => !isFound(company, search) && ticked.has(company.externalId));
  const many = companies.length > fewCompanies;
  const start = html`<button class="primary" name="button" value="start">Start the first sync</button>`;
  const found =
    search === ''
      ? ''
      : shown.length === 0
        ? html`No company has “${search}” in its code or name. `
        : html`${shown.length} of ${companies.length} ${shown.length === 1 ? 'has' : 'have'} “${search}” in
          the code or name. `;
  return html`<form method="post" action="${action}">
    !${
      many
        ? html`<div class="search">
            <label for="search">Search by code or name</label>
            <input id="search" name="search" type="search" value="${search}" autocomplete="off" />
            <button class="plain" name="button" value="find">Search</button>
          </div>`
        : ''
    }
    <div class="list-head">
      <h2>Companies</h2>
      <span>
        <button class="plain" name="button" value="all">Tick all${search ? ' shown' : ''}</button>
        <button class="plain" name="button" value="none">Tick none${search ? ' shown' : ''}</button>
      </span>
    </div>
    <p class="fine" role="status">!${found}${ticked.size} of ${reachableOf(companies)} ticked.</p>
    !${many ? html`<div class="actions above">!${start}</div>` : ''}
    !${hidden.map(({ externalId }) => html`<input type="hidden" name="company" value="${externalId}" />`)}
    <ul class="companies">
      !${shown.map((company) => choice(company, ticked.has(company.externalId)))}
    </ul>
    <div class="actions">!${start}</div>
  </form>`;
}

/** Whether a company is one of those that were searched for. */
export function isFound({ code, name }: Pick<Company, 'code' | 'name'>, search: string): boolean {
  return folded(`${code} ${name}`).includes(folded(search));
}

const reachableOf = (companies: readonly Company[]) =>
  companies.filter(({ status }) => status === 'reachable').length;

/** Whoever reaches too little may have logged in as the wrong user. */
function anotherLogin({ againAction, systemName }: ResultFrame, { login, reachable, total }: Linked): string {
  if (reachable === total) return '';
  const rest = total - reachable;
  return html`!${callout(
    'attention',
    `${rest} ${rest === 1 ? 'company is' : 'companies are'} not reached by ${login}`,
    html`Is there a user of ${systemName} who reaches them all? Log in as that user; nothing is brought in
    before you start the first sync. Or ask an administrator of ${systemName} to give ${login} access, and add
    them later.`,
  )}
  !${postButton(againAction, 'Log in as another user', 'plain')}`;
}

type Linked = CompaniesPage['outcome'];

/** What cannot be read is said at the set-up, with who opens it and on which screen. */
function reachRemark(reach: SetUpReach, { systemName: system, screens }: ResultFrame): string {
  const { login, looked, closed, unknown } = reach;
  const isUnknown =
    unknown > 0
      ? `What it may read in ${unknown} ${unknown === 1 ? 'company' : 'companies'} could not be seen yet; Syncuser looks again by itself.`
      : null;
  if (closed.length === 0 && looked && isUnknown !== null)
    return callout('calm', `Syncuser could not see yet all that ${login} may read`, isUnknown);
  if (closed.length === 0)
    return looked
      ? callout('good', `${login} may read every kind of master data in all of them`, '')
      : callout(
          'calm',
          `Syncuser looks what ${login} may read in every company`,
          html`Slack tells you the result; so does this page when you <a href="">look again</a>. You can start
            meanwhile.`,
        );
  const sentences = closed.slice(0, mostClosed).map((group) => {
    const { opening, mend } = explainBarrier(group.barrier, {
      system,
      screens,
      login,
      company: companyNames(group.companies),
      many: group.companies.length > 1,
      kinds: group.kind === null ? [] : [group.kind],
    });
    return html`<strong>${opening}.</strong> ${mend}`;
  });
  const rest = closed.length - sentences.length;
  return callout(
    'attention',
    `${login} may not read everything`,
    [
      ...sentences,
      ...(rest > 0 ? [html`And ${rest} more of this sort; /syncuser verify shows them.`] : []),
      ...(looked && isUnknown !== null ? [isUnknown] : []),
      'What is opened later comes in by itself.',
    ].join('<br />'),
  );
}

const mostClosed = 8;
const mostNames = 5;

function companyNames(companies: readonly { code: string; name: string }[]): string {
  const rest = companies.length - mostNames;
  const names = companies
    .slice(0, mostNames)
    .map(({ code, name }) => (code === name ? name : `${code} ${name}`));
  return inSeries([...names, ...(rest > 0 ? [`${rest} more`] : [])]);
}

function choice({ externalId, code, name, status }: Company, ticked: boolean): string {
  if (status !== 'reachable')
    return html`<li class="off">
      <label
        ><input type="checkbox" disabled /><span class="code">${code}</span>
        <span>${name}<small>${companyStatusWords[status]}</small></span></label
      >
    </li>`;
  return html`<li>
    <label>
      <input type="checkbox" name="company" value="${externalId}" !${ticked ? 'checked' : ''} />
      <span class="code">${code}</span><span>${name}</span>
    </label>
  </li>`;
}

/** `reach`: what is known by now of what the login may read. */
export function companiesChosenPage(frame: ResultFrame, companies: number, reach: SetUpReach | null): string {
  const body = html`!${heading({
      tone: 'good',
      eyebrow: frame.connectionName,
      title: 'The first sync is running',
      lead: html`The master data of ${countOf(companies)} comes in now. Slack shows how far it is; type
        <strong>/syncuser status</strong> there at any time.`,
    })}
    !${reach ? reachRemark(reach, frame) : ''}
    <p class="fine">You can close this page.</p>`;
  return layout({ title: 'The first sync is running', officeName: frame.officeName, body });
}

function countOf(companies: number): string {
  return companies === 1 ? 'one company' : `${companies} companies`;
}
