import { setTimeout as sleep } from 'node:timers/promises';
import { AccountingFailure, type FailureMeaning } from '../../accounting/failure.ts';
import type { AccountingSession } from '../../accounting/port.ts';
import { counts, type DoubtedCause } from '../../domain/causes.ts';
import type { ActivityDeps } from '../deps.ts';
import type { GrantId } from '../../domain/ids.ts';

/** A login that is being used, and under which id its grant is kept. */
export interface UsedLogin {
  grantId: GrantId;
  session: AccountingSession;
}

export type Doubt = AccountingFailure & { meaning: Extract<FailureMeaning, { about: 'doubt' }> };

export function isDoubt(error: unknown): error is Doubt {
  return error instanceof AccountingFailure && error.meaning.about === 'doubt';
}

type Deps = Pick<ActivityDeps, 'store' | 'now' | 'secondLookAfterMs'>;

/** Long enough for an answer that was odd for a moment; an alarm waits for it. */
const pauseMs = 3_000;

/**
 * Looks at a doubted answer once more, by another call and after a pause. A doubt that goes on is not looked at twice each
 * time, for packages count what they refuse; but it never counts as its cause before the other call was refused as well.
 *
 * @returns what it means: what the second look proved, the doubt itself while it may pass, or what the doubt has become
 *   (domain/causes.ts). Null when the login is sound, and the answer was odd for itself.
 */
export async function lookTwice(
  deps: Deps,
  { grantId, session }: UsedLogin,
  doubt: Doubt,
): Promise<AccountingFailure | null> {
  const { store, secondLookAfterMs = pauseMs } = deps;
  const since = await store.doubts.since(grantId);
  if (since === null) await sleep(secondLookAfterMs);
  const hasLasted = since !== null && counts(doubt.meaning.of, age(deps, since));
  let seen = doubt;
  if (since === null || hasLasted) {
    const second = await lookElsewhere(session);
    if (!isDoubt(second)) {
      await store.doubts.forget(grantId);
      return second;
    }
    seen = second;
  }
  const lasts = age(deps, await store.doubts.note(grantId));
  if (!counts(seen.meaning.of, lasts)) return seen;
  await store.doubts.forget(grantId);
  return becomes(seen.meaning.of, seen);
}

/**
 * Does what uses a login. An answer that is doubted is looked at twice; when the login turns out to be sound, the work is
 * done once more, and what is then doubted again is the matter of this one answer, and is not understood.
 *
 * @throws AccountingFailure what `lookTwice` says it means
 */
export async function beyondDoubt<T>(deps: Deps, used: UsedLogin, work: () => Promise<T>): Promise<T> {
  const done = async () => {
    const result = await work();
    await deps.store.doubts.forget(used.grantId);
    return result;
  };
  try {
    return await done();
  } catch (error) {
    if (!isDoubt(error)) throw error;
    const meant = await lookTwice(deps, used, error);
    if (meant) throw meant;
  }
  try {
    return await done();
  } catch (error) {
    throw isDoubt(error) ? onlyHere(error) : error;
  }
}

/** The login is sound, so that this answer says nothing about it. */
export function onlyHere({ message }: AccountingFailure): AccountingFailure {
  return new AccountingFailure({ about: 'reply' }, `${message}, though the login is accepted elsewhere`);
}

function becomes(cause: DoubtedCause, { message }: AccountingFailure): AccountingFailure {
  return new AccountingFailure({ about: 'link', cause }, `${message}, again and again`);
}

async function lookElsewhere(session: AccountingSession): Promise<AccountingFailure | null> {
  try {
    await session.whoAmI();
    return null;
  } catch (error) {
    if (error instanceof AccountingFailure) return error;
    throw error;
  }
}

function age({ now }: Deps, since: string): number {
  return now().getTime() - Date.parse(since);
}
