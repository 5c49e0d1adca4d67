import { expect, test } from '@jest/globals';
import { apiFailure, tokenFailure } from '../../../accounting/exact-online/failures.ts';

const now = new Date('2026-11-23T10:00:00.000Z');
const refused = (reason: string, status: number) => ({
  status,
  headers: new Headers({ reason }),
  text: '',
});
const link = (cause: string) => ({ about: 'link', cause });
const company = (status: string, gate?: string) => ({ about: 'company', status, ...(gate && { gate }) });

/** What each reason means for a login, and for the company that was asked for. */
const reasons = [
  ['BlockedUser', link('user-blocked'), link('user-blocked')],
  ['InactiveUser', link('user-inactive'), link('user-inactive')],
  ['LicenseExpired', link('licence-expired'), company('licence-expired')],
  ['BlockedCustomer', link('licence-expired'), company('blocked')],
  ['DivisionBlocked', link('no-company-access'), company('blocked')],
  ['NoDivisionAccess', link('no-company-access'), company('no-access', 'company-access')],
] as const;

for (const status of [400, 401, 403])
  test.each(reasons)(`%s with ${status}, wherever it is said`, (reason, ofLogin, ofCompany) => {
    const reply = refused(reason, status);
    const api = (endpoint: string, division: number | null) =>
      apiFailure({ reply, endpoint, division, now }).meaning;
    expect(tokenFailure(reply, now).meaning).toEqual(ofLogin);
    expect(api('current/Me', null)).toEqual(ofLogin);
    expect(api('financial/GLAccounts', 7)).toEqual(ofCompany);
    expect(api('purchaseentry/PurchaseEntries', 7)).toEqual(ofCompany);
  });
