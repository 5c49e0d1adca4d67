/**
 * What stands between a login that works and the data of a company. Each is opened on another screen of the package, so
 * a missing right, a narrowed consent and a missing module are three repairs, and none of them is a new login.
 */
export const gates = ['company-access', 'app-companies', 'user-right', 'app-scope', 'module'] as const;
export type Gate = (typeof gates)[number];
