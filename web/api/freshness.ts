import { z } from 'zod';
import type { FreshnessPromise } from '../../domain/sync/freshness.ts';
import { olderThanPromised, staleSince } from '../../domain/sync/freshness.ts';
import { masterDataKinds, type MasterDataKind, type Moment } from '../../domain/master-data.ts';
import type { KnownAge } from '../../store/sync/data-ages.ts';
import { count, moment, text } from './schema-words.ts';

export const kind = z.enum(masterDataKinds);
export const countPerKind = z.object(
  Object.fromEntries(masterDataKinds.map((name) => [name, count])) as Record<MasterDataKind, typeof count>,
);
export const ageSchema = z.object({
  company: text,
  kind,
  rows: count,
  lastSuccessAt: moment.nullable().describe('When it last came in completely.'),
  ageSeconds: count.nullable(),
  staleSince: moment.nullable().describe('Since when it is older than promised, or null.'),
  error: text.nullable().describe('Why the last attempt failed, or null when it did not.'),
});
export const freshnessSchema = z.object({
  promisedSeconds: countPerKind,
  olderThanPromised: z
    .array(
      z.object({
        kinds: z.array(kind),
        companies: z.array(z.object({ id: text, code: text, name: text })),
        since: moment,
      }),
    )
    .describe('Companies in which the same kinds are older than promised, the longest first.'),
});

/** What the API says of the age of one kind of one company. */
export function ageOf(age: KnownAge, promised: FreshnessPromise, now: Date) {
  const { company, kind, rows, lastSuccessAt, error } = age;
  return {
    company: company.id,
    kind,
    rows,
    lastSuccessAt,
    ageSeconds: lastSuccessAt === null ? null : secondsSince(lastSuccessAt, now),
    staleSince: staleSince(age, promised, now),
    error,
  };
}

function secondsSince(moment: Moment, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(moment)) / 1000));
}

/** What is promised, and what is older than that. */
export function freshnessOf(ages: readonly KnownAge[], promised: FreshnessPromise, now: Date) {
  const seconds = Object.entries(promised).map(([kind, ms]) => [kind, Math.round(ms / 1000)]);
  return {
    promisedSeconds: Object.fromEntries(seconds) as Record<MasterDataKind, number>,
    olderThanPromised: olderThanPromised(ages, promised, now).map((one) => ({
      ...one,
      kinds: [...one.kinds],
    })),
  };
}
