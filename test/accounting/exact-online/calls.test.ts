import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import type { AccountingSession, GrantVault } from '../../../accounting/port.ts';
import { onSqlite } from '../../database.ts';
import { openStore } from '../../store/store.ts';
import { failureOf } from '../failure-of.ts';
import { createMemoryVault } from '../memory-vault.ts';
import { createWorkbench, type Workbench } from './sandbox.ts';

const minuteLimit = 30;
const minute = 60_000;
const day = 1440 * minute;
const open = onSqlite();
let bench: Workbench;
let vault: GrantVault;
let company: { externalId: string };
beforeAll(async () => {
  bench = await createWorkbench({ minuteLimit });
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.turn('reset', {});
  bench.resetClock();
  // The sandbox counts what earlier tests asked as well; and neither a day nor a minute ends in the middle of a test, whenever it is run.
  const tenNextMorning = endOf(day).getTime() + 600 * minute;
  await bench.advance(Math.ceil((tenNextMorning - bench.now().getTime()) / 1_000));
  vault = createMemoryVault(await bench.logIn());
  company = { externalId: String((await bench.divisions())[0]) };
});

/** As in a process of its own. */
async function session(limits = {}): Promise<AccountingSession> {
  const { callBudget: budget } = await openStore(open, { now: bench.now });
  return bench.another({ budget, limits }).open(vault);
}

async function readJournals(reader: AccountingSession, externalId = company.externalId): Promise<number> {
  let rows = 0;
  for await (const page of reader.read({ company: { externalId }, kind: 'journal', checkpoint: null }))
    rows += page.rows.length;
  return rows;
}

/** Reads until a failure, which it gives. */
async function exhaust(reader: AccountingSession) {
  return failureOf(
    (async () => {
      for (let reads = 0; reads < 500; reads++) await readJournals(reader);
    })(),
  );
}

const requests = async (path: string) => (await bench.requests()).filter((line) => line.includes(path));
const endOf = (window: number) => new Date((Math.floor(bench.now().getTime() / window) + 1) * window);

describe('the calls that Exact Online allows', () => {
  test('are learnt from its headers and kept to by two processes, so that it never has to refuse one', async () => {
    const [one, other] = [await session({ perMinute: 1_000 }), await session({ perMinute: 1_000 })];
    const before = (await requests('/Journals')).length;
    await Promise.all([readJournals(one), readJournals(other)]);
    const until = endOf(minute);

    const failures = [await exhaust(one), await exhaust(other)];

    expect(failures).toEqual(
      [1, 2].map(() => ({ about: 'delay', reason: 'rate-limit', until, within: 'company' })),
    );
    expect((await requests('/Journals')).length - before).toBe(minuteLimit);
    await bench.advance(60);
    expect(await readJournals(other)).toBeGreaterThan(0);
  });

  test('may be used up by somebody else: after one refusal nothing is asked until they are back', async () => {
    const reader = await session();
    await bench.turn('rate-limit', { on: true, window: 'day' });
    const before = (await requests('/Journals')).length;
    const until = endOf(day);

    expect(await failureOf(readJournals(reader))).toMatchObject({ until });
    expect(await failureOf(readJournals(await session()))).toMatchObject({ about: 'delay', until });
    expect((await requests('/Journals')).length).toBe(before + 1);
  });

  test('say in the message what is used up, and where', async () => {
    const reader = await session({ perMinute: 1 });
    await bench.turn('outage', { on: true });
    await failureOf(readJournals(reader));
    await expect(readJournals(reader)).rejects.toThrow(
      `financial/Journals of division ${company.externalId}: not asked, the calls of this minute are used up`,
    );
  });
});

describe('refusals', () => {
  test('are stopped before Exact Online blocks the app, for this company and endpoint only', async () => {
    const right = { user: 'CX_Basecone', division: Number(company.externalId), kind: 'journal' };
    await bench.turn('right', { ...right, allowed: false, how: 'forbidden' });
    const before = (await requests('/Journals')).length;
    const readers = [await session(), await session()];
    for (let attempt = 0; attempt < 8; attempt++) {
      if (attempt === 4) await bench.advance(1200);
      expect(await failureOf(readJournals(readers[attempt % 2]!))).toMatchObject({ about: 'right' });
    }

    const failure = await failureOf(readJournals(await session()));

    expect(failure).toMatchObject({ about: 'delay', reason: 'rate-limit', within: 'endpoint' });
    expect((await requests('/Journals')).length).toBe(before + 8);
    const [, other] = await bench.divisions();
    expect(await readJournals(readers[0]!, String(other))).toBeGreaterThan(0);
    await bench.turn('right', { ...right, allowed: true });
    // The first four are an hour old by then.
    await bench.advance(2500);
    expect(await readJournals(readers[0]!)).toBeGreaterThan(0);
  });
});

describe('token calls', () => {
  test('are no more than allowed in a day; then the wait is until the next one', async () => {
    const reader = await session({ tokenCallsPerDay: 2 });
    for (let renewal = 0; renewal < 2; renewal++) {
      await bench.advance(600);
      await reader.whoAmI();
    }
    await bench.advance(600);
    const before = await requests('POST /api/oauth2/token');

    expect(await failureOf(reader.whoAmI())).toEqual({
      about: 'delay',
      reason: 'rate-limit',
      until: endOf(day),
    });
    expect(await requests('POST /api/oauth2/token')).toEqual(before);
    await bench.advance(86_400);
    expect((await reader.whoAmI()).userName).toBe('CX_Basecone');
  });
});
