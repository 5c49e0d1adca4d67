import { expect, test } from '@jest/globals';
import { readSince } from '../../../../bot/verbs/sync/since.ts';

const now = new Date('2026-11-23T10:00:00.000Z');

test.each([
  ['', '', '2026-11-22T10:00:00.000Z'],
  ['Exact Online', 'Exact Online', '2026-11-22T10:00:00.000Z'],
  ['101', '101', '2026-11-22T10:00:00.000Z'],
  ['7d', '', '2026-11-16T10:00:00.000Z'],
  ['999999999999999d', '', '1970-01-01T00:00:00.000Z'],
  ['101 0078-03-01', '101', '0078-02-28T23:42:30.000Z'],
  ['101 12h', '101', '2026-11-22T22:00:00.000Z'],
  ['Exact Online 2026-11-20', 'Exact Online', '2026-11-19T23:00:00.000Z'],
  ['101 2026-11-20T20:10Z', '101', '2026-11-20T20:10:00.000Z'],
  ['Exact Online 2026-11-20 20:10', 'Exact Online', '2026-11-20T19:10:00.000Z'],
  ['2026-11-20T20:10', '', '2026-11-20T19:10:00.000Z'],
  ['yesterday', '', '2026-11-21T23:00:00.000Z'],
  ['101 Gisteren', '101', '2026-11-21T23:00:00.000Z'],
  ['Exact Online today', 'Exact Online', '2026-11-22T23:00:00.000Z'],
  ['101 yesterday 09:30', '101', '2026-11-22T08:30:00.000Z'],
  ['101 2026–11–20', '101', '2026-11-19T23:00:00.000Z'],
  ['Exact 2026-13-20', 'Exact 2026-13-20', '2026-11-22T10:00:00.000Z'],
])('%j is %j since %s', (text, name, since) => {
  expect(readSince(text, { now, timeZone: 'Europe/Amsterdam' })).toMatchObject({ name, since });
});
