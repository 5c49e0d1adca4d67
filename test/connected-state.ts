import type { ConnectionState, Login } from '../domain/connection.ts';

export function loginOf(name: string, environmentId = 'env-1'): Login {
  return {
    grantId: `grant/${name}`,
    accountingUserId: `id-of-${name}`,
    accountingUserName: name,
    environmentId,
    environmentName: environmentId,
  };
}

/** A connection that has worked for a while, and whose next round is due. */
export const connectedState: ConnectionState = {
  id: '',
  name: 'Exact Online',
  system: 'exact-online',
  link: { state: 'connected', since: '2026-01-01T00:00:00.000Z' },
  health: { state: 'ok' },
  pausedBy: null,
  synchronisationUserId: 'sanne',
  standInId: null,
  login: loginOf('CX_Basecone'),
  requestedBy: 'sanne',
  incident: null,
  companies: 12,
  round: 4,
  changes: 0,
  lastSuccessAt: '2026-01-01T00:00:00.000Z',
  syncingSince: null,
  nextSyncAt: null,
  changingTo: null,
  former: null,
  handover: null,
  requests: [],
  catchingUpAfter: null,
  revision: 9,
};
