import { describe, expect, test } from '@jest/globals';
import { afterLoginCheck } from '../../../domain/sync/after-login-check.ts';
import type { ConnectionState } from '../../../domain/connection.ts';
import { connectedState } from '../../connected-state.ts';

const begunAt = '2026-03-02T09:00:00.000Z';
const now = Date.parse('2026-03-02T09:00:02.000Z');
const waits = { retryDelayed: 120_000 };
const grantId = 'grant/CX_Basecone';
const broken = { grantId, stop: { kind: 'broken', cause: 'user-blocked' } } as const;
const down = { grantId, stop: { kind: 'delayed', reason: 'outage', until: null } } as const;
const delayed = { state: 'delayed', reason: 'outage', since: begunAt, until: null } as const;
const after = (looked: Parameters<typeof afterLoginCheck>[1], more: Partial<ConnectionState> = {}) =>
  afterLoginCheck({ ...connectedState, ...more }, looked, begunAt, now, waits);

describe('after a look at the login in use', () => {
  test('that works, nothing changes', () => {
    expect(after({ grantId, stop: null })).toEqual({});
    expect(after({ grantId, stop: null }, { health: delayed })).toEqual({}); // a round ends the delay
  });

  test('that works while no round comes, a delay or a doubt is over', () => {
    const doubtful = { state: 'doubtful', since: begunAt, until: begunAt } as const;
    for (const health of [delayed, doubtful])
      expect(after({ grantId, stop: null }, { health, pausedBy: 'sanne' })).toEqual({
        health: { state: 'ok' },
      });
  });

  test('that is broken, the connection is disconnected and no round is planned', () => {
    expect(after(broken)).toMatchObject({
      link: { state: 'disconnected', cause: 'user-blocked' },
      nextSyncAt: null,
    });
  });

  test('that was replaced meanwhile, nothing is said of the new one', () => {
    expect(after({ ...broken, grantId: 'another' })).toEqual({});
    expect(after(broken, { link: { state: 'connected', since: '2026-03-02T09:00:01.000Z' } })).toEqual({});
  });

  test('of a package that is down, the next round comes as after a round that met it', () => {
    expect(after(down)).toEqual({
      health: { ...delayed, since: new Date(now).toISOString() },
      nextSyncAt: new Date(now + waits.retryDelayed).toISOString(),
    });
  });

  test('that a round found broken before, it is not told twice', () => {
    const link = { state: 'disconnected', since: begunAt, cause: 'user-blocked' } as const;
    expect(after(broken, { link })).toEqual({});
    expect(after(down, { link })).toEqual({});
  });
});
