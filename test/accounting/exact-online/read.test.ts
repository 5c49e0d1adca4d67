import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import type { AccountingSession, MasterDataPage } from '../../../accounting/port.ts';
import { masterDataKinds, type MasterDataKind } from '../../../domain/master-data.ts';
import { createMemoryVault } from '../memory-vault.ts';
import { createWorkbench, type Workbench } from './sandbox.ts';

let bench: Workbench;
let session: AccountingSession;
let divisions: number[];
beforeAll(async () => {
  // Sync endpoints have pages of 1,000, plain ones of 60: both kinds come in several pages.
  bench = await createWorkbench({ rows: 1_050, minuteLimit: 5_000 });
  session = bench.system.open(createMemoryVault(await bench.logIn()));
  divisions = await bench.divisions();
  for (const kind of ['vat-code', 'journal', 'payment-condition']) {
    await bench.turn('rows', { division: divisions[0], kind, add: 130 });
  }
});
afterAll(() => bench.close());

const synced: readonly MasterDataKind[] = ['gl-account', 'relation', 'item', 'project'];

async function read(kind: MasterDataKind, checkpoint: string | null, division = divisions[0]) {
  const pages: MasterDataPage[] = [];
  const company = { externalId: String(division) };
  for await (const page of session.read({ company, kind, checkpoint })) pages.push(page);
  return summary(pages, checkpoint);
}

/** Reads as if the process died after every page: one page, then a new run from its checkpoint. */
async function readWithCrashes(kind: MasterDataKind) {
  const pages: MasterDataPage[] = [];
  let checkpoint: string | null = null;
  for (let before = ''; before !== checkpoint;) {
    before = checkpoint ?? '';
    const run = session
      .read({ company: { externalId: String(divisions[0]) }, kind, checkpoint })
      [Symbol.asyncIterator]();
    const { value } = (await run.next()) as { value: MasterDataPage };
    await run.return?.();
    pages.push(value);
    checkpoint = value.checkpoint;
    if (value.rows.length === 0) break;
  }
  return summary(pages, null);
}

function summary(pages: MasterDataPage[], before: string | null) {
  return {
    pages: pages.length,
    rows: pages.flatMap(({ rows }) => rows),
    deleted: pages.flatMap(({ deleted }) => deleted),
    checkpoint: pages.at(-1)?.checkpoint ?? before,
  };
}

describe.each(masterDataKinds)('reading the kind %s', (kind) => {
  test('brings every row once, in several pages', async () => {
    const { rows, pages } = await read(kind, null);
    expect(pages).toBeGreaterThan(1);
    expect(rows.length).toBeGreaterThan(100);
    expect(new Set(rows.map(({ externalId }) => externalId)).size).toBe(rows.length);
  });

  test('brings the same rows when it is resumed after every page', async () => {
    const whole = await read(kind, null);
    const pieces = await readWithCrashes(kind);
    expect(pieces.rows).toEqual(whole.rows);
  });

  test('then brings only what changed, once', async () => {
    const first = await read(kind, null);
    const known = new Map(first.rows.map((row) => [row.externalId, row]));
    const unchanged = await read(kind, first.checkpoint);
    expect(unchanged.rows).toEqual([]);
    await bench.turn('rows', { division: divisions[0], kind, change: 1 });
    const second = await read(kind, unchanged.checkpoint);
    expect(second.rows).toHaveLength(1);
    const [changed] = second.rows;
    const before = known.get(changed!.externalId);
    expect(before).toBeDefined();
    expect([before?.name, before?.details]).not.toEqual([changed?.name, changed?.details]);
    expect((await read(kind, second.checkpoint)).rows).toEqual([]);
  });

  test('tells of a deleted row when the package does, and never guesses one', async () => {
    const before = await read(kind, null);
    await bench.turn('rows', { division: divisions[0], kind, delete: 2 });
    const after = await read(kind, before.checkpoint);
    expect(after.deleted).toHaveLength(synced.includes(kind) ? 2 : 0);
    const known = before.rows.map(({ externalId }) => externalId);
    expect(known).toEqual(expect.arrayContaining(after.deleted));
    expect((await read(kind, after.checkpoint)).deleted).toEqual([]);
  });

  test('says that a right is missing when the list is empty for want of it', async () => {
    const division = divisions[1]!;
    const { checkpoint, rows, pages } = await read(kind, null, division);
    for (const how of ['empty', 'forbidden']) {
      await bench.turn('right', { user: 'CX_Basecone', division, kind, allowed: false, how });
      await expect(read(kind, null, division)).rejects.toMatchObject({ meaning: { about: 'right' } });
      await expect(read(kind, checkpoint, division)).rejects.toMatchObject({ meaning: { about: 'right' } });
    }
    await bench.turn('right', { user: 'CX_Basecone', division, kind, allowed: true });
    // A list that fits on one page comes whole each time.
    expect((await read(kind, checkpoint, division)).rows).toEqual(pages === 1 ? rows : []);
  });
});

