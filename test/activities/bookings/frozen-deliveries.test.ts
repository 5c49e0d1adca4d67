import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { fit, namings } from '../../../domain/bookings/booking-fit.ts';
import { createSealer } from '../../../store/logins/sealer.ts';
import { createWorkbench, type Workbench } from '../../accounting/exact-online/sandbox.ts';
import { booking } from '../../booking.ts';
import { onSqlite } from '../../database.ts';
import type { DelivererOrder } from '../../fixtures/freezing-deliverer.ts';
import { connectionId, inTemporal, openOffice } from '../office-with-books.ts';

const deliverer = fileURLToPath(new URL('../../fixtures/freezing-deliverer.ts', import.meta.url));
const key = randomBytes(32).toString('base64');
const settleMs = 60_000;
const open = onSqlite();
let bench: Workbench;
let folder: string;
let child: ChildProcess | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'syncuser-frozen-'));
  bench = await createWorkbench({ companies: 1, minuteLimit: 1e6, dayLimit: 1e6 });
});
afterEach(() => void child?.kill('SIGKILL'));
afterAll(async () => {
  await bench.close();
  await rm(folder, { recursive: true, force: true });
});

test('a process that stands still before any of its steps, while another one delivers, books nothing twice; or it is told', async () => {
  const companyId = String((await bench.divisions())[0]);
  const line = { connectionId, companyId };
  const office = await openOffice(bench, open, {
    sealer: createSealer({ current: 'k', keys: { k: key } }),
  });
  const login = await office.connected();
  await inTemporal(() =>
    office.activities.syncCompanies({
      ...{ connectionId, round: 1, grantId: login.grantId },
      companies: [companyId],
    }),
  );
  const { purchaseBookings: kept, deliveryStops, namedRows, masterData } = office.store;
  const { rows } = await masterData.rows({ ...line, kind: 'relation' });
  const supplier = rows.find(
    ({ active, details }) => active && 'isSupplier' in details && details.isSupplier,
  )!;
  const handOver = async (reference: string) => {
    const handed = booking({ supplier: supplier.externalId, reference, invoiceNumber: reference });
    const pinned = fit(handed, await namedRows.find(line, namings(handed)), null).rows;
    await kept.take(line, { booking: handed, pinned, hold: null });
  };
  const clockFile = join(folder, 'clock');
  const pass = async (seconds: number) => {
    await bench.advance(seconds);
    await writeFile(clockFile, String(bench.now().getTime() - Date.now()));
  };
  const deliverAll = async () => {
    const next = () => inTemporal(() => office.activities.deliverNextBooking({ ...line, settleMs }));
    for (let looks = 0; looks < 10; looks += 1) {
      const { kind } = await next();
      if (kind === 'idle') return;
      if (kind === 'held') await pass(61);
    }
  };
  const numbersOf = async (reference: string) => {
    const state = (await (await fetch(`${bench.url}/control/state`)).json()) as {
      entries: { yourRef: string; number: number }[];
    };
    return state.entries.filter(({ yourRef }) => yourRef === reference).map(({ number }) => String(number));
  };

  await pass(1);
  const address = open.address();
  if (!('file' in address)) throw new Error('a process of its own needs a file');
  const said = start({ ...line, file: address.file, key, baseUrl: bench.url, settleMs, clockFile });
  expect(await said()).toBe('ready');
  const bookedTwice: string[] = [];
  let step = 1;
  for (; ; step += 1) {
    const reference = `frozen-${step}`;
    await handOver(reference);
    child?.stdin?.write(`${step}\n`);
    const isOver = (await said()) !== 'frozen';
    if (!isOver) {
      await pass(61);
      await deliverAll();
      child?.kill('SIGCONT');
      expect(await said()).toContain('done');
    }
    const numbers = await numbersOf(reference);
    const stop = await deliveryStops.of(connectionId);
    if (numbers.length > 1) bookedTwice.push(reference);
    expect({ reference, told: stop?.entries ?? [] }).toEqual({
      reference,
      told: numbers.length > 1 ? numbers : [],
    });
    await deliveryStops.lift(connectionId);
    await deliverAll();
    expect({ reference, state: (await kept.find(line, reference))?.state }).toEqual({
      reference,
      state: 'delivered',
    });
    expect((await numbersOf(reference)).length).toBe(numbers.length);
    if (isOver) break;
  }
  // Only between its last look at the clock and the request itself can nobody keep it from being late; then it is told.
  expect(bookedTwice).toHaveLength(1);
  expect(step).toBeGreaterThan(15);
}, 120_000);

/** Starts the process; gives what it says next, line by line. */
function start(order: DelivererOrder): () => Promise<string> {
  child = spawn(process.execPath, ['--import', 'tsx', deliverer, JSON.stringify(order)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines: Interface = createInterface({ input: child.stdout! });
  const said: string[] = [];
  lines.on('line', (line) => said.push(line));
  return async () => {
    while (said.length === 0) await once(lines, 'line');
    return said.shift()!;
  };
}
