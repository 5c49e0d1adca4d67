import type { Allowance, CallBudget, Mishaps, Told } from '../budget.ts';
import { AccountingFailure } from '../failure.ts';
import type { HttpReply } from '../http.ts';

/**
 * Limits as far as they are known; the headers of a reply count for more. 60 a minute and 5,000 a day per app and
 * company (second-hand: maesn, codat, invantive thread 1040; 100 and 9,000 were seen by ossobv/exactonline, so they
 * differ by contract). 200 token calls per user, app and day, and a block of an hour and more after 10 errors per app,
 * user, company, endpoint and hour (second-hand: invantive thread 1040, which quotes the vendor).
 */
export interface CallLimits {
  /** @default 60 */
  perMinute: number;
  /** @default 5_000 */
  perDay: number;
  /** Some less than the 200: a human must still be able to log in. @default 180 */
  tokenCallsPerDay: number;
  /** Stops before the block: also a call under way may still fail. @default 8 */
  errorsPerHour: number;
}

export interface Call {
  division: number | null;
  endpoint: string;
}

/** Asks for leave before each call, and tells what came of it. */
export interface Calls {
  /** @throws AccountingFailure a delay until there are calls again; then nothing must be asked */
  before(call: Call): Promise<void>;
  after(call: Call, reply: HttpReply): Promise<void>;
  /** @throws AccountingFailure a delay */
  beforeToken(): Promise<void>;
}

/** For whoever does without a budget: Exact Online itself says when it is enough. */
export const unlimited: Calls = {
  before: async () => {},
  after: async () => {},
  beforeToken: async () => {},
};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How many calls a process sets aside: the pages of a company come one after the other. */
const atOnce = 10;

/** The replies that count as errors against the app. */
const errors = [400, 401, 403, 404];

export function createCalls(
  budget: CallBudget,
  { app, user, limits = {} }: { app: string; user: string; limits?: Partial<CallLimits> | undefined },
): Calls {
  const { perMinute = 60, perDay = 5_000, tokenCallsPerDay = 180, errorsPerHour = 8 } = limits;
  const root = `exact-online/${app}`;
  const ofCompany = (division: number): Allowance => ({
    key: `${root}/company/${division}`,
    windows: { minute: { limit: perMinute, ms: minute }, day: { limit: perDay, ms: day } },
  });
  const tokenCalls: Allowance = {
    key: `${root}/tokens/${user}`,
    windows: { day: { limit: tokenCallsPerDay, ms: day } },
  };
  const errorsOf = ({ division, endpoint }: Call): Mishaps => ({
    key: `${root}/errors/${user}/${division ?? 'no company'}/${endpoint.toLowerCase()}`,
    most: errorsPerHour,
    withinMs: hour,
  });

  return {
    async before(call) {
      const until = await budget.tooMany(errorsOf(call));
      if (until)
        throw notAsked(call, `it was refused ${errorsPerHour} times within an hour`, until, 'endpoint');
      // Calls without a company are few, and nobody says that they are limited.
      if (call.division === null) return;
      const used = await budget.take(ofCompany(call.division), atOnce);
      if (used) throw notAsked(call, `the calls of this ${used.window} are used up`, used.until, 'company');
    },

    async after(call, { status, headers }) {
      if (errors.includes(status)) await budget.count(errorsOf(call));
      if (call.division === null) return;
      const told = toldBy(headers, status === 429);
      if (Object.keys(told).length > 0) await budget.learn(ofCompany(call.division), told);
    },

    async beforeToken() {
      const used = await budget.take(tokenCalls);
      if (!used) return;
      const call = { endpoint: 'oauth2/token', division: null };
      throw notAsked(call, 'the token calls of this day are used up', used.until);
    },
  };
}

/**
 * The headers, with resets in epoch milliseconds (ossobv/exactonline http.py). A used-up minute sends only the Minutely
 * ones (picqer README); a 429 without any is taken for a used-up minute.
 */
function toldBy(headers: Headers, refused: boolean): Record<string, Told> {
  const told: Record<string, Told> = {};
  for (const [window, prefix] of [
    ['minute', 'x-ratelimit-minutely'],
    ['day', 'x-ratelimit'],
  ] as const) {
    const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
      count(headers.get(`${prefix}-${name}`)),
    );
    if (remaining !== null && remaining !== undefined)
      told[window] = { limit: limit ?? null, remaining, resetsAt: reset ? new Date(reset) : null };
    else if (refused && reset) told[window] = { limit: null, remaining: 0, resetsAt: new Date(reset) };
  }
  if (refused && !Object.values(told).some(({ remaining }) => remaining === 0))
    told['minute'] = { limit: null, remaining: 0, resetsAt: null };
  return told;
}

function count(header: string | null): number | null {
  return header !== null && /^\d{1,15}$/.test(header) ? Number(header) : null;
}

function notAsked(
  { endpoint, division }: Call,
  why: string,
  until: Date,
  within?: 'company' | 'endpoint',
): AccountingFailure {
  const where = division === null ? endpoint : `${endpoint} of division ${division}`;
  return new AccountingFailure(
    { about: 'delay', reason: 'rate-limit', until, ...(within && { within }) },
    `${where}: not asked, ${why}`,
  );
}
