/** What the package offers; everything else is its own affair. */
export { administrator, bankAccounts, users } from './office.ts';
export { firstTimeMs, startOwnTryton, type OwnTryton } from './own-tryton.ts';
