import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import type { AccountingSession } from '../../../accounting/port.ts';
import { masterDataKinds, type MasterDataKind } from '../../../domain/master-data.ts';
import { createMemoryVault } from '../memory-vault.ts';
import { createWorkbench, type Workbench } from './sandbox.ts';

const hour = 60 * 60_000;
let bench: Workbench;
let division: number;
beforeAll(async () => {
  bench = await createWorkbench({ rows: 30, minuteLimit: 100_000 });
  [division] = (await bench.divisions()) as [number];
  // A list that fits on a page of 60 comes whole each time, whatever the clock says.
  for (const kind of masterDataKinds) await bench.turn('rows', { division, kind, add: 61 });
});
afterAll(() => bench.close());

/** A session of a machine whose clock differs from that of the package by so much. */
async function sessionAt(skewMs: number): Promise<AccountingSession> {
  const system = bench.another({ now: () => new Date(Date.now() + skewMs) });
  return system.open(createMemoryVault(await bench.logIn('CX_Basecone', system)));
}

const checkpoints = new Map<MasterDataKind, string>();
beforeEach(() => checkpoints.clear());
async function news(session: AccountingSession, kind: MasterDataKind): Promise<string[]> {
  const company = { externalId: String(division) };
  const ids: string[] = [];
  for await (const page of session.read({ company, kind, checkpoint: checkpoints.get(kind) ?? null })) {
    checkpoints.set(kind, page.checkpoint);
    ids.push(...page.rows.map(({ externalId }) => externalId));
  }
  return ids;
}
/** Since when the package was last asked for what was modified. */
async function askedSince(): Promise<string | undefined> {
  const line = (await bench.requests()).map(decodeURIComponent).find((one) => one.includes('Modified gt'));
  return /Modified gt datetime'([^']+)'/.exec(line ?? '')?.[1];
}

describe.each([
  ['hours behind that of the package', -7 * hour],
  ['hours ahead of it', 9 * hour],
])('With a clock %s', (_name, skew) => {
  test('every change comes, once, for the package is asked by its own clock', async () => {
    const session = await sessionAt(skew);
    for (const kind of masterDataKinds) {
      expect((await news(session, kind)).length).toBeGreaterThan(0);
      expect(await news(session, kind)).toEqual([]);
      for (let turn = 0; turn < 2; turn += 1) {
        await bench.turn('rows', { division, kind, change: 3 });
        expect(await news(session, kind)).toHaveLength(3);
        expect(await news(session, kind)).toEqual([]);
      }
    }
  });

  test('what was modified is asked for since the latest moment the package named', async () => {
    const session = await sessionAt(skew);
    await bench.turn('rows', { division, kind: 'journal', change: 1 });
    await news(session, 'journal');
    const { latest } = JSON.parse(checkpoints.get('journal')!) as { latest: number };
    expect(Math.abs(latest - Date.now())).toBeLessThan(hour);
    await news(session, 'journal');
    expect(await askedSince()).toBe(new Date(latest - 2 * hour).toISOString().slice(0, 19));
  });
});

describe('What the package stamps by a clock that is ahead', () => {
  const kind = 'journal';
  const month = 30 * 24 * hour;

  test('comes once, and hides no change that is made before that moment', async () => {
    const session = await sessionAt(0);
    await news(session, kind);
    await bench.turn('rows', { division, kind, change: 1, aheadSeconds: month / 1000 });
    expect(await news(session, kind)).toHaveLength(1);
    expect(await news(session, kind)).toEqual([]);
    await bench.turn('rows', { division, kind, change: 3 });
    expect(await news(session, kind)).toHaveLength(3);
    expect(await news(session, kind)).toEqual([]);
  });

  test('is listed anew once that clock is right again, for nobody knows what was changed since', async () => {
    const session = await sessionAt(0);
    const all = await news(session, kind);
    const known = JSON.parse(checkpoints.get(kind)!) as { latest: number };
    checkpoints.set(kind, JSON.stringify({ ...known, latest: known.latest + month }));
    expect(await news(session, kind)).toEqual(all);
    await bench.turn('rows', { division, kind, change: 3 });
    expect(await news(session, kind)).toHaveLength(3);
  });
});
