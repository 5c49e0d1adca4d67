import { parseDuration } from '../duration.ts';
import { masterDataKinds, type MasterDataKind, type Moment } from '../master-data.ts';

/** How old each kind of master data may become, in milliseconds: what an office promises those who book on it. */
export type FreshnessPromise = Readonly<Record<MasterDataKind, number>>;

/** The same for every kind, but for the exceptions. */
export function promise(ms: number, exceptions: Partial<FreshnessPromise> = {}): FreshnessPromise {
  const all = Object.fromEntries(masterDataKinds.map((kind) => [kind, ms])) as FreshnessPromise;
  return { ...all, ...exceptions };
}

/** `1h`, or with exceptions `1h item=1d project=4h`; null for anything else. */
export function parsePromise(text: string): FreshnessPromise | null {
  const [all = '', ...others] = text.trim().split(/\s+/);
  const exceptions = others.map((exception) => exception.split('='));
  const known = exceptions.every(([kind]) => (masterDataKinds as readonly string[]).includes(kind ?? ''));
  const times = exceptions.map(([kind, time = '']) => [kind, parseDuration(time)] as const);
  const promised = promise(parseDuration(all), Object.fromEntries(times) as Partial<FreshnessPromise>);
  return known && Object.values(promised).every((ms) => ms > 0) ? promised : null;
}

/** When one kind of one company last came in. */
export interface DataAge<C = unknown> {
  company: C;
  kind: MasterDataKind;
  lastSuccessAt: Moment | null;
}

/**
 * How old the master data of one company is at most; null while its GL accounts have never come in, because nothing
 * can be booked without them. A kind that never came in (no right, no such module) does not count.
 */
export function lastComplete(ages: readonly Pick<DataAge, 'kind' | 'lastSuccessAt'>[]): Moment | null {
  const hasAccounts = ages.some(({ kind, lastSuccessAt }) => kind === 'gl-account' && lastSuccessAt);
  return hasAccounts ? oldestSuccess(ages) : null;
}

/** How old these are at most; null while none of them came in. */
export function oldestSuccess(ages: readonly Pick<DataAge, 'lastSuccessAt'>[]): Moment | null {
  return (
    ages
      .flatMap(({ lastSuccessAt }) => lastSuccessAt ?? [])
      .toSorted()
      .at(0) ?? null
  );
}

/** Since when it is older than promised, or null. What never came in has no age: that it is missing is said elsewhere. */
export function staleSince(
  { kind, lastSuccessAt }: Pick<DataAge, 'kind' | 'lastSuccessAt'>,
  promised: FreshnessPromise,
  now: Date,
): Moment | null {
  if (lastSuccessAt === null) return null;
  const until = Date.parse(lastSuccessAt) + promised[kind];
  return until < now.getTime() ? new Date(until).toISOString() : null;
}

/** Companies in which the same kinds are older than promised. */
export interface StaleData<C = unknown> {
  kinds: readonly MasterDataKind[];
  companies: C[];
  /** Since when the first of them is. */
  since: Moment;
}

/**
 * What is older than promised, told as briefly as it can be: companies with the same kinds stand together; what has
 * been so the longest comes first. Companies and kinds keep their order.
 */
export function olderThanPromised<C>(
  ages: readonly DataAge<C>[],
  promised: FreshnessPromise,
  now: Date,
): StaleData<C>[] {
  const perCompany = new Map<C, { kinds: MasterDataKind[]; since: Moment }>();
  for (const age of ages) {
    const since = staleSince(age, promised, now);
    if (since === null) continue;
    const known = perCompany.get(age.company) ?? { kinds: [], since };
    known.kinds.push(age.kind);
    perCompany.set(age.company, { kinds: known.kinds, since: since < known.since ? since : known.since });
  }
  const groups = new Map<string, StaleData<C>>();
  for (const [company, { kinds, since }] of perCompany) {
    const inOrder = masterDataKinds.filter((kind) => kinds.includes(kind));
    const group = groups.get(inOrder.join()) ?? { kinds: inOrder, companies: [], since };
    group.companies.push(company);
    if (since < group.since) group.since = since;
    groups.set(inOrder.join(), group);
  }
  return [...groups.values()].sort((one, other) => (one.since < other.since ? -1 : 1));
}
