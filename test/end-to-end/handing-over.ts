import { expect } from '@jest/globals';
import { eventually } from '../until.ts';
import { patienceMs } from './slack-office.ts';
import type { Cast, Story } from './story.ts';

/** Invoice numbers, in the order in which a booking program hands them over. */
const early = 'F2026-0117';
const kept = ['F2026-0120', 'F2026-0118', 'F2026-0119'];

/** A booking program hands over while the connection works. */
export function handingOver({ step }: Story): void {
  step('a purchase booking is delivered, and its entry has a number', async (cast) => {
    expect((await handOver(cast, early)).status).toBeLessThan(300);
    await eventually(async () => expect(await statesOf(cast, [early])).toEqual(['delivered']), patienceMs);
    expect(await cast.work.booked()).toEqual([early]);
    expect(await handOver(cast, early)).toMatchObject({
      status: 200,
      body: { state: 'delivered', entryNumber: expect.stringMatching(/\d/) },
    });
    await isTold(cast, early, ['accepted', 'delivered']);
  });
}

/** It hands over while nobody can book. */
export function handingOverMeanwhile({ step }: Story): void {
  step('what is handed over meanwhile is kept, and nothing of it is booked', async (cast) => {
    await keepSome(cast);
    expect(await cast.work.booked()).toEqual([early]);
  });
}

/** Somebody has logged in again. */
export function deliveringWhatWasKept({ step }: Story): void {
  step('what was kept is booked once, in the order it was handed over', async (cast) => {
    await areBookedInOrder(cast);
    expect(await cast.work.booked()).toEqual([early, ...kept]);
  });
}

/** The program is told that each is kept, also when it asks again. */
export async function keepSome(cast: Cast): Promise<void> {
  for (const invoiceNumber of kept)
    expect(await handOver(cast, invoiceNumber)).toMatchObject({
      status: 202,
      body: { state: 'held', reason: 'disconnected' },
    });
  expect(await statesOf(cast, kept)).toEqual(kept.map(() => 'held'));
}

export async function areBookedInOrder(cast: Cast): Promise<void> {
  const delivered = kept.map(() => 'delivered');
  await eventually(async () => expect(await statesOf(cast, kept)).toEqual(delivered), patienceMs);
  expect((await cast.work.booked()).filter((number) => number !== early)).toEqual(kept);
  for (const number of kept) await isTold(cast, number, ['held', 'delivered']);
}

/** The program heard of it, from the first state to the last. */
async function isTold({ program }: Cast, invoiceNumber: string, ends: [string, string]): Promise<void> {
  await eventually(() => {
    const states = program.heard(referenceOf(invoiceNumber));
    expect([states[0], states.at(-1)]).toEqual(ends);
  }, patienceMs);
}

const referenceOf = (invoiceNumber: string) => `doc/${invoiceNumber}`;

async function handOver({ api, system }: Cast, invoiceNumber: string) {
  const { supplier, journal, glAccount, vatCode } = system.invoice;
  return api.handOver((await api.companies())[0]!.id, {
    reference: referenceOf(invoiceNumber),
    supplier,
    journal,
    invoiceNumber,
    invoiceDate: '2026-11-20',
    currency: 'EUR',
    lines: [{ glAccount, netAmount: '100.00', vatCode, vatAmount: '21.00' }],
    totals: { net: '100.00', vat: '21.00', gross: '121.00' },
  });
}

async function statesOf({ api }: Cast, invoiceNumbers: readonly string[]): Promise<string[]> {
  const { id } = (await api.companies())[0]!;
  const bookings = await Promise.all(invoiceNumbers.map((number) => api.booking(id, referenceOf(number))));
  return bookings.map(({ state }) => state);
}
