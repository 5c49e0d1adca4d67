import type { Clock } from '../clock.ts';
import { findKind } from '../books/kinds.ts';
import { Refusal } from '../refusal.ts';
import type { Errors } from '../state-schema.ts';
import type { StateStore } from '../state.ts';

/** "No more than 10 errors per API key, per user, per company, per endpoint, and per hour" (vendor, "API limits"). */
const errorsAllowed = 10;
const hour = 3_600_000;
/** "Response code 400, 401, 403, and 404 are counted as errors." */
const countedStatuses = [400, 401, 403, 404];

/**
 * What a blocked call is answered. ASSUMED: nobody recorded it. Users read "API rate limit exceeded" on it
 * (help.onea.be), so it is taken for a 429, without a body and without the headers of a budget.
 */
export const errorBlockAnswer = { status: 429, message: 'API rate limit exceeded' };

/** `endpoint`: just what went wrong is blocked. `app`: every call of the app, as the vendor's words could mean. */
export type ErrorBlockReach = 'endpoint' | 'app';

/** Whose errors are counted together. */
export interface ErrorCount {
  app: string;
  user: string;
  division: number;
  resource: string;
}

export interface ErrorBlock {
  /** @throws Refusal when the calls are blocked */
  check(call: ErrorCount): void;
  /** Counts the answer when its status is one of an error. */
  note(call: ErrorCount, status: number): void;
}

/** Blocks after too many errors: for an hour, and an hour longer with every block that follows within a day. */
export function createErrorBlock(deps: {
  store: StateStore;
  clock: Clock;
  reach: ErrorBlockReach;
}): ErrorBlock {
  const { store, clock, reach } = deps;
  const isForced = ({ division, resource }: ErrorCount) => {
    const forced = store.state.errorBlock;
    if (!forced || division === 0) return false;
    const sameKind = forced.kind === null || findKind(resource)?.id === forced.kind;
    return sameKind && (forced.division === null || forced.division === division);
  };
  return {
    check(call) {
      const until = store.state.errors[blockedKey(call, reach)]?.blockedUntil ?? 0;
      if (isForced(call) || until > clock.now()) {
        throw new Refusal(errorBlockAnswer.status, errorBlockAnswer.message);
      }
    },
    note(call, status) {
      if (!countedStatuses.includes(status)) return;
      const now = clock.now();
      store.changeSoon(({ errors }) => {
        const counted = entry(errors, countedKey(call));
        counted.at = [...counted.at.filter((at) => at > now - hour), now];
        if (counted.at.length <= errorsAllowed) return;
        counted.at = [];
        const blocked = entry(errors, blockedKey(call, reach));
        const blocks = blocked.blockedUntil > now - 24 * hour ? blocked.blocks + 1 : 1;
        Object.assign(blocked, { blocks, blockedUntil: now + blocks * hour });
      });
    },
  };
}

function entry(errors: Record<string, Errors>, key: string): Errors {
  return (errors[key] ??= { at: [], blockedUntil: 0, blocks: 0 });
}

function countedKey({ app, user, division, resource }: ErrorCount): string {
  return `${app}/${user}/${division}/${resource.toLowerCase()}`;
}

function blockedKey(call: ErrorCount, reach: ErrorBlockReach): string {
  return reach === 'app' ? call.app : countedKey(call);
}
