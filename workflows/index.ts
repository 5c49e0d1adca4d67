/** The workflow types the worker registers. */
export { changeSynchronisationUser } from './change-synchronisation-user.ts';
export { connection } from './connection.ts';
export { linkPersonalUser, unlinkPersonalUser } from './personal-link.ts';
export { deliverBookings } from './deliver-bookings.ts';
export { audit, morningDigest } from './office.ts';
export { reconnect } from './reconnect.ts';
export { setUpSynchronisationUser } from './set-up-synchronisation-user.ts';
export { syncMasterData } from './sync-master-data.ts';
export { verifyPermissions } from './verify-permissions.ts';
