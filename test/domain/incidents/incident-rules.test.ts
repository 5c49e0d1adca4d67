import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { linkCauses } from '../../../domain/causes.ts';
import {
  incidentRules,
  isMendedByLogin,
  toldAfter,
  groupWithin,
} from '../../../domain/incidents/incident-rules.ts';
import { howMended, type HowMended } from '../../../domain/incidents/incident-story.ts';

const minute = 60_000;
const brokeAt = '2026-11-23T12:00:00.000Z';
const ended = (minutesAgo: number, how: HowMended = 'works-again') => ({
  endedAt: new Date(Date.parse(brokeAt) - minutesAgo * minute).toISOString(),
  how,
});
const byItself = (times: number) => Array.from({ length: times }, (_, index) => ended(10 * (index + 1)));

describe('A login that breaks is told', () => {
  test.each([
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 5],
    [4, 15],
    [5, 30],
    [50, 30],
  ])(
    'after it had mended itself %s times within a day, when it stays broken for %s minutes',
    (times, wait) => {
      expect(toldAfter('no-company-access', byItself(times), brokeAt)).toBe(wait * minute);
    },
  );

  test('at once when a human mended it last, or when it mended itself more than a day ago', () => {
    expect(toldAfter('licence-expired', [...byItself(5), ended(1, 'reconnected')], brokeAt)).toBe(0);
    expect(toldAfter('licence-expired', [...byItself(5), ended(1, 'changed')], brokeAt)).toBe(0);
    expect(toldAfter('licence-expired', [ended(25 * 60), ended(26 * 60), ended(27 * 60)], brokeAt)).toBe(0);
  });

  test('never later than half an hour after it broke, whatever it did before', () => {
    const before = fc.array(
      fc.record({
        endedAt: fc
          .integer({ min: 0, max: 3 * 24 * 60 })
          .map((minutes) => new Date(Date.parse(brokeAt) - minutes * minute).toISOString()),
        how: fc.constantFrom(...howMended),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...linkCauses), before, (cause, earlier) => {
        expect(toldAfter(cause, earlier, brokeAt)).toBeLessThanOrEqual(30 * minute);
      }),
    );
  });
});

test('Every cause is somebody’s to mend, and only what a login mends is offered one', () => {
  for (const cause of linkCauses) {
    expect(incidentRules[cause].asks).not.toBe('nobody');
    expect(isMendedByLogin(cause)).toBe(cause !== 'app-refused');
  }
});

test('What may mend itself is looked at again, never so often that a package locks the user', () => {
  const looks = Object.entries(incidentRules).flatMap(([cause, { checksAgainEvery }]) =>
    checksAgainEvery === null ? [] : [[cause, checksAgainEvery / minute]],
  );
  expect(Object.fromEntries(looks)).toEqual({
    'credentials-refused': 6 * 60,
    'no-company-access': 15,
    'licence-expired': 60,
    'not-accepted': 15,
    'app-refused': 15,
  });
  expect(groupWithin).toBe(15 * minute);
});

test('A delay asks nobody, and is told when it lasts', () => {
  const { outage, 'rate-limit': limit, 'app-refused': refused } = incidentRules;
  expect(outage).toMatchObject({ asks: 'nobody', toldAfter: 15 * minute, sameWithin: 30 * minute });
  expect(limit).toMatchObject({ asks: 'nobody', toldAfter: 60 * minute, sameWithin: 60 * minute });
  expect(refused.asks).toBe('whoever-runs-syncuser');
});

test('How often a login mended itself is counted over a day, without what is open or was mended by a human', () => {
  const many = (one: { endedAt: string | null; how: HowMended | null }) => [one, one, one];
  const lately = ended(1);
  expect(toldAfter('licence-expired', [...many(ended(24 * 60)), lately], brokeAt)).toBe(0);
  expect(toldAfter('licence-expired', [...many(ended(24 * 60 - 1)), lately], brokeAt)).toBe(15 * minute);
  expect(toldAfter('licence-expired', [...many(ended(5, 'reconnected')), lately], brokeAt)).toBe(0);
  expect(toldAfter('licence-expired', [lately, ...many(ended(5, 'reconnected'))], brokeAt)).toBe(0);
});
