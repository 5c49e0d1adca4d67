import { firstChangeTimestamp } from './books/books.ts';
import { repliesAsUsual, type State } from './state-schema.ts';

/** Nobody has consented, nothing has changed, every switch is off. */
export function initialState(
  { seed, companies }: { seed: number; companies: number },
  users: State['users'],
): State {
  return {
    version: 1,
    books: { seed, companies },
    clockShift: 0,
    users,
    customer: { blocked: false, licenceExpired: false },
    companies: {},
    outage: 'off',
    rateLimit: 'off',
    grants: [],
    sessions: [],
    nextTimestamp: firstChangeTimestamp,
    rowChanges: {},
    budgets: {},
    tokenCalls: {},
    errors: {},
    errorBlock: null,
    scopes: {},
    entries: {},
    closedUntil: {},
    mayNotBook: [],
    loseEntryReplies: 0,
    webhooks: [],
    webhooksLost: false,
    replies: { ...repliesAsUsual },
    tokenReplies: { how: 'as-usual', left: null },
    loseRefreshReplies: 0,
    browserUser: null,
    listsCheckDivision: false,
    topOneBare: false,
  };
}
