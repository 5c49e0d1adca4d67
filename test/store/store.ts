import { randomBytes } from 'node:crypto';
import type { ConnectionState } from '../../domain/connection.ts';
import type { Database } from '../../store/database/database.ts';
import { createSealer } from '../../store/logins/sealer.ts';
import type { PageCounts } from '../../store/sync/master-data.ts';
import { createStore, type Store, type StoreOptions } from '../../store/index.ts';
import type { Open } from '../database.ts';

const sealer = createSealer({ current: 'test', keys: { test: randomBytes(32).toString('base64') } });

/** A store on a fresh handle, as another process would have it; all of them share one key ring. */
export async function openStore(
  open: Open,
  options: Partial<StoreOptions> = {},
): Promise<Store & { database: Database }> {
  const database = await open();
  return { database, ...createStore(database, { sealer, ...options }) };
}

/** Stores a page as the only reader there is would: it goes on from where the position is. */
export async function storeNext(
  { masterData, syncPositions }: Pick<Store, 'masterData' | 'syncPositions'>,
  request: Omit<Parameters<Store['masterData']['storePage']>[0], 'from'>,
): Promise<PageCounts | null> {
  const position = await syncPositions.get(request);
  return masterData.storePage({ ...request, from: position?.checkpoint ?? null });
}

/** A clock that only moves when it is told to. */
export function handClock(start = '2026-11-23T10:00:00.000Z') {
  let at = new Date(start).getTime();
  return {
    now: () => new Date(at),
    advance: (ms: number) => {
      at += ms;
    },
  };
}

export function connectionState(changes: Partial<ConnectionState> = {}): ConnectionState {
  return {
    id: 'c1',
    name: 'Exact Online, Kantoor',
    system: 'exact-online',
    link: { state: 'connected', since: '2026-11-23T10:00:00.000Z' },
    health: { state: 'ok' },
    pausedBy: null,
    synchronisationUserId: 'ellen',
    standInId: null,
    login: null,
    requestedBy: 'ellen',
    incident: null,
    companies: 2,
    round: 3,
    changes: 0,
    lastSuccessAt: '2026-11-23T10:00:00.000Z',
    syncingSince: null,
    nextSyncAt: null,
    changingTo: null,
    former: null,
    handover: null,
    requests: [],
    catchingUpAfter: null,
    revision: 1,
    ...changes,
  };
}
