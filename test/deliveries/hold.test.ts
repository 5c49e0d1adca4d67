import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { holdOf } from '../../deliveries/hold.ts';
import type { Store } from '../../store/index.ts';
import { onSqlite } from '../database.ts';
import { handClock, openStore } from '../store/store.ts';

const key = 'incident/1/C0NORTH';
const open = onSqlite();
let clock: ReturnType<typeof handClock>;
let store: Store['deliveries'];

beforeEach(async () => {
  clock = handClock();
  store = (await openStore(open, { now: clock.now })).deliveries;
  const announcement = { what: 'welcome', officeName: 'Jansen' } as const;
  await store.write({ key, to: { channel: 'C0NORTH' }, announcement });
});
afterEach(() => void jest.useRealTimers());

test('what a process was saying when it was killed is said by another one within half a minute', async () => {
  expect(await holdOf(store, key)).not.toBeNull();
  expect(await holdOf(store, key)).toBeNull();
  clock.advance(25_000);
  expect(await holdOf(store, key)).not.toBeNull();
});

test('however long Slack takes to answer, nobody else says it meanwhile', async () => {
  const others = ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'] as const;
  jest.useFakeTimers({ doNotFake: [...others, 'clearImmediate', 'setTimeout', 'clearTimeout'] });
  const hold = (await holdOf(store, key))!;
  for (let seconds = 0; seconds < 120; seconds += 4) {
    clock.advance(4_000);
    jest.advanceTimersByTime(4_000);
    expect(await holdOf(store, key)).toBeNull();
  }
  await hold.letGo();
  expect(await holdOf(store, key)).not.toBeNull();
});

test('whoever stood still for so long that another one took over notices it, and leaves it to that one', async () => {
  const frozen = (await holdOf(store, key))!;
  clock.advance(25_000);
  const another = (await holdOf(store, key))!;
  expect(await frozen.isHeld()).toBe(false);
  await frozen.letGo();
  expect(await another.isHeld()).toBe(true);
});
