/** The workflow types the worker registers. */
export { changeSynchronisationUser } from './succession/change-synchronisation-user.ts';
export { connection } from './connections/connection.ts';
export { linkPersonalUser, unlinkPersonalUser } from './logins/personal-link.ts';
export { deliver } from './deliver.ts';
export { deliverBookings } from './bookings/deliver-bookings.ts';
export { audit, morningDigest } from './office.ts';
export { reconnect } from './incidents/reconnect.ts';
export { setUpSynchronisationUser } from './logins/set-up-synchronisation-user.ts';
export { syncMasterData } from './sync/sync-master-data.ts';
export { verifyPermissions } from './verification/verify-permissions.ts';
