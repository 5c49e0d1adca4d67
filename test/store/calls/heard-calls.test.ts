import { expect, test } from '@jest/globals';
import { onBothDatabases } from '../../database.ts';
import { handClock, openStore } from '../store.ts';

onBothDatabases((open) => {
  test('a call is heard once, whoever hears it, until it is too old to be believed', async () => {
    const clock = handClock();
    const one = await openStore(open, { now: clock.now });
    const other = await openStore(open, { now: clock.now });
    expect(await one.heardCalls.firstHeard(['a', 'b'])).toEqual(['a', 'b']);
    expect(await other.heardCalls.firstHeard(['b', 'c'])).toEqual(['c']);
    expect(await one.heardCalls.firstHeard([])).toEqual([]);
    const race = await Promise.all([one, other, one].map((store) => store.heardCalls.firstHeard(['d'])));
    expect(race.flat()).toEqual(['d']);
    const many = Array.from({ length: 1_200 }, (_, number) => `many-${number}`);
    expect(await one.heardCalls.firstHeard(many)).toHaveLength(1_200);
  });
});
