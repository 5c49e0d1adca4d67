import { html } from 'ghtml';
import { button } from './control-cards.ts';
import type { Overview } from './control.ts';
import type { LoggedRequest } from '../api/request-log.ts';

type User = Overview['users'][number];
type Company = Overview['companies'][number];

/** The users with their standing, consents and reach, and what can be done to each. */
export function usersCard(state: Overview): string {
  const head = ['User', 'Standing', 'Consent', 'Reaches', 'What a button does'];
  return card(
    'Users',
    table(
      head,
      state.users.map((user) => userRow(user, state.companies.length)),
    ),
  );
}

function userRow(user: User, companies: number): string {
  const { userName, blocked, inactive } = user;
  const consents = user.consents.map(
    (one) => html`<span class="good">given to ${one.app}</span><br />!${soft(minute(one.givenAt))}`,
  );
  const standing = blocked ? bad('blocked') : inactive ? bad('inactive') : 'active';
  const buttons = [
    user.consents.length > 0 ? button('withdraw-consent', { user: userName }, 'Withdraw consent (401)') : '',
    blocked
      ? button('block-user', { user: userName, on: 'false' }, 'Unblock')
      : button('block-user', { user: userName }, 'Block (403 BlockedUser)'),
    inactive
      ? button('deactivate-user', { user: userName, on: 'false' }, 'Activate')
      : button('deactivate-user', { user: userName }, 'Deactivate (403 InactiveUser)'),
  ];
  return row([
    html`<strong>${userName}</strong><br />!${soft(user.fullName)}`,
    standing + rightsTaken(user),
    consents.join('<br>') || soft('none'),
    `${user.divisions.length}&nbsp;of&nbsp;${companies}`,
    buttons.join(''),
  ]);
}

function rightsTaken({ denials }: User): string {
  if (denials.length === 0) return '';
  const words = denials.map(({ kind, division }) => `${kind} ${division ? `in ${division}` : 'everywhere'}`);
  return `<br>${bad(denials.length > 2 ? `may not read ${denials.length} lists` : `may not read ${words.join(', ')}`)}`;
}

export function companiesCard(state: Overview): string {
  const head = ['Code', 'Name', 'Country', 'Division', 'State', 'What a button does'];
  return card('Companies', table(head, state.companies.map(companyRow)));
}

function companyRow(company: Company): string {
  const division = String(company.division);
  const buttons = [
    company.blocked
      ? button('company', { division, blocked: 'false' }, 'Unblock')
      : button('company', { division, blocked: 'true' }, 'Block (403 DivisionBlocked)'),
    company.archived
      ? button('company', { division, archived: 'false' }, 'Reopen')
      : button('company', { division, archived: 'true' }, 'Archive'),
    button('company', { division, deleted: 'true' }, 'Delete'),
  ];
  return row([
    html`<strong>${company.code}</strong>`,
    html`${company.name}`,
    company.country,
    soft(division),
    company.blocked ? bad('blocked') : company.archived ? bad('archived') : 'open',
    buttons.join(''),
  ]);
}

export function requestsCard(requests: readonly LoggedRequest[]): string {
  const rows = requests.map(({ at, user, method, path, status }) =>
    row([
      soft(at.slice(11, 19)),
      user ?? soft('nobody'),
      html`${method} ${path}`,
      status < 400 ? String(status) : bad(String(status)),
    ]),
  );
  const body = rows.length > 0 ? table(['At', 'User', 'Request', 'Answer'], rows, 'log') : soft('None yet.');
  return card('Last requests', body);
}

function card(title: string, body: string): string {
  return html`<div class="card">
    <h2>${title}</h2>
    !${body}
  </div>`;
}

function table(head: readonly string[], rows: readonly string[], kind = ''): string {
  return html`<table class="${kind}">
    <thead>
      <tr>
        !${head.map((title) => html`<th>${title}</th>`)}
      </tr>
    </thead>
    <tbody>
      !${rows}
    </tbody>
  </table>`;
}

/** The cells are HTML already. */
function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function soft(text: string): string {
  return html`<span class="soft">${text}</span>`;
}

function bad(text: string): string {
  return html`<span class="bad">${text}</span>`;
}

function minute(moment: string): string {
  return moment.slice(0, 16).replace('T', ' ');
}
