/** One set of books of a client, as the accounting system lists it for the person who is logged in. */
export interface Company {
  /** The package's stable id (Exact Online: division code). */
  externalId: string;
  /** What people call it by; it may change. */
  code: string;
  name: string;
  status: CompanyStatus;
}

/**
 * `reachable`: the synchronisation user gets in. The rest says why not:
 * `no-access` his rights, `blocked` and `licence-expired` the package, `archived` the books are closed,
 * `gone` it is no longer listed, `unverified` nobody has looked yet.
 */
export type CompanyStatus =
  'reachable' | 'no-access' | 'blocked' | 'licence-expired' | 'archived' | 'gone' | 'unverified';

export const companyStatusWords: Record<CompanyStatus, string> = {
  reachable: 'reachable',
  'no-access': 'not reachable: the synchronisation user has no access to this company',
  blocked: 'blocked in the accounting system',
  'licence-expired': 'the licence of this company has expired',
  archived: 'archived in the accounting system',
  gone: 'no longer listed by the accounting system',
  unverified: 'not checked yet',
};
