import type { Company } from '../../domain/connections/company.ts';
import type { ConnectionState } from '../../domain/connection.ts';
import type { Office } from '../../domain/offices/office.ts';

export const office: Office = {
  id: 'de-vries',
  name: 'De Vries Accountants',
  timeZone: 'Europe/Amsterdam',
  channelId: 'C1',
  users: [
    { id: 'monica', name: 'Monica Bakker', slackUserId: 'U1', roles: ['accountant'] },
    { id: 'tom', name: 'Tom de Vries', slackUserId: 'U2', roles: ['superuser'] },
    { id: 'robot', name: 'Robot', slackUserId: 'U4', roles: ['automation'] },
    { id: 'sanne', name: 'Sanne Jansen', slackUserId: 'U3', roles: ['superuser', 'accountant'] },
  ],
  teams: [],
};

export function connection(more: Partial<ConnectionState> = {}): ConnectionState {
  return {
    id: 'exact',
    name: 'Exact Online De Vries',
    system: 'redirecting',
    link: { state: 'connected', since: '2026-11-23T08:00:00.000Z' },
    health: { state: 'ok' },
    pausedBy: null,
    synchronisationUserId: 'monica',
    standInId: null,
    login: {
      grantId: 'exact/u-1',
      accountingUserId: 'u-1',
      accountingUserName: 'CX_Basecone',
      environmentId: 'e-1',
      environmentName: 'De Vries',
    },
    requestedBy: 'tom',
    incident: null,
    companies: 12,
    round: 3,
    changes: 0,
    lastSuccessAt: '2026-11-23T13:00:00.000Z',
    syncingSince: null,
    nextSyncAt: '2026-11-23T13:15:00.000Z',
    changingTo: null,
    former: null,
    handover: null,
    requests: [],
    catchingUpAfter: null,
    revision: 1,
    ...more,
  };
}

export const disconnected = (cause: 'consent-withdrawn' | 'wrong-user' = 'consent-withdrawn') =>
  ({ state: 'disconnected', since: new Date().toISOString(), cause }) as const;

const names = ['Bakkerij Jansen B.V.', 'Bloemen & Zo', 'Garage Peters', 'Holding De Wit', 'Installatie Smit'];

export function companies(count = names.length): Company[] {
  return Array.from({ length: count }, (_, index) => ({
    externalId: `d-${index + 1}`,
    code: String(1001 + index),
    name: names[index % names.length]!,
    status: 'reachable',
  }));
}
