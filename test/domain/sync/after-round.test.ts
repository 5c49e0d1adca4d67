import { describe, expect, test } from '@jest/globals';
import { afterRound } from '../../../domain/sync/after-round.ts';
import type { ConnectionState } from '../../../domain/connection.ts';
import { connectedState } from '../../connected-state.ts';

const minute = 60_000;
const waits = { syncInterval: 15 * minute, retryDelayed: 2 * minute };
const startedAt = '2026-03-02T09:00:00.000Z';
const now = Date.parse('2026-03-02T09:01:00.000Z');
const later = (ms: number) => new Date(now + ms).toISOString();
const grantId = 'grant/CX_Basecone';
const broken = {
  grantId,
  planned: true,
  read: 0,
  postponed: null,
  stop: { kind: 'broken', cause: 'consent-withdrawn' },
} as const;
const limited = (until: string | null) =>
  ({
    grantId,
    planned: true,
    read: 0,
    postponed: null,
    stop: { kind: 'delayed', reason: 'rate-limit', until },
  }) as const;
const well = { grantId, planned: true, read: 18, stop: null, postponed: null };

const state = (more: Partial<ConnectionState> = {}): ConnectionState => ({
  ...connectedState,
  syncingSince: startedAt,
  nextSyncAt: startedAt,
  ...more,
});

describe('after a round', () => {
  test('that went well, the next one is planned', () => {
    const after = afterRound(state(), well, now, waits);
    expect(after).toMatchObject({ syncingSince: null, health: { state: 'ok' }, lastSuccessAt: later(0) });
    expect(Date.parse(after.nextSyncAt!)).toBeGreaterThan(now);
  });

  test('of what somebody requested, the next planned one stays where it is, and nothing counts as done', () => {
    const next = later(9 * minute);
    const after = afterRound(state({ nextSyncAt: next }), { ...well, planned: false }, now, waits);
    expect(after).toEqual({ syncingSince: null, health: { state: 'ok' }, nextSyncAt: next });
  });

  test('that came to its end and read nothing, the last success is the one before', () => {
    const before = '2026-03-02T08:45:00.000Z';
    const after = afterRound(state({ lastSuccessAt: before }), { ...well, read: 0 }, now, waits);
    expect(after).not.toHaveProperty('lastSuccessAt');
    expect(after).toMatchObject({ syncingSince: null, nextSyncAt: expect.any(String) });
  });

  test('in which somebody asked for another, that one is due at once', () => {
    const asked = '2026-03-02T09:00:30.000Z';
    expect(afterRound(state({ nextSyncAt: asked }), well, now, waits).nextSyncAt).toBe(asked);
  });

  test('that found the login broken, the connection is disconnected and none is planned', () => {
    expect(afterRound(state(), broken, now, waits)).toMatchObject({
      link: { state: 'disconnected', since: later(0), cause: 'consent-withdrawn' },
      nextSyncAt: null,
    });
  });

  test('that found a former login broken, nothing is said of the one in use', () => {
    const link = { state: 'connected', since: '2026-03-02T09:00:30.000Z' } as const;
    expect(afterRound(state({ link }), broken, now, waits)).toEqual({ syncingSince: null });
    expect(afterRound(state(), { ...broken, grantId: 'another' }, now, waits)).toEqual({
      syncingSince: null,
    });
  });

  test('that was limited, the next one waits as long as the package says', () => {
    expect(afterRound(state(), limited(later(minute)), now, waits)).toMatchObject({
      health: { state: 'delayed', reason: 'rate-limit', since: later(0), until: later(minute) },
      nextSyncAt: later(minute),
    });
  });

  test('in which one company waits for its own limit, the next one comes as soon as it may be asked', () => {
    const interval = { syncInterval: 6 * 60 * minute, retryDelayed: 2 * minute };
    const next = (postponed: string) => afterRound(state(), { ...well, postponed }, now, interval).nextSyncAt;
    expect(next(later(5 * minute))).toBe(later(5 * minute));
    expect(next(later(-minute))).toBe(later(interval.retryDelayed));
    const regular = afterRound(state(), well, now, interval).nextSyncAt;
    expect(next(later(24 * 60 * minute))).toBe(regular);
  });

  test('that was limited until a moment that has passed, or that nobody knows, it waits all the same', () => {
    for (const until of [null, later(-minute)])
      expect(afterRound(state(), limited(until), now, waits)).toMatchObject({
        health: { until: null },
        nextSyncAt: later(waits.retryDelayed),
      });
  });

  test('that was limited once more, it is said since when', () => {
    const health = { state: 'delayed', reason: 'outage', since: startedAt, until: null } as const;
    expect(afterRound(state({ health }), limited(null), now, waits).health).toMatchObject({
      since: startedAt,
    });
  });

  test('that an operator ended, it is not called a success', () => {
    const after = afterRound(state(), null, now, waits);
    expect(after).not.toHaveProperty('lastSuccessAt');
    expect(Date.parse(after.nextSyncAt!)).toBeGreaterThan(now);
  });
});
