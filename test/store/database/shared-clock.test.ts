import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { Credential } from '../../../accounting/port.ts';
import { booking } from '../../booking.ts';
import { onPostgres, onSqlite } from '../../database.ts';
import { openStore } from '../store.ts';

const hour = 3_600_000;
const credential = (token: string): Credential => ({ secret: { token }, expiresAt: null });

/** From now on the clock of this host is wrong by so much; timers run as ever. */
function hostClockIs(aheadMs: number): void {
  const now = Date.now() + aheadMs;
  jest.useFakeTimers({ now, advanceTimers: true, doNotFake: [...allTimers] });
}
const allTimers = [
  ...(['nextTick', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval'] as const),
  ...(['setTimeout', 'clearTimeout', 'queueMicrotask', 'performance', 'hrtime'] as const),
];
afterEach(() => void jest.useRealTimers());

describe('On PostgreSQL, on hosts whose clocks differ', () => {
  const open = onPostgres();

  test.each([hour, -hour])(
    'a lease is as long as it is, with a clock that is wrong by %d ms',
    async (wrong) => {
      const options = { leaseMs: 60_000, lookAgainMs: 5 };
      const [right, other] = [await openStore(open, options), await openStore(open, options)];
      await right.grants.put('g1', credential('first'));
      let goOn = () => {};
      const isLetGo = new Promise<void>((resolve) => (goOn = resolve));
      let renewals = 0;
      const renew = ({ grants }: typeof right) =>
        grants.vault('g1').renew(1, async () => {
          renewals += 1;
          await isLetGo;
          return credential(`renewal ${renewals}`);
        });
      const holding = renew(right);
      await new Promise((resolve) => setTimeout(resolve, 100));
      hostClockIs(wrong);
      const waiting = renew(other);
      await new Promise((resolve) => setTimeout(resolve, 200));
      goOn();
      expect(await waiting).toEqual(await holding);
      expect(renewals).toBe(1);
    },
  );

  test('an attempt at a booking is over when it is, whatever the host says that looks', async () => {
    const { purchaseBookings: kept, sharedClock } = await openStore(open);
    const line = { connectionId: 'c1', companyId: '101' };
    const { kept: stored } = await kept.take(line, { booking: booking(), pinned: {}, hold: null });
    const since = async () => new Date((await sharedClock.now()).getTime() - 60_000);
    const first = await kept.beginAttempt(stored, { since: await since() });
    hostClockIs(hour);
    expect(await kept.beginAttempt({ ...stored, attempt: 1 }, { since: await since() })).toBeNull();
    expect(await kept.withdraw(stored.id, { lookedForAfterMs: 60_000 })).toBe(false);
    jest.useRealTimers();
    expect(Math.abs(Date.parse(first!.at) - Date.now())).toBeLessThan(hour / 2);
  });

  test('a message is claimed by one, and as long as it is', async () => {
    const { deliveries } = await openStore(open);
    const to = { channel: 'C1' };
    const announcement = { what: 'nothing' } as never;
    await deliveries.write({ key: 'k', to, announcement });
    const held = await deliveries.claim('k', 60_000);
    hostClockIs(hour);
    expect(await deliveries.claim('k', 60_000)).toBeNull();
    await deliveries.release('k', held!);
    expect(await deliveries.claim('k', 60_000)).not.toBeNull();
  });

  test('calls are set aside in the stretch that it is', async () => {
    const [{ callBudget: one }, { callBudget: other }] = [await openStore(open), await openStore(open)];
    const allowance = { key: 'app', windows: { day: { limit: 3, ms: 24 * hour } } };
    expect(await one.take(allowance, 3)).toBeNull();
    hostClockIs(25 * hour);
    expect(await other.take(allowance)).toMatchObject({ window: 'day' });
  });
});

describe('On SQLite', () => {
  const open = onSqlite();

  test('the clock of the one host that there is counts, and costs no question', async () => {
    const { sharedClock } = await openStore(open);
    hostClockIs(hour);
    expect(Math.abs((await sharedClock.now()).getTime() - Date.now())).toBeLessThan(60_000);
  });
});
