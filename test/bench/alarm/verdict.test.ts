import { describe, expect, test } from '@jest/globals';
import type { Break } from '../../../bench/parts/alarm/facts.ts';
import type { SeenMessage } from '../../../bench/parts/alarm/reading.ts';
import { judge, type Course } from '../../../bench/parts/alarm/verdict.ts';

const broken: Break = {
  ...{ number: 1, name: 'Books 001', userName: 'User1', cause: 'user-blocked' },
  ...{ brokeAt: 99_000, refusedAt: 100_000, mendingSince: 130_000, mendedAt: 131_000 },
  hit: ['COFFICE', 'D0TOM'],
};
const red = ':red_circle: *Books 001 is disconnected* since';

function message(conversation: string, postedAt: number, more: Partial<SeenMessage> = {}): SeenMessage {
  return {
    ...{ conversation, postedAt, ts: `${postedAt}`, onlyInThreadOf: null, threadOf: null },
    mark: `said-${conversation}-${postedAt}-`,
    wordings: [{ text: red, seenAt: postedAt }],
    ...more,
  };
}

const course = { breaks: [broken], closures: [], names: ['Books 001', 'Books 002'], now: 200_000 };

function verdict(messages: SeenMessage[], more: Partial<Course> = {}) {
  const { late, falseAlarms, doubled, silent, toldAfterMs } = judge({ ...course, messages, ...more });
  const counts = { late: late.length, falseAlarms: falseAlarms.length };
  return { ...counts, doubled: doubled.length, silent: silent.length, toldAfterMs };
}
const fine = { late: 0, falseAlarms: 0, doubled: 0, silent: 0, toldAfterMs: [1_000] };
const told = [message('COFFICE', 101_000), message('D0TOM', 102_000)];

describe('The verdict on an alarm', () => {
  test('finds nothing where everybody hit had something unread, once', () => {
    expect(verdict(told)).toEqual(fine);
  });

  test('takes an edit for nothing: what was posted before the break calls nobody', () => {
    const edited = told.map((one) => ({
      ...one,
      postedAt: 50_000,
      wordings: [
        { text: ':large_green_circle: *Books 001*: reconnected', seenAt: 50_000 },
        { text: red, seenAt: 101_000 },
      ],
    }));
    expect(verdict(edited)).toEqual({ ...fine, late: 1, silent: 1, toldAfterMs: [] });
  });

  test('hears no line that stands in a thread of a channel only', () => {
    const inThread = message('COFFICE', 101_000, { onlyInThreadOf: '1', threadOf: '1' });
    expect(verdict([inThread, told[1]!])).toEqual({ ...fine, silent: 1, toldAfterMs: [2_000] });
  });

  test('misses whoever was hit, could be reached and read nothing; and nobody who could not', () => {
    expect(verdict([told[0]!])).toEqual({ ...fine, silent: 1 });
    const closures = [{ conversation: 'D0TOM', from: 90_000, until: 110_000 }];
    expect(verdict([told[0]!], { closures })).toEqual(fine);
  });

  test('counts a minute from the first refused call', () => {
    const late = [message('COFFICE', 161_000), message('D0TOM', 161_000)];
    const course = { breaks: [{ ...broken, mendingSince: 170_000, mendedAt: 171_000 }] };
    expect(verdict(late, course)).toEqual({ ...fine, late: 1, toldAfterMs: [61_000] });
  });

  test('finds what is said twice, by its mark and by what it says', () => {
    const again = message('COFFICE', 103_000, {
      mark: told[0]!.mark,
      wordings: [{ text: 'other words', seenAt: 0 }],
    });
    expect(verdict([...told, again])).toEqual({ ...fine, doubled: 1 });
    expect(verdict([...told, message('COFFICE', 104_000)])).toEqual({ ...fine, doubled: 1 });
  });

  test('finds an alarm about a login that is not broken', () => {
    const other = red.replace('001', '002');
    const alarm = message('COFFICE', 103_000, { wordings: [{ text: other, seenAt: 103_000 }] });
    expect(verdict([...told, alarm])).toEqual({ ...fine, falseAlarms: 1 });
  });

  const other = { ...broken, number: 2, name: 'Books 002', hit: [] };
  const both = ':red_circle: *2 connections are disconnected* since\n• *Books 001*\n• *Books 002*';
  const edits = (message: SeenMessage, ...more: [string, number][]) => ({
    ...message,
    wordings: [...message.wordings, ...more.map(([text, seenAt]) => ({ text, seenAt }))],
  });
  const falseOnes = (message: SeenMessage, one: Partial<Break>) =>
    judge({ ...course, breaks: [broken, { ...other, ...one }], messages: [message, told[1]!] }).falseAlarms;

  test('takes no alarm for false while the person who mends it has to try again: it is disconnected all the while', () => {
    const mending = { brokeAt: 90_000, refusedAt: 91_000, mendingSince: 100_000 };
    const edited = edits(told[0]!, [both, 240_000]);
    expect(falseOnes(edited, { ...mending, mendedAt: 250_000 })).toEqual([]);
    expect(falseOnes(edited, { ...mending, mendedAt: 170_000 })).toHaveLength(1);
  });

  test('takes no alarm for false that was read only after an edit had added what broke meanwhile', () => {
    const late = { ...told[0]!, wordings: [{ text: both, seenAt: 103_000 }] };
    expect(falseOnes(late, { brokeAt: 102_000, refusedAt: 102_000 })).toEqual([]);
  });

  test('finds a name that an edit brings back though its login works again, and says which words and when', () => {
    const early = { brokeAt: 90_000, refusedAt: 91_000, mendingSince: 100_000, mendedAt: 101_000 };
    const back = edits(told[0]!, [both, 102_000], [red, 110_000], [both, 180_000]);
    expect(falseOnes(back, early)).toEqual([
      'Books 002 (mended 1970-01-01T00:01:41.000Z) in COFFICE, edited 1970-01-01T00:03:00.000Z: ' +
        ':red_circle: *2 connections are disconnected* since',
    ]);
  });
});
