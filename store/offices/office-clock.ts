import type { Moment } from '../../domain/master-data.ts';
import { offset } from '../../domain/offices/working-hours.ts';
import type { Database } from '../database/database.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** So far ahead the changes to and from summer time are kept; every start keeps them anew. */
const keptDays = 10 * 366;

export interface OfficeClockStore {
  /** Keeps by how much the clock of the office differs from UTC, for the views, which other programs ask. */
  keep(timeZone: string): Promise<void>;
}

export function createOfficeClock({ transact }: Database, { now }: { now: () => Date }): OfficeClockStore {
  return {
    keep: (timeZone) =>
      transact('office clock', async (trx) => {
        const rows = offsets(timeZone, now());
        await trx.deleteFrom('office_clock').execute();
        await trx
          .insertInto('office_clock')
          .values(rows.map(({ beginsAt, minutes }) => ({ begins_at: beginsAt, minutes })))
          .execute();
      }),
  };
}

/** From when on the clock of a time zone is how many minutes ahead of UTC. */
export function offsets(timeZone: string, now: Date): { beginsAt: Moment; minutes: number }[] {
  const ahead = (at: number) => offset(timeZone, at) / minute;
  const first = Math.floor(now.getTime() / day) * day - day;
  const found = [{ beginsAt: new Date(first).toISOString(), minutes: ahead(first) }];
  for (let at = first; at < first + keptDays * day; at += day) {
    if (ahead(at) === ahead(at + day)) continue;
    let [before, after] = [at, at + day];
    while (after - before > minute) {
      const middle = before + Math.floor((after - before) / 2 / minute) * minute;
      if (ahead(middle) === ahead(at)) before = middle;
      else after = middle;
    }
    found.push({ beginsAt: new Date(after).toISOString(), minutes: ahead(after) });
  }
  return found;
}
