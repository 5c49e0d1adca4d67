import type { CompanyStatus } from '../../domain/connections/company.ts';

/** How a company is, in a few words. */
export const companyStatusWords: Record<CompanyStatus, string> = {
  reachable: 'reachable',
  'no-access': 'not reachable: the synchronisation user has no access to this company',
  blocked: 'blocked in the accounting system',
  'licence-expired': 'the licence of this company has expired',
  archived: 'archived in the accounting system',
  gone: 'no longer listed by the accounting system',
  unverified: 'not checked yet',
};
