import type { TrytonPreferences } from './schemas.ts';

/**
 * The companies this user gets records of. Tryton's record rules compare with the companies and the company filter of
 * the user, not with the company in the context: a company outside them gives an empty list and no error
 * (company/res.py, `get_companies`). With the filter on "Current" that is one company, whatever we ask.
 */
export function reachableCompanies(preferences: TrytonPreferences): ReadonlySet<number> {
  const { companies, company, company_filter: filter } = preferences;
  if (filter === 'all') return new Set(companies);
  return new Set(filter === 'one' ? companies.filter((id) => id === company) : []);
}
