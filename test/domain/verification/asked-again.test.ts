import { describe, expect, test } from '@jest/globals';
import { believedMs, changeBy, mustAsk, type Right } from '../../../domain/verification/verification.ts';

const minute = 60_000;
const hour = 60 * minute;
const at = (time: string) => `2026-11-23T${time}:00.000Z`;
const right = (answer: Right['answer'], checked: string): Right => ({
  ...{ companyId: '1', kind: 'item', answer, evidence: 'kind-list', barrier: null },
  ...{ known: answer === 'unknown' ? null : answer, checkedAt: at(checked) },
});
const verification = { startedAt: at('10:00'), believedSince: at('08:00') };

describe('What was found before is asked again', () => {
  test('when nothing was, and not twice in one verification', () => {
    expect(mustAsk(undefined, verification)).toBe(true);
    expect(mustAsk(right('no', '10:00'), verification, at('11:00'))).toBe(false);
    expect(mustAsk(right('no', '09:59'), verification)).toBe(true);
  });

  test('when the yes is older than it is believed', () => {
    expect(mustAsk(right('yes', '08:00'), verification)).toBe(false);
    expect(mustAsk(right('yes', '07:59'), verification)).toBe(true);
    expect(mustAsk(right('unknown', '09:00'), verification)).toBe(true);
  });

  test('when a read was refused after the yes', () => {
    expect(mustAsk(right('yes', '09:00'), verification, at('09:01'))).toBe(true);
    expect(mustAsk(right('yes', '09:00'), verification, at('09:00'))).toBe(false);
    expect(mustAsk(right('yes', '09:00'), verification, at('08:59'))).toBe(false);
  });

  test('by who waits: after minutes for a person, half a day on the schedule', () => {
    expect(believedMs).toEqual({
      ...{ schedule: 12 * hour, refusal: 24 * hour, 'stand-in': 12 * hour },
      ...{ 'set-up': 10 * minute, change: 10 * minute, asked: 10 * minute },
    });
  });
});

test('A right is lost or gained against what was known last; unknown changes nothing', () => {
  const change = (known: Right['known'] | undefined, answer: Right['answer']) =>
    changeBy(known === undefined ? undefined : { known }, right(answer, '10:00'));
  expect([change('yes', 'no'), change('no', 'yes')]).toEqual(['lost', 'gained']);
  const same = [change('yes', 'yes'), change('no', 'no'), change('yes', 'unknown'), change('no', 'unknown')];
  expect([...same, change(null, 'yes'), change(null, 'no'), change(undefined, 'yes')]).toEqual(
    Array.from({ length: 7 }, () => null),
  );
});
