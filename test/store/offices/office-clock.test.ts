import { expect, test } from '@jest/globals';
import { offsets } from '../../../store/offices/office-clock.ts';

test('the clock of an office is kept from now on, with every change to and from summer time', () => {
  const [now, ...changes] = offsets('Europe/Amsterdam', new Date('2026-11-23T10:00:00Z'));
  expect(now).toEqual({ beginsAt: '2026-11-22T00:00:00.000Z', minutes: 60 });
  expect(changes.slice(0, 2)).toEqual([
    { beginsAt: '2027-03-28T01:00:00.000Z', minutes: 120 },
    { beginsAt: '2027-10-31T01:00:00.000Z', minutes: 60 },
  ]);
  expect(offsets('Asia/Kathmandu', new Date('2026-11-23T10:00:00Z'))).toEqual([
    { beginsAt: '2026-11-22T00:00:00.000Z', minutes: 345 },
  ]);
});
