import { html } from 'ghtml';
import type { Overview } from './control.ts';
import { kinds } from '../books/kinds.ts';

/** What goes for everybody: outage, limits, licence. */
export function wholeCard({ outage, rateLimit, customer }: Overview): string {
  const lines = [
    outage === 'off'
      ? line('No outage', button('outage', { on: 'true' }, 'Answer 503 to everything'))
      : line('There is an outage', button('outage', { on: 'false' }, 'End the outage')),
    line(
      'Maintenance page',
      button('outage', { on: 'true', how: 'maintenance-page' }, 'Answer 200 with HTML'),
    ),
    rateLimit === 'off'
      ? line('Budgets count as usual', button('rate-limit', { on: 'true' }, 'Answer 429 in every company'))
      : line('Budgets are used up', button('rate-limit', { on: 'false' }, 'Count as usual')),
    customer.licenceExpired
      ? line('The licence has expired', button('customer', { licenceExpired: 'false' }, 'Renew the licence'))
      : line('The licence is valid', button('customer', { licenceExpired: 'true' }, 'Let it expire (403)')),
    customer.blocked
      ? line('The customer is blocked', button('customer', { blocked: 'false' }, 'Unblock the customer'))
      : line(
          'The customer is not blocked',
          button('customer', { blocked: 'true' }, 'Block the customer (403)'),
        ),
  ];
  return card('Exact Online as a whole', lines.join(''));
}

export function clockCard(): string {
  const ahead = (words: string, seconds: number, label: string) =>
    line(words, button('clock', { advanceSeconds: String(seconds) }, label));
  const lines = [
    ahead('A new access token may be asked for', 570, 'Move 570 seconds ahead'),
    ahead('Access tokens expire', 601, 'Move 10 minutes ahead'),
    ahead('A day passes', 86_400, 'Move 1 day ahead'),
    ahead('Refresh tokens expire', 30 * 86_400, 'Move 30 days ahead'),
  ];
  return card('Clock', lines.join(''));
}

export function rightCard(state: Overview): string {
  const everywhere = html`<option value="">every company</option>`;
  const shows =
    '<option value="empty">an empty list</option><option value="forbidden">403 Forbidden</option>';
  return formCard(
    'Right to read a list',
    [
      select('User', 'user', userOptions(state)),
      select('List', 'kind', kindOptions()),
      select('Company', 'division', everywhere + companyOptions(state)),
      select('A missing right shows as', 'how', shows),
    ],
    '<input type="hidden" name="switch" value="right">' +
      submit('allowed', 'false', 'Take the right') +
      submit('allowed', 'true', 'Give the right'),
  );
}

export function accessCard(state: Overview): string {
  return formCard(
    'Access of a user to a company',
    [select('User', 'user', userOptions(state)), select('Company', 'division', companyOptions(state))],
    submit('switch', 'remove-company', 'Take the company (403)') +
      submit('switch', 'give-company', 'Give the company'),
  );
}

export function rowsCard(state: Overview): string {
  const count = (name: string, title: string, value: number) =>
    html`<label>${title}<input name="${name}" type="number" min="0" max="100000" value="${value}" /></label>`;
  return formCard(
    'Work in the books',
    [
      select('Company', 'division', companyOptions(state)),
      select('List', 'kind', kindOptions()),
      count('add', 'Add rows', 1),
      count('change', 'Change rows', 1),
      count('delete', 'Delete rows', 0),
    ],
    submit('switch', 'rows', 'Write these rows'),
  );
}

export function resetCard(): string {
  return card(
    'Start over',
    html`<p class="soft">
        Forgets every consent, every changed row and every switch, and sets the clock right.
      </p>
      !${button('reset', {}, 'Reset the sandbox')}`,
  );
}

/** A form of one button that turns one switch. */
export function button(name: string, fields: Record<string, string>, label: string): string {
  const hidden = Object.entries({ switch: name, ...fields }).map(
    ([key, value]) => html`<input type="hidden" name="${key}" value="${value}" />`,
  );
  return html`<form method="post" action="/">!${hidden}<button class="small">${label}</button></form>`;
}

export function card(title: string, body: string): string {
  return html`<div class="card">
    <h2>${title}</h2>
    !${body}
  </div>`;
}

export function formCard(title: string, fields: readonly string[], buttons: string): string {
  return card(
    title,
    html`<form method="post" action="/">
      <div class="fields">!${fields}</div>
      <div class="buttons">!${buttons}</div>
    </form>`,
  );
}

export function line(words: string, form: string): string {
  return html`<div class="row"><span>${words}</span>!${form}</div>`;
}

export function submit(name: string, value: string, label: string): string {
  return html`<button class="small" name="${name}" value="${value}">${label}</button>`;
}

export function select(title: string, name: string, options: string): string {
  return html`<label
    >${title}<select name="${name}">
      !${options}
    </select></label
  >`;
}

export function userOptions({ users }: Overview): string {
  return users.map((user) => html`<option>${user.userName}</option>`).join('');
}

export function companyOptions({ companies }: Overview): string {
  return companies
    .map(({ division, code, name }) => html`<option value="${division}">${code} ${name}</option>`)
    .join('');
}

export function kindOptions(): string {
  return kinds.map((kind) => html`<option value="${kind.id}">${kind.plain}</option>`).join('');
}
