import { html } from 'ghtml';
import type { FormField } from '../../accounting/port.ts';
import { masterDataKinds } from '../../domain/master-data.ts';
import { kindNames } from '../../words/kinds.ts';
import type { SignInPurpose } from '../../domain/logins/sign-in.ts';
import { callout, facts, heading, inSeries, postButton, sign } from './blocks.ts';
import { layout } from './layout.ts';
import { loginForm } from './login-form.ts';

export interface ConnectPage {
  officeName: string;
  personName: string;
  /** Who passed the link on, when it is for somebody without an account. */
  askedBy: string | null;
  connectionName: string;
  systemName: string;
  purpose: SignInPurpose;
  /** As whom to log in, when that is settled: a reconnect keeps the accounting-system user it had. */
  expectedLogin: string | null;
  /** The login that is linked for this already and works, which a new one takes the place of; or null. */
  linkedAlready: string | null;
  /** What happened, in words, when this mends something. */
  reason: string | null;
  /** Where the form goes. */
  action: string;
  validUntil: string;
  /** The fields of a system whose user name and password are asked here; null when it has its own login page. */
  fields: readonly FormField[] | null;
  /** What was entered into them before. */
  typed: Readonly<Record<string, string>>;
  /** Set when what was entered cannot be used. */
  problem?: string;
}

/** Who is asked to log in, for what, as whom, and what it means. Looking at it uses nothing up. */
export function connectPage(page: ConnectPage): string {
  const words = wordsOf(page);
  const body = html`!${heading({ eyebrow: words.eyebrow, title: words.title, lead: words.lead })}
    !${facts([
      ['Connection', page.connectionName],
      ['Accounting system', page.systemName],
      ['Asked of', page.personName],
      ...(page.askedBy ? [['Asked by', `${page.askedBy} of ${page.officeName}`] as [string, string]] : []),
      [
        'Log in as',
        page.purpose === 'personal'
          ? 'yourself'
          : (page.expectedLogin ?? 'the user Syncuser is to work with, who reaches every company'),
      ],
    ])}
    !${page.fields ? '' : loginWarning(page)}
    !${page.linkedAlready === null ? '' : linkedAlready(page.linkedAlready)}
    !${
      page.fields
        ? loginForm({ ...page, fields: page.fields, button: 'Connect' })
        : postButton(page.action, `Continue to ${page.systemName}`)
    }
    <p class="fine">
      This link is meant for ${page.personName} only. It can be used once, until ${page.validUntil}.
    </p>
    !${promises(page)}`;
  return layout({ title: words.title, officeName: page.officeName, body });
}

function wordsOf(page: ConnectPage): { eyebrow: string; title: string; lead: string } {
  const { systemName, connectionName } = page;
  switch (page.purpose) {
    case 'set-up':
      return {
        eyebrow: 'Set-up',
        title: `Connect ${systemName}`,
        lead: html`You were chosen as the <strong>synchronisation user</strong> of ${connectionName}: your
          login brings the master data of the companies into ${page.officeName}.`,
      };
    case 'reconnect':
      return {
        eyebrow: 'Reconnect',
        title: `Reconnect ${systemName}`,
        lead: html`!${page.reason ? html`${page.reason} ` : ''}Log in once; everything goes on where it was,
        and nothing has to be set up again.`,
      };
    case 'personal':
      return {
        eyebrow: 'Your own login',
        title: `Connect yourself with ${connectionName}`,
        lead: html`What you do in ${page.officeName} is done under <strong>your own user</strong> of
          ${systemName}. The synchronisation goes on with the login it has. Should you be chosen as
          synchronisation user one day, it works with this login from then on, and you are told.`,
      };
    case 'change':
      return {
        eyebrow: 'Change of synchronisation user',
        title: `Take over ${connectionName}`,
        lead: html`You were asked to become the <strong>synchronisation user</strong>. Syncuser first looks
          what your login may read in every company; until the change is decided, the present login stays in
          use.`,
      };
  }
}

/** The most frequent way to link the wrong user: the browser is logged in already, and the package asks nothing. */
function loginWarning({ systemName, expectedLogin }: ConnectPage): string {
  const rest = html`log out of ${systemName} first if another login is open there in this browser. Otherwise
  ${systemName} may send you straight back as that user.`;
  return expectedLogin
    ? callout('attention', `Log in as ${expectedLogin}, not as yourself`, html`Please !${rest}`)
    : callout('attention', 'Check who is logged in', html`Please !${rest}`);
}

/** A good login is never replaced unawares. */
function linkedAlready(login: string): string {
  return callout(
    'attention',
    `Linked to ${login} already`,
    html`That login works. If you log in as another user here, that user takes the place of ${login}. To keep
    ${login}, close this page.`,
  );
}

function promises({ systemName, fields }: ConnectPage): string {
  const kinds = inSeries(masterDataKinds.map((kind) => kindNames[kind]));
  const lines = [
    html`<strong>Reads</strong> the list of companies and their ${kinds}.`,
    html`<strong>Changes nothing</strong> in ${systemName} of its own accord: it books only the purchase
      invoices that your document software hands over, and edits or deletes nothing.`,
    fields
      ? html`<strong>Keeps what you enter encrypted</strong>, uses it to log in and for nothing else, and
          never sends it through Slack.`
      : html`<strong>Never sees your password</strong>; you enter it on the page of ${systemName}.`,
  ];
  return html`<section class="promises">
    <h2>What Syncuser does with this login</h2>
    <ul>
      !${lines.map((line) => html`<li>!${sign('good')}<span>!${line}</span></li>`)}
    </ul>
  </section>`;
}
