import { html } from 'ghtml';
import {
  button,
  card,
  companyOptions,
  formCard,
  kindOptions,
  line,
  select,
  submit,
  userOptions,
} from './control-cards.ts';
import type { Overview } from './control.ts';
import { scopeLevels } from '../scopes.ts';
import { outages, replyTroubles, tokenTroubles } from '../state-schema.ts';

/** Replies that come late, spoilt or not at all. */
export function repliesCard({ replies }: Overview): string {
  const fields = [
    select('Replies come', 'how', options(replyTroubles, replies.how)),
    input('Only calls whose address holds', 'path', replies.path ?? ''),
    input('How many calls (empty: all)', 'times', replies.left === null ? '' : String(replies.left)),
    input('Seconds, when slow', 'seconds', '5'),
  ];
  return formCard('Replies', fields, submit('switch', 'replies', 'Set'));
}

/** What the token endpoint answers to a refresh that is in order. */
export function tokenRepliesCard({ tokenReplies }: Overview): string {
  const fields = [
    select('The token endpoint answers', 'how', options(tokenTroubles, tokenReplies.how)),
    input(
      'How many times (empty: always)',
      'times',
      tokenReplies.left === null ? '' : String(tokenReplies.left),
    ),
  ];
  return formCard('Token endpoint', fields, submit('switch', 'token-replies', 'Set'));
}

/** Outages of other kinds, what gets lost, limits of the day, the block after errors. */
export function lossCard(state: Overview): string {
  const outage = outages.filter((how) => how !== 'off' && how !== 'status-503' && how !== 'maintenance-page');
  const lines = [
    ...outage.map((how) =>
      line(`Outage: ${how}`, button('outage', { on: 'true', how }, `Answer ${how.slice(7)}`)),
    ),
    line('Used-up day', button('rate-limit', { on: 'true', window: 'day' }, 'Answer 429 of the day')),
    state.errorBlock
      ? line('Calls are blocked for errors', button('error-block', { on: 'false' }, 'Lift every block'))
      : line('Block after ten errors', button('error-block', { on: 'true' }, 'Block every call')),
    line(
      `Replies to a refresh that get lost: ${state.loseRefreshReplies}`,
      button('lose-refresh-reply', {}, 'Lose the next one'),
    ),
    state.webhooksLost
      ? line('Webhooks get lost', button('webhooks', { deliver: 'true' }, 'Deliver them'))
      : line(`Webhooks: ${state.webhooks.length}`, button('webhooks', { deliver: 'false' }, 'Lose them')),
    state.listsCheckDivision
      ? line('Lists check their path', button('division-lists', { checkPath: 'false' }, 'As usual'))
      : line(
          'Lists of companies',
          button('division-lists', { checkPath: 'true' }, 'Check their path (2021)'),
        ),
    state.topOneBare
      ? line('$top=1 answers a bare array', button('top-one', { bare: 'false' }, 'Answer results'))
      : line('$top=1 answers results', button('top-one', { bare: 'true' }, 'Answer a bare array')),
  ];
  return card('Losses and limits', lines.join(''));
}

/** What a consent covers, whose tokens expire, who the browser is. */
export function consentCard(state: Overview): string {
  return formCard(
    'Consent and login',
    [select('User', 'user', userOptions(state)), input('Companies (divisions, or all)', 'companies', 'all')],
    submit('switch', 'consent-companies', 'Cover these companies') +
      submit('switch', 'expire-refresh-token', 'Expire the refresh token') +
      submit('switch', 'log-in-as', 'Log every browser in as this user'),
  );
}

/** The registration of the app. */
export function scopesCard({ scopes }: Overview): string {
  const named = scopes.map(({ scope, level }) => html`<option value="${scope}">${scope}: ${level}</option>`);
  return formCard(
    'Data scopes of the app',
    [select('Scope', 'scope', named.join('')), select('Level', 'level', options(scopeLevels, 'none'))],
    submit('switch', 'app-scope', 'Set'),
  );
}

/** What befalls one company. */
export function companyCard(state: Overview): string {
  return formCard(
    'A company',
    [select('Company', 'division', companyOptions(state)), input('New code', 'code', '900')],
    submit('switch', 'company', 'Give it this code') +
      submit('switch', 'move-company', 'Move it to another database'),
  );
}

export function licenceCard(state: Overview): string {
  return formCard(
    'Licence of a company, block of a list',
    [select('Company', 'division', companyOptions(state)), select('List', 'kind', kindOptions())],
    '<input type="hidden" name="on" value="true"><input type="hidden" name="licenceExpired" value="true">' +
      submit('switch', 'company', 'Let the licence expire (403)') +
      submit('switch', 'error-block', 'Block the list for errors'),
  );
}

/** What is in the way of a purchase entry. */
export function entriesCard(state: Overview): string {
  return formCard(
    'Purchase entries',
    [
      select('Company', 'division', companyOptions(state)),
      input('Closed until (a month, or empty)', 'until', '2026-10'),
      select('User', 'user', userOptions(state)),
      select('May book', 'allowed', options(['true', 'false'], 'false')),
    ],
    submit('switch', 'close-period', 'Close the periods') +
      submit('switch', 'booking-right', 'Give or take the right') +
      submit('switch', 'lose-entry-reply', 'Lose the next reply'),
  );
}

function input(title: string, name: string, value: string): string {
  return html`<label>${title}<input name="${name}" value="${value}" /></label>`;
}

function options(values: readonly string[], chosen: string): string {
  return values
    .map((value) => html`<option value="${value}" ${value === chosen ? 'selected' : ''}>${value}</option>`)
    .join('');
}
