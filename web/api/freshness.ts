import type { FreshnessPromise } from '../../domain/freshness.ts';
import { olderThanPromised, staleSince } from '../../domain/freshness.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { KnownAge } from '../../store/data-ages.ts';

/**
 * How old the master data of one company is at most; null while its GL accounts have never come in, because nothing
 * can be booked without them. A kind that never came in (no right, no such module) does not count.
 */
export function lastComplete(ages: readonly Pick<KnownAge, 'kind' | 'lastSuccessAt'>[]): Moment | null {
  const hasAccounts = ages.some(({ kind, lastSuccessAt }) => kind === 'gl-account' && lastSuccessAt);
  return hasAccounts ? oldestSuccess(ages) : null;
}

/** How old these are at most; null while none of them came in. */
export function oldestSuccess(ages: readonly Pick<KnownAge, 'lastSuccessAt'>[]): Moment | null {
  return (
    ages
      .flatMap(({ lastSuccessAt }) => lastSuccessAt ?? [])
      .toSorted()
      .at(0) ?? null
  );
}

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
