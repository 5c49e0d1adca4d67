import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { MasterDataKind } from '../../../domain/master-data.ts';
import { createWorkbench, type Workbench } from '../../accounting/exact-online/sandbox.ts';
import { onSqlite } from '../../database.ts';
import { inTemporal, openOffice, type OfficeWithBooks } from '../office-with-books.ts';

/** One of each feed; several pages of each. */
const kinds: MasterDataKind[] = ['gl-account', 'cost-centre'];

const open = onSqlite();
const { fetch } = globalThis;
let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench({ companies: 1, rows: 1_100, minuteLimit: 1e6, dayLimit: 1e6 });
});
afterEach(() => void (globalThis.fetch = fetch));
afterAll(() => bench.close());

/** Answers the n-th call of the API with 429; counts all of them. */
function limitedAt(position: number): () => number {
  let calls = 0;
  globalThis.fetch = async (input, init) => {
    calls += 1;
    return calls === position ? new Response('', { status: 429 }) : fetch(input, init);
  };
  return () => calls;
}

test('A limit at whichever call is told as a delay, and the next round brings in just what is missing', async () => {
  const office = await openOffice(bench, open);
  const { grantId } = await office.connected();
  const companies = (await bench.divisions()).map(String);
  const round = async (connectionId: string, number: number) =>
    inTemporal(() =>
      office.activities.syncCompanies({ connectionId, round: number, grantId, companies, kinds }),
    );
  await another(office, 'undisturbed');
  const calls = limitedAt(0);
  await round('undisturbed', 1);
  const positions = calls();
  expect(positions).toBeGreaterThan(5);

  for (let position = 1; position <= positions; position += 1) {
    const id = `limited at ${position}`;
    await another(office, id);
    limitedAt(position);
    const limited = await round(id, 1);
    expect({ id, ...limited }).toMatchObject(
      limited.stop
        ? { stop: { kind: 'delayed', reason: 'rate-limit' } }
        : { failures: 1, postponed: expect.any(String) },
    );
    limitedAt(0);
    expect(await round(id, 2)).toMatchObject({ failures: 0, stop: null, postponed: null });
    expect(await rowsOf(office, id)).toEqual(await rowsOf(office, 'undisturbed'));
    const { rows: stored } = await office.store.masterData.rows({ connectionId: id, limit: 100_000 });
    // Each row was new once: what had come in before the limit was not written again.
    expect(stored.every(({ firstSeenAt, changedAt }) => firstSeenAt === changedAt)).toBe(true);
  }
});

/** A connection of its own with the same login and the same companies. */
async function another(office: OfficeWithBooks, id: string): Promise<void> {
  const { store } = office;
  const { login, companies } = (await store.connections.get('c1'))!;
  await office.save({ id, login, companies });
  await store.companies.recordListing(id, await store.companies.all('c1'), { complete: true });
}

async function rowsOf({ store }: OfficeWithBooks, connectionId: string): Promise<string[]> {
  const { rows } = await store.masterData.rows({ connectionId, limit: 100_000 });
  return rows.map(({ kind, externalId, name }) => `${kind} ${externalId} ${name}`).toSorted();
}
