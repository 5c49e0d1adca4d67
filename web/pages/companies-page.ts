import { html } from 'ghtml';
import { companyStatusWords, type Company } from '../../domain/company.ts';
import type { SetUpReach } from '../../domain/announcements/logins.ts';
import { explainBarrier } from '../../domain/gates.ts';
import type { SignInOutcome } from '../../domain/sign-in.ts';
import { callout, heading, inSeries } from './blocks.ts';
import { layout } from './layout.ts';
import type { ResultFrame } from './result-pages.ts';

export interface CompaniesPage {
  outcome: Extract<SignInOutcome, { result: 'linked' }>;
  companies: readonly Company[];
  ticked: 'all' | 'none';
  action: string;
  /** Set when the choice could not be taken. */
  problem?: string;
}

/** After the first login: which companies should be synchronised? All of them, unless somebody says otherwise. */
export function companiesPage(frame: ResultFrame, page: CompaniesPage): string {
  const { login, environment, reachable, total } = page.outcome;
  const body = html`!${heading({
      tone: 'good',
      eyebrow: `${frame.connectionName} · ${environment}`,
      title: `Linked to ${login}, reaches ${reachable} of ${total} companies`,
      lead: 'Choose the companies to synchronise. You can add more later with /syncuser companies.',
    })}
    !${page.problem ? callout('attention', 'Not passed on yet', html`${page.problem}`) : ''}
    <form method="post" action="${page.action}">
      <div class="list-head">
        <h2>Companies</h2>
        <span>Select <a href="?tick=all">all</a> or <a href="?tick=none">none</a></span>
      </div>
      <ul class="companies">
        !${page.companies.map((company) => choice(company, page.ticked === 'all'))}
      </ul>
      <div class="actions"><button class="primary">Start the first sync</button></div>
    </form>`;
  return layout({ title: 'Choose companies', officeName: frame.officeName, body });
}

/** What cannot be read is said at the set-up, with who opens it and on which screen. */
function reachRemark(reach: SetUpReach, system: string): string {
  const { login, looked, closed, unknown, systemId } = reach;
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
    const { what, mend } = explainBarrier(group.barrier, {
      systemId,
      system,
      login,
      company: companyNames(group.companies),
      many: group.companies.length > 1,
      kinds: group.kind === null ? [] : [group.kind],
    });
    return html`<strong>${what.charAt(0).toUpperCase()}${what.slice(1)}.</strong> ${mend}`;
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
    !${reach ? reachRemark(reach, frame.systemName) : ''}
    <p class="fine">You can close this page.</p>`;
  return layout({ title: 'The first sync is running', officeName: frame.officeName, body });
}

function countOf(companies: number): string {
  return companies === 1 ? 'one company' : `${companies} companies`;
}