describe.each(masterDataKinds)('a copy of the kind %s', (kind) => {
  test('is the same as the original, whatever changes while it is read and however long it is left', async () => {
    const division = divisions[0]!;
    const copy = new Map<string, unknown>();
    const company = { externalId: String(division) };
    const changes = synced.includes(kind) ? { change: 20, add: 2, delete: 2 } : { change: 20, add: 2 };
    let checkpoint: string | null = null;
    // The first run is left in the middle for three hours: too long to go on with a listing by Modified.
    for (const pause of [180, 10, 40, 0, 0]) {
      for await (const page of session.read({ company, kind, checkpoint })) {
        page.rows.forEach((row) => copy.set(row.externalId, row));
        page.deleted.forEach((id) => copy.delete(id));
        checkpoint = page.checkpoint;
        if (pause === 0) continue;
        await bench.turn('rows', { division, kind, ...changes });
        await bench.advance(pause * 60);
        await bench.turn('rows', { division, kind, ...changes });
        if (pause !== 10) break;
      }
    }
    const original = await read(kind, null, division);
    expect(copy).toEqual(new Map(original.rows.map((row) => [row.externalId, row])));
  });
});

describe('reading master data', () => {
  test('tells rows in the words of the office', async () => {
    const account = (await read('gl-account', null, divisions[2])).rows.find(({ code }) => code === '1600');
    expect(account).toMatchObject({
      name: 'Crediteuren',
      active: true,
      details: { type: 'Accounts payable', balanceSide: 'credit', statement: 'balance-sheet', vatCode: null },
    });
    const [relation] = (await read('relation', null, divisions[2])).rows;
    expect(relation?.code).toMatch(/^\d{4}$/);
    const vat = (await read('vat-code', null, divisions[2])).rows.map(({ details }) => details);
    expect(vat).toContainEqual({ percentage: '21', direction: 'both', blocked: false });
    const journals = (await read('journal', null, divisions[2])).rows.map(({ details }) => details);
    expect(journals).toContainEqual({ type: 'purchase', currency: 'EUR', iban: null });
  });

  test('starts over after a gap longer than the log of deletions is kept', async () => {
    const { rows, checkpoint } = await read('project', null, divisions[2]);
    const old = { ...(JSON.parse(checkpoint!) as object), deletedReadAt: '2025-01-01T00:00:00.000Z' };
    expect((await read('project', JSON.stringify(old), divisions[2])).rows).toEqual(rows);
  });

  test('starts over after the company was moved to another database, for all row versions are new then', async () => {
    const { rows, checkpoint } = await read('project', null, divisions[2]);
    const elsewhere = { ...(JSON.parse(checkpoint!) as object), movedAt: 1_600_000_000_000 };
    expect((await read('project', JSON.stringify(elsewhere), divisions[2])).rows).toEqual(rows);
  });

  test('starts over with a checkpoint it does not know', async () => {
    const { rows } = await read('project', null, divisions[2]);
    expect((await read('project', 'from an older version', divisions[2])).rows).toEqual(rows);
  });
});

// Each with kinds of its own: that a row was seen is remembered for a while.
test.each([
  { bare: true, kinds: ['journal', 'relation'] as const },
  { bare: false, kinds: ['vat-code', 'item'] as const },
])('one row shows that a list may be read, in a bare array or not ($bare)', async ({ bare, kinds }) => {
  await bench.turn('top-one', { bare });
  const company = { externalId: String(divisions[0]) };
  const found = await session.rights?.({ company, kinds });
  expect(found?.map(({ answer, evidence }) => [answer, evidence])).toEqual([
    ['yes', 'row'],
    ['yes', 'row'],
  ]);
});
