import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import * as contract from '../../../workflows/contract.ts';
import { eventually } from '../../until.ts';
import { createFakes, hour, minute, workflowBundle } from '../office-of-fakes.ts';
import { quietRuntime, skipTime } from '../servers.ts';

beforeAll(quietRuntime);

let env: TestWorkflowEnvironment;
let fakes: ReturnType<typeof createFakes>;
beforeEach(async () => {
  env = await skipTime();
  fakes = createFakes();
});
afterEach(() => env.teardown());

const waits: contract.BookingWaits = { firstLook: 15_000, longestLook: 10 * minute, settle: 2 * minute };
const start = () =>
  env.client.workflow.signalWithStart('deliverBookings', {
    workflowId: contract.workflowIds.bookings('c1', '101'),
    taskQueue: contract.taskQueue,
    args: [{ connectionId: 'c1', companyId: '101', waits }],
    signal: contract.bookingsChanged,
    signalArgs: [],
  });
/** Without a cache of workflows, so that the next worker need not wait until this one is missed. */
async function withWorker<T>(work: () => Promise<T>): Promise<T> {
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue: contract.taskQueue,
    workflowBundle: await workflowBundle(),
    activities: fakes.activities,
    maxCachedWorkflows: 0,
  });
  return worker.runUntil(work);
}

describe('The line of bookings of a company', () => {
  test('goes through all of them, tells what became of them, and ends', async () => {
    fakes.script.bookings = [{ kind: 'settled' }, { kind: 'settled' }];
    await withWorker(async () => {
      await (await start()).result();
    });
    expect(fakes.times('deliverNextBooking')).toBe(3);
    expect(fakes.times('sendBookingNotices')).toBeGreaterThan(0);
    expect(fakes.inputsOf('deliverNextBooking')[0]).toEqual({
      connectionId: 'c1',
      companyId: '101',
      settleMs: waits.settle,
    });
  });

  test('looks again ever more rarely while it must wait, and tells that it waits once', async () => {
    const held = { kind: 'held', until: null } as const;
    fakes.script.bookings = [
      { ...held, changed: true },
      ...Array.from({ length: 20 }, () => ({ ...held, changed: false })),
      { kind: 'settled' },
    ];
    await withWorker(async () => {
      const handle = await start();
      await handle.result();
      const { startTime, closeTime } = await handle.describe();
      expect(closeTime!.getTime() - startTime.getTime()).toBeGreaterThan(2 * hour);
    });
    expect(fakes.times('sendBookingNotices')).toBe(2);
  });

  test('looks at once when something is handed over meanwhile', async () => {
    const until = new Date(Date.now() + 30 * 24 * hour).toISOString();
    fakes.script.bookings = [{ kind: 'held', until, changed: true }, { kind: 'settled' }];
    await withWorker(async () => {
      const handle = await start();
      await eventually(() => expect(fakes.times('deliverNextBooking')).toBe(1));
      await start();
      await handle.result();
      expect(fakes.times('deliverNextBooking')).toBe(3);
      const { startTime, closeTime } = await handle.describe();
      expect(closeTime!.getTime() - startTime.getTime()).toBeLessThan(waits.longestLook);
    });
  });

  test('delivers although nobody listens in Slack or at the caller', async () => {
    fakes.script.bookings = [{ kind: 'settled' }, { kind: 'settled' }];
    const down = () => {
      throw new Error('down');
    };
    fakes.script.before = { tellUnfitBookings: down, sendBookingNotices: down };
    await withWorker(async () => {
      const handle = await start();
      await eventually(() => expect(fakes.times('deliverNextBooking')).toBe(3));
      fakes.script.before = {};
      await handle.result();
    });
    expect(fakes.times('sendBookingNotices')).toBeGreaterThan(1);
  });

  test('goes on in another worker', async () => {
    fakes.script.bookings = [{ kind: 'held', until: null, changed: true }, { kind: 'settled' }];
    const handle = await withWorker(async () => {
      const started = await start();
      await eventually(() => expect(fakes.times('sendBookingNotices')).toBe(1));
      await eventually(() => expect(fakes.times('tellDeliveryStop')).toBe(1));
      return started;
    });
    expect(fakes.times('deliverNextBooking')).toBe(1);
    await withWorker(async () => void (await handle.result()));
    expect(fakes.times('deliverNextBooking')).toBe(3);
  });
});
