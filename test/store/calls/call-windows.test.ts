import { expect, test } from '@jest/globals';
import { told, type CallWindows } from '../../../store/calls/call-windows.ts';

const now = Date.parse('2026-11-23T10:00:20.000Z');
const minute = 60_000;
const windows: CallWindows = { minute: { endsAt: now + 40_000, allowed: 60, used: 10, isTold: false } };
const context = { allowed: { minute: { limit: 60, ms: minute } }, unspent: 0, now };
const after = (word: { limit: number | null; remaining: number; resetsAt: Date | null }) =>
  told(windows, { minute: word }, context)['minute'];

test('what a package says of a limit is taken', () => {
  const resetsAt = new Date(now + 50_000);
  expect(after({ limit: 100, remaining: 40, resetsAt })).toEqual({
    endsAt: now + 50_000,
    allowed: 100,
    used: 60,
    isTold: true,
  });
});

test('an end before the one that we took for granted is taken, and nothing is asked until then', () => {
  const nothingLeft = { limit: 60, remaining: 0, resetsAt: new Date(now + 15_000) };
  const known = told(windows, { minute: nothingLeft }, context);
  expect(known['minute']).toEqual({ endsAt: now + 15_000, allowed: 60, used: 60, isTold: true });
});

test('an answer about the stretch before the one that the package told of changes nothing but the limit', () => {
  const next = told(
    windows,
    { minute: { limit: 60, remaining: 59, resetsAt: new Date(now + 70_000) } },
    context,
  );
  const late = told(next, { minute: { limit: 50, remaining: 0, resetsAt: new Date(now + 15_000) } }, context);
  expect(late['minute']).toEqual({ endsAt: now + 70_000, allowed: 50, used: 1, isTold: true });
});

test.each([
  ['in the past', '2020-01-01T00:00:00.000Z'],
  ['now', new Date(now).toISOString()],
  ['two lengths ahead and a little more', new Date(now + 2 * minute + 1).toISOString()],
  ['in the year 3000', '3000-01-01T00:00:00.000Z'],
  ['no moment at all', 'soon'],
])('an end %s is none, and the one that was known stays', (_when, text) => {
  const found = after({ limit: 100, remaining: 90, resetsAt: new Date(text) });
  expect(found).toEqual({ endsAt: now + 40_000, allowed: 100, used: 10, isTold: false });
});

test.each([
  [0, 0],
  [-5, 0],
  [100, 101],
  [100, -1],
  [1e12, 1],
  [0.5, 0],
  [Number.NaN, 0],
  [100, Number.POSITIVE_INFINITY],
])('a limit of %s with %s left says nothing', (limit, remaining) => {
  expect(after({ limit, remaining, resetsAt: null })).toEqual(windows['minute']);
});
