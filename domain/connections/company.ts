import type { CompanyId } from '../ids.ts';

/** As people count: 9 comes before 10. */
const naturally = new Intl.Collator('en', { numeric: true });
export const byCode = (one: { code: string | null }, other: { code: string | null }): number =>
  naturally.compare(one.code ?? '', other.code ?? '');

/** One set of books of a client, as the accounting system lists it for the person who is logged in. */
export interface Company {
  /** The package's stable id (Exact Online: division code). */
  externalId: CompanyId;
  /** What people call it by; it may change. */
  code: string;
  name: string;
  status: CompanyStatus;
}

/**
 * `reachable`: the synchronisation user gets in. The rest says why not:
 * `no-access` their rights, `blocked` and `licence-expired` the package, `archived` the books are closed,
 * `gone` it is no longer listed, `unverified` nobody has looked yet.
 */
export type CompanyStatus =
  'reachable' | 'no-access' | 'blocked' | 'licence-expired' | 'archived' | 'gone' | 'unverified';

/**
 * What may happen to a company in the package, so that people hear of it: `appeared` it can be linked now and could not
 * before, or it is new and cannot be reached; `renamed` a linked one has another code or name; `archived` a linked one was,
 * and `back` it came out of the archive. That a linked one is lost is told of the rights of the login.
 */
export type CompanyEvent = 'appeared' | 'renamed' | 'archived' | 'back';

/** What a listing says of a company, against what was known; null when that is no news. */
export function eventOf(before: Company & { linked: boolean }, now: Company): CompanyEvent | null {
  if (!before.linked) return now.status === 'reachable' && before.status !== 'reachable' ? 'appeared' : null;
  if (now.status === 'archived' && before.status !== 'archived') return 'archived';
  if (before.status === 'archived' && now.status === 'reachable') return 'back';
  return now.code !== before.code || now.name !== before.name ? 'renamed' : null;
}
