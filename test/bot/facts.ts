import type { Disconnection } from '../../domain/announcements/incidents.ts';
import type { ConnectionFacts, OfficeFacts } from '../../bot/facts.ts';
import { sumOfBookable } from '../../domain/bookings/bookable.ts';
import type { CompanyStatus } from '../../domain/connections/company.ts';
import type { ConnectionState } from '../../domain/connection.ts';
import { masterDataKinds } from '../../domain/master-data.ts';

/** A moment every test tells the time from. */
export const now = new Date('2026-11-23T10:00:00.000Z');
export const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

export function companies(amount: number): { code: string; name: string }[] {
  return Array.from({ length: amount }, (_, index) => ({
    code: `${101 + index}`,
    name: `Bakkerij ${index + 1} B.V.`,
  }));
}

export const disconnectionFacts: Disconnection = {
  what: 'disconnection',
  incident: 7,
  connectionId: 'exact-online-1',
  connectionName: 'Exact Online',
  systemName: 'Exact Online',
  cause: 'consent-withdrawn',
  login: 'CX_Basecone',
  synchronisationUser: 'Tom de Vries',
  since: '2026-11-23T09:56:00.000Z',
  companies: companies(2),
  mayReconnect: ['Tom de Vries', 'Sanne Jansen'],
  onIt: null,
  snoozed: null,
  again: null,
  ended: null,
  bookedAgain: null,
};

export function state(more: Partial<ConnectionState> = {}): ConnectionState {
  return {
    id: 'exact-online-1',
    name: 'Exact Online',
    system: 'exact-online',
    link: { state: 'connected', since: minutesAgo(600) },
    health: { state: 'ok' },
    pausedBy: null,
    synchronisationUserId: 'tom',
    standInId: null,
    login: {
      grantId: 'exact-online-1/cx',
      accountingUserId: 'cx',
      accountingUserName: 'CX_Basecone',
      environmentId: 'demo',
      environmentName: 'Demo',
    },
    requestedBy: 'sanne',
    incident: null,
    companies: 12,
    round: 4,
    changes: 0,
    lastSuccessAt: minutesAgo(2),
    syncingSince: null,
    nextSyncAt: new Date(now.getTime() + 90_000).toISOString(),
    changingTo: null,
    former: null,
    handover: null,
    requests: [],
    catchingUpAfter: null,
    revision: 3,
    ...more,
  };
}

export function connectionFacts(
  more: Partial<ConnectionFacts> = {},
  stateMore: Partial<ConnectionState> = {},
): ConnectionFacts {
  return {
    id: 'exact-online-1',
    name: 'Exact Online',
    systemName: 'Exact Online',
    state: state(stateMore),
    statusWord: 'Connected',
    synchronisationUser: 'Tom de Vries',
    login: 'CX_Basecone',
    loginEnds: null,
    requestedBy: 'Sanne Jansen',
    pausedBy: null,
    changingTo: null,
    handover: null,
    onIt: null,
    mayReconnect: ['Sanne Jansen', 'Tom de Vries'],
    standIn: null,
    leaving: [],
    onlyResponder: null,
    links: [],
    companies: { linked: 12 },
    booking: bookingOf(state(stateMore)),
    rows: masterDataKinds.map((kind, index) => ({ kind, rows: index < 3 ? 1_200 * (index + 1) : 0 })),
    failing: 0,
    stale: [],
    obstacles: [],
    overdue: false,
    ...more,
  };
}

/** Twelve companies whose master data came in two minutes ago; `statuses` of the first of them. */
export function bookingOf(
  connection: ConnectionState,
  statuses: readonly CompanyStatus[] = [],
  stopped = false,
): ConnectionFacts['booking'] {
  const linked = companies(12).map(({ code, name }, index) => ({
    ...{ connectionId: connection.id, externalId: code, code, name, linked: true },
    ...{
      status: statuses[index] ?? 'reachable',
      listedAs: 'reachable' as const,
      statusSince: minutesAgo(600),
      lastSeenAt: minutesAgo(2),
    },
  }));
  const at = minutesAgo(2);
  const ages = linked.map(({ externalId: id }) => ({
    ...{ company: { id }, kind: 'gl-account' as const, lastError: null },
    ...{ lastSuccessAt: at, lastAttemptAt: at },
  }));
  return sumOfBookable({ connection, stopped }, linked, ages);
}

export function officeFacts(connections: ConnectionFacts[], engineAnswers = true): OfficeFacts {
  return { connections, engineAnswers, superusers: ['Sanne Jansen'], automations: [], unreachable: [], now };
}
