import { expect, test } from '@jest/globals';
import type { Allowance } from '../../../accounting/budget.ts';
import { onBothDatabases } from '../../database.ts';
import { handClock, openStore } from '../store.ts';

const minute = 60_000;
const allowance: Allowance = {
  key: 'exact-online/app/company/7',
  windows: { minute: { limit: 25, ms: minute }, day: { limit: 60, ms: 1440 * minute } },
};
const mishaps = { key: 'exact-online/app/somebody/7/crm', most: 3, withinMs: 60 * minute };

onBothDatabases((open) => {
  const clock = handClock('2026-11-23T10:00:20.000Z');
  const budgetOf = async () => (await openStore(open, clock)).callBudget;
  const nextMinute = () => new Date((Math.floor(clock.now().getTime() / minute) + 1) * minute);
  const tomorrow = new Date('2026-11-24T00:00:00.000Z');

  async function takenOf(budgets: Awaited<ReturnType<typeof budgetOf>>[], attempts: number) {
    const answers = await Promise.all(
      Array.from({ length: attempts }, (_, index) => budgets[index % budgets.length]!.take(allowance, 4)),
    );
    return answers.filter((usedUp) => usedUp === null).length;
  }

  test('many processes together take no more than there is, and not much less', async () => {
    const budgets = await Promise.all([1, 2, 3].map(budgetOf));

    const taken = await takenOf(budgets, 90);

    expect(taken).toBe(25);
    expect(await budgets[0]!.take(allowance)).toEqual({ window: 'minute', until: nextMinute() });
  });

  test('a new minute begins anew, the day goes on, and what was set aside is given back', async () => {
    const [one, other] = [await budgetOf(), await budgetOf()];
    for (let minutes = 0; minutes < 3; minutes++) {
      for (let call = 0; call < 9; call++) expect(await one.take(allowance, 5)).toBeNull();
      clock.advance(minute);
    }
    // 27 calls; one of the last five set aside is still in hand.
    expect(await takenOf([other], 40)).toBe(25);
    clock.advance(minute);
    expect(await takenOf([one, other], 40)).toBe(60 - 27 - 25);
    expect(await other.take(allowance)).toEqual({ window: 'day', until: tomorrow });
  });

  test('what the package says of its limit is remembered, also by the next process', async () => {
    const budget = await budgetOf();
    await budget.take(allowance, 5);
    await budget.learn(allowance, {
      minute: { limit: 5, remaining: 4, resetsAt: nextMinute() },
      day: { limit: 9_000, remaining: 8_999, resetsAt: tomorrow },
    });

    expect(await takenOf([budget], 20)).toBe(4);
    clock.advance(minute);
    expect(await takenOf([await budgetOf()], 20)).toBe(5);
  });

  test('calls that somebody else made with the same app count as well', async () => {
    const budget = await budgetOf();
    await budget.take(allowance, 4);
    await budget.learn(allowance, { minute: { limit: 25, remaining: 10, resetsAt: nextMinute() } });

    expect(await takenOf([budget], 30)).toBe(10);
  });

  test('once the package says that nothing is left, no process asks before it said', async () => {
    const [one, other] = [await budgetOf(), await budgetOf()];
    const until = new Date(clock.now().getTime() + 90_000);
    await one.take(allowance, 5);
    await one.learn(allowance, { minute: { limit: null, remaining: 0, resetsAt: until } });

    expect(await one.take(allowance)).toEqual({ window: 'minute', until });
    expect(await other.take(allowance)).toEqual({ window: 'minute', until });
    clock.advance(90_000);
    expect(await other.take(allowance)).toBeNull();
  });

  test.each([
    { limit: -5, remaining: 0, resetsAt: null },
    { limit: NaN, remaining: NaN, resetsAt: new Date(NaN) },
    { limit: 10, remaining: 4_000, resetsAt: null },
    { limit: 1e300, remaining: 1e299, resetsAt: null },
    { limit: 25, remaining: 25, resetsAt: new Date('2038-01-01') },
    { limit: 25, remaining: 25, resetsAt: new Date(0) },
  ])('nonsense (%j) changes nothing', async (told) => {
    const budget = await budgetOf();
    await budget.learn(allowance, { minute: told });

    expect(await takenOf([budget], 40)).toBe(25);
  });

  test('the answers of a package cost no write as long as they say what we know', async () => {
    const { callBudget, database } = await openStore(open, clock);
    const stored = () => database.db.selectFrom('call_allowances').selectAll().execute();
    await callBudget.take(allowance, 10);
    const before = await stored();
    for (let left = 24; left > 15; left--) {
      clock.advance(1);
      await callBudget.learn(allowance, { minute: { limit: 25, remaining: left, resetsAt: nextMinute() } });
      if (left > 16) await callBudget.take(allowance, 10);
    }
    expect(await stored()).toEqual(before);
  });

  test('mishaps are too many when the last few of all processes lie within the time', async () => {
    const [one, other] = [await budgetOf(), await budgetOf()];
    const first = clock.now();
    await one.count(mishaps);
    clock.advance(20 * minute);
    await other.count(mishaps);
    expect(await one.tooMany(mishaps)).toBeNull();
    await one.count(mishaps);

    expect(await other.tooMany(mishaps)).toEqual(new Date(first.getTime() + 60 * minute));
    expect(await other.tooMany({ ...mishaps, key: 'another endpoint' })).toBeNull();
    clock.advance(40 * minute);
    expect(await other.tooMany(mishaps)).toBeNull();
    await other.count(mishaps);
    expect(await one.tooMany(mishaps)).toEqual(new Date(first.getTime() + 80 * minute));
  });

  test('mishaps that no longer count are swept away', async () => {
    const { callBudget, database } = await openStore(open, clock);
    await callBudget.count(mishaps);
    clock.advance(61 * minute);
    await callBudget.count({ ...mishaps, key: 'another endpoint' });

    const rows = await database.db.selectFrom('call_mishaps').select('key').execute();
    expect(rows).toEqual([{ key: 'another endpoint' }]);
  });
});
