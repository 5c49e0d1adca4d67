import type { Kysely } from 'kysely';
import type { Allowance, CallBudget, Told, UsedUp } from '../../accounting/budget.ts';
import { createCallMishaps } from './call-mishaps.ts';
import * as windows from './call-windows.ts';
import type { CallWindows } from './call-windows.ts';
import type { Database } from '../database/database.ts';
import { parseJson } from '../database/json.ts';
import type { Schema } from '../database/schema.ts';
import type { SharedClock } from '../database/shared-clock.ts';

/** Calls that this process has set aside and makes without asking the database, while these windows last. */
interface Reserve {
  left: number;
  windows: CallWindows;
}

const lockOf = (key: string) => `call-budget/${key}`;

/** Counts in the database, so that all workers and processes share one budget. */
export function createCallBudget(
  { db, transact }: Database,
  { now, clock }: { now: () => Date; clock: SharedClock },
): CallBudget {
  const reserves = new Map<string, Reserve>();
  const reserveOf = (key: string) => reserves.get(key) ?? { left: 0, windows: {} };
  /** One after the other for each key: calls side by side must not each set a handful aside. */
  const turns = new Map<string, Promise<unknown>>();

  function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(key) ?? Promise.resolve()).catch(() => undefined).then(work);
    turns.set(key, turn);
    return turn;
  }

  async function setAside({ key, windows: allowed }: Allowance, atOnce: number): Promise<UsedUp | null> {
    const reserve = reserveOf(key);
    const set = await transact(lockOf(key), async (trx) => {
      const at = await clock(trx);
      const before = windows.current(await read(trx, key), allowed, at.getTime());
      const given = windows.giveBack(before, reserve.left, reserve.windows);
      const after = windows.setAside(given, atOnce);
      if (after.taken > 0 || reserve.left > 0) await write(trx, key, after.windows, at);
      return after;
    });
    reserves.set(key, { left: set.taken, windows: set.windows });
    return set.taken > 0 ? null : windows.usedUp(set.windows);
  }

  async function take(allowance: Allowance, atOnce: number): Promise<UsedUp | null> {
    const { left, windows: during } = reserveOf(allowance.key);
    const isOver = Object.values(during).some(({ endsAt }) => endsAt <= now().getTime());
    if (left === 0 || isOver) {
      const usedUp = await setAside(allowance, atOnce);
      if (usedUp) return usedUp;
    }
    reserveOf(allowance.key).left -= 1;
    return null;
  }

  async function learn({ key, windows: allowed }: Allowance, said: Record<string, Told>): Promise<void> {
    const reserve = reserveOf(key);
    if (Object.values(said).some(({ remaining }) => remaining === 0)) reserve.left = 0;
    const hear = (known: CallWindows, at: Date) => {
      const moment = at.getTime();
      const before = windows.current(known, allowed, moment);
      return windows.told(before, said, { allowed, unspent: reserve.left, now: moment });
    };
    // Most answers say what we know already, and cost nothing.
    if (isSame(hear(reserve.windows, now()), reserve.windows)) return;
    reserve.windows = await transact(lockOf(key), async (trx) => {
      const at = await clock(trx);
      const before = await read(trx, key);
      const after = hear(before, at);
      if (!isSame(before, after)) await write(trx, key, after, at);
      return after;
    });
    reserves.set(key, reserve);
  }

  return {
    take: (allowance, atOnce = 1) => inTurn(allowance.key, () => take(allowance, atOnce)),
    learn: (allowance, said) => inTurn(allowance.key, () => learn(allowance, said)),
    ...createCallMishaps({ db, transact }, { now }),
  };
}

async function read(trx: Kysely<Schema>, key: string): Promise<CallWindows> {
  const row = await trx
    .selectFrom('call_allowances')
    .select('windows')
    .where('key', '=', key)
    .executeTakeFirst();
  return row ? parseJson(windows.callWindowsSchema, row.windows) : {};
}

async function write(trx: Kysely<Schema>, key: string, value: CallWindows, at: Date): Promise<void> {
  const row = { windows: JSON.stringify(value), updated_at: at.toISOString() };
  await trx
    .insertInto('call_allowances')
    .values({ key, ...row })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute();
}

function isSame(one: CallWindows, other: CallWindows): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
