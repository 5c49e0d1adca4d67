import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import type { AccountingSession } from '../../../accounting/port.ts';
import { masterDataKinds, type MasterDataKind } from '../../../domain/master-data.ts';
import { createMemoryVault } from '../memory-vault.ts';
import { createFront } from '../front.ts';
import { createWorkbench, type Workbench } from './sandbox.ts';

let bench: Workbench;
let divisions: number[];
let open: () => AccountingSession;
beforeAll(async () => {
  bench = await createWorkbench({ rows: 30, minuteLimit: 100_000 });
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.turn('reset', {});
  bench.resetClock();
  divisions = await bench.divisions();
  const vault = createMemoryVault(await bench.logIn());
  open = () => bench.system.open(vault);
});

const known = new Map<string, string>();
type OfKinds = Partial<Record<MasterDataKind, string[]>>;
/** The ids of the rows that came, by kind. */
const came = new Map<MasterDataKind, Set<string>>();
/** Reads some kinds of a company with one session, as a round does, each from where it was. */
async function round(
  division: number,
  kinds: readonly MasterDataKind[] = masterDataKinds,
  session: AccountingSession = open(),
) {
  const read = { rows: 0, deleted: [] as string[], of: {} as OfKinds, whole: [] as MasterDataKind[] };
  for (const kind of kinds) {
    const key = `${division}/${kind}`;
    const company = { externalId: String(division) };
    for await (const page of session.read({ company, kind, checkpoint: known.get(key) ?? null })) {
      known.set(key, page.checkpoint);
      read.rows += page.rows.length;
      read.deleted.push(...page.deleted);
      if (page.deleted.length > 0) read.of[kind] = [...(read.of[kind] ?? []), ...page.deleted];
      const ids = came.get(kind) ?? new Set();
      came.set(kind, ids);
      for (const { externalId } of page.rows) ids.add(externalId);
      if (page.whole?.ends) read.whole.push(kind);
    }
  }
  return read;
}
beforeEach(() => {
  known.clear();
  came.clear();
});
/** What was asked meanwhile, by the end of its path. */
async function asked(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = (await bench.requests()).length;
  await work();
  const all = await bench.requests();
  const count: Record<string, number> = {};
  for (const line of all.slice(0, all.length - before)) {
    const resource = line.split('?')[0]!.replace(/^.*\/api\/v1\/\d+\//, '');
    count[resource] = (count[resource] ?? 0) + 1;
  }
  return count;
}

describe('A round in which nothing changed', () => {
  test('asks once for every kind and once for what was deleted, when the companies were listed', async () => {
    await round(divisions[0]!);
    await open().companies();
    const calls = await asked(() => round(divisions[0]!));
    expect(calls['sync/Deleted']).toBe(1);
    expect(Object.values(calls).reduce((sum, count) => sum + count)).toBe(masterDataKinds.length + 1);
  });

  test('asks for the move of a company that nobody listed lately, once', async () => {
    await round(divisions[1]!);
    await bench.advance(2 * 60 * 60);
    expect(await asked(() => round(divisions[1]!))).toMatchObject({ 'system/Divisions': 1 });
  });

  test('asks for the right where the last row it knows is gone', async () => {
    const division = divisions[2]!;
    await bench.turn('rows', { division, kind: 'project', delete: 1_000 });
    await round(division, ['project']);
    await bench.turn('rows', { division, kind: 'project', add: 1 });
    await round(division, ['project']);
    await bench.turn('rows', { division, kind: 'project', delete: 1 });
    expect(await asked(() => round(division, ['project']))).toMatchObject({ 'users/UserHasRights': 1 });
  });
});

describe('What was deleted', () => {
  const kinds = ['gl-account', 'item'] as const;

  test('of several kinds comes from one reading of the log, to each what is its own', async () => {
    const division = divisions[0]!;
    await round(division);
    for (const kind of kinds) await bench.turn('rows', { division, kind, delete: 2 });
    const calls = await asked(async () => {
      const { of } = await round(division);
      expect(Object.keys(of).toSorted()).toEqual(kinds);
      for (const kind of kinds) {
        expect(new Set(of[kind]).size).toBe(2);
        expect(of[kind]!.every((id) => came.get(kind)!.has(id))).toBe(true);
      }
    });
    expect(calls['sync/Deleted']).toBe(1);
    expect((await round(division)).deleted).toEqual([]);
  });

  test('comes to a kind that was read last before the log that is remembered begins', async () => {
    const division = divisions[0]!;
    await round(division, kinds);
    await bench.turn('rows', { division, kind: 'item', delete: 2 });
    await round(division, ['gl-account']);
    expect((await round(division, kinds)).of).toEqual({ item: [expect.any(String), expect.any(String)] });
  });

  test('comes to a kind that the same session reads again', async () => {
    const division = divisions[0]!;
    const session = open();
    await round(division, kinds, session);
    await bench.turn('rows', { division, kind: 'item', delete: 2 });
    expect((await round(division, ['item'], session)).of.item).toHaveLength(2);
  });

  test('since a log was read that is remembered comes ten minutes later, or with the next session', async () => {
    const division = divisions[0]!;
    await round(division);
    const session = open();
    await round(division, ['gl-account'], session);
    await bench.turn('rows', { division, kind: 'item', delete: 2 });
    await bench.turn('rows', { division, kind: 'project', delete: 3 });
    expect((await round(division, ['item'], session)).deleted).toEqual([]);
    expect((await round(division, ['item'])).deleted).toHaveLength(2);
    await bench.advance(11 * 60);
    expect((await round(division, ['project'], session)).deleted).toHaveLength(3);
  });

  test('is asked for kind by kind when it is more than a page, and not again for that', async () => {
    const division = divisions[0]!;
    await bench.turn('rows', { division, kind: 'item', add: 1_100 });
    await round(division);
    await bench.turn('rows', { division, kind: 'item', delete: 1_050 });
    await bench.turn('rows', { division, kind: 'gl-account', delete: 2 });
    let deleted: string[] = [];
    const asksOfRound = async () => {
      const calls = await asked(async () => ({ deleted } = await round(division)));
      return calls['sync/Deleted']!;
    };
    const asks = [await asksOfRound()];
    expect(new Set(deleted).size).toBe(1_052);
    while (asks.length < 3) {
      asks.push(await asksOfRound());
      expect(deleted).toEqual([]);
    }
    expect(asks[1]).toBeLessThan(asks[0]!);
    expect(asks[2]).toBe(1);
  });

  test('also comes where only one kind may stand in a filter', async () => {
    const division = divisions[0]!;
    await round(division);
    for (const kind of kinds) await bench.turn('rows', { division, kind, delete: 2 });
    const front = await createFront(bench.url);
    let refused = 0;
    front.answerWith(({ url }) => {
      if (!url?.includes(encodeURIComponent(' or '))) return null;
      refused += 1;
      return { status: 400, body: JSON.stringify({ error: { message: { value: 'Invalid filter' } } }) };
    });
    const vault = createMemoryVault(await bench.logIn());
    const strict = bench.another({ baseUrl: front.url });
    expect((await round(division, masterDataKinds, strict.open(vault))).deleted).toHaveLength(4);
    await round(division, masterDataKinds, strict.open(vault));
    expect(refused).toBe(1);
    // Whoever refused it may take it by tomorrow.
    await bench.advance(25 * 60 * 60);
    await round(division, masterDataKinds, strict.open(vault));
    expect(refused).toBe(2);
    await front.close();
  });
});

test('a company that moved while its last move was remembered is read again from the beginning, and loses nothing', async () => {
  const division = divisions[0]!;
  await round(division);
  await open().companies();
  await bench.turn('move-company', { division });
  await bench.turn('rows', { division, kind: 'gl-account', change: 3 });
  const first = await round(division, ['gl-account']);
  expect(first).toMatchObject({ deleted: [], whole: [] });
  await open().companies();
  const second = await round(division, ['gl-account']);
  expect(second.whole).toEqual(['gl-account']);
  expect(second.rows).toBeGreaterThan(20);
});
