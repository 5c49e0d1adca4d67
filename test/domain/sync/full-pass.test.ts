import { expect, test } from '@jest/globals';
import { fullPassEvery, fullPassInterval, fullPassIsDue } from '../../../domain/sync/full-pass.ts';

const day = 24 * 60 * 60_000;
const began = Date.parse('2026-11-23T10:00:00.000Z');
const pass = { beganAt: new Date(began).toISOString(), endedAt: null, proof: null, running: false };
const asked = (id: string, ms: number, more: { requestedAt?: string; isAsked?: boolean } = {}) =>
  fullPassIsDue(pass, {
    id,
    now: began + ms,
    requestedAt: null,
    isAsked: false,
    everyMs: fullPassEvery,
    ...more,
  });

test('one is due within a week and a quarter, each company and kind at a time of its own', () => {
  const firstDue = Array.from({ length: 50 }, (_, company) => {
    const hours = Array.from({ length: 24 * 9 }, (__, hour) => hour);
    return hours.find((hour) => asked(`c1/${company}/item`, hour * 3_600_000)) ?? Infinity;
  });
  expect(Math.max(...firstDue)).toBeLessThanOrEqual((fullPassEvery * 1.25) / 3_600_000 + 1);
  expect(Math.min(...firstDue)).toBeGreaterThan(24);
  expect(new Set(firstDue.map((hour) => Math.floor(hour / 24))).size).toBeGreaterThan(4);
});

test('one that somebody wants is due unless it began since', () => {
  expect(asked('x', 1, { requestedAt: new Date(began + 1).toISOString() })).toBe(true);
  expect(asked('x', 1, { requestedAt: new Date(began - 1).toISOString() })).toBe(false);
});

test('one that is under way goes on, and a question brings the next one sooner', () => {
  const running = { ...pass, running: true };
  const at = { id: 'x', now: began + 30 * day, requestedAt: null, isAsked: true, everyMs: fullPassEvery };
  expect(fullPassIsDue(running, at)).toBe(false);
  expect(asked('x', 1.1 * day, { isAsked: true })).toBe(true);
  expect(asked('x', 0.9 * day, { isAsked: true })).toBe(false);
});

test('an office may want them more often', () => {
  const at = { id: 'x', now: began + 3 * day, requestedAt: null, isAsked: false };
  expect(fullPassIsDue(pass, { ...at, everyMs: 2 * day })).toBe(true);
  expect(fullPassIsDue(pass, { ...at, everyMs: 60 * day })).toBe(false);
});

test('a small list is read whole every day where the package does not tell what was deleted', () => {
  const tells = { tellsDeletions: true };
  const silent = { tellsDeletions: false };
  expect(fullPassInterval(fullPassEvery, { ...silent, rows: 2_000 })).toBe(day);
  expect(fullPassInterval(fullPassEvery, { ...silent, rows: 2_001 })).toBe(fullPassEvery);
  expect(fullPassInterval(fullPassEvery, { ...tells, rows: 3 })).toBe(fullPassEvery);
  expect(fullPassInterval(day / 2, { ...silent, rows: 3 })).toBe(day / 2);
});
