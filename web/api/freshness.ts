import type { FreshnessPromise } from '../../domain/sync/freshness.ts';
import { olderThanPromised, staleSince } from '../../domain/sync/freshness.ts';
import type { KnownAge } from '../../store/sync/data-ages.ts';

/** What the API says of the age of one kind of one company. */
export function ageOf(age: KnownAge, promised: FreshnessPromise, now: Date) {
  const { company, kind, rows, lastSuccessAt, error } = age;
  return {
    company: company.id,
    kind,
    rows,
    lastSuccessAt,
    ageSeconds: lastSuccessAt && Math.max(0, Math.floor((now.getTime() - Date.parse(lastSuccessAt)) / 1000)),
    staleSince: staleSince(age, promised, now),
    error,
  };
}

/** What is promised, and what is older than that. */
export function freshnessOf(ages: readonly KnownAge[], promised: FreshnessPromise, now: Date) {
  const seconds = Object.entries(promised).map(([kind, ms]) => [kind, Math.round(ms / 1000)]);
  return {
    promisedSeconds: Object.fromEntries(seconds) as Record<string, number>,
    olderThanPromised: olderThanPromised(ages, promised, now),
  };
}
