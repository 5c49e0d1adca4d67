import { describe, expect, test } from '@jest/globals';
import { afterStop } from '../../../domain/sync/after-stop.ts';
import type { ConnectionState } from '../../../domain/connection.ts';
import { connectedState } from '../../connected-state.ts';

const begunAt = '2026-03-02T09:00:00.000Z';
const now = Date.parse('2026-03-02T09:00:02.000Z');
const waits = { retryDelayed: 120_000 };
const later = (seconds: number) => new Date(now + seconds * 1000).toISOString();
const after = (more: Partial<ConnectionState> = {}, grantId = 'grant/CX_Basecone') =>
  afterStop({ ...connectedState, ...more }, { kind: 'doubtful' }, { grantId, begunAt }, now, waits);

describe('after an odd answer about the login in use', () => {
  test('the link stays as it is, and it is looked at again within half a minute', () => {
    const health = { state: 'doubtful', since: later(0), until: later(20) } as const;
    expect(after()).toEqual({ health, nextSyncAt: health.until });
  });

  test('that goes on, it is known since when, and the looks become rarer', () => {
    const health = { state: 'doubtful', since: later(-100), until: later(0) } as const;
    expect(after({ health })).toEqual({ health: { ...health, until: later(100) }, nextSyncAt: later(100) });
  });

  test('after a delay, the doubt is since now', () => {
    const health = { state: 'delayed', reason: 'outage', since: later(-100), until: null } as const;
    expect(after({ health })).toMatchObject({ health: { state: 'doubtful', since: later(0) } });
  });

  test('that was replaced meanwhile, nothing is said of the new one', () => {
    expect(after({}, 'another')).toEqual({});
    expect(after({ link: { state: 'connected', since: '2026-03-02T09:00:01.000Z' } })).toEqual({});
  });
});
