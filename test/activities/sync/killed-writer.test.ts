import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AccountingSession } from '../../../accounting/port.ts';
import { masterDataKinds, type MasterDataKind, type MasterDataRow } from '../../../domain/master-data.ts';
import { createStore, type Store } from '../../../store/index.ts';
import { createSealer } from '../../../store/logins/sealer.ts';
import { createWorkbench, type Workbench } from '../../accounting/exact-online/sandbox.ts';
import { createMemoryVault } from '../../accounting/memory-vault.ts';
import { onSqlite } from '../../database.ts';
import type { WriterOrder } from '../../fixtures/mortal-writer.ts';
import { connectionState } from '../../store/store.ts';

/** A hundred passes take a quarter of an hour: `KILL_PASSES=100 npm test -- test/activities/killed-writer`. */
const passes = Number(process.env['KILL_PASSES'] ?? 2);
const killsPerPass = 1;
/** Only of these the package reports what was deleted. */
const kindsWithDeletions: MasterDataKind[] = ['gl-account', 'relation', 'item', 'project'];

const writer = fileURLToPath(new URL('../../fixtures/mortal-writer.ts', import.meta.url));
const key = randomBytes(32).toString('base64');
const connectionId = 'c1';
const grantId = 'c1/cx';
const open = onSqlite();
let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench({ companies: 2, rows: 1_500, minuteLimit: 1e6, dayLimit: 1e6 });
});
afterAll(() => bench.close());

test(
  `kill -9 of the process that writes, at random points of ${passes} passes: afterwards every row is as in the package`,
  async () => {
    const database = await open();
    const store = createStore(database, { sealer: createSealer({ current: 'k', keys: { k: key } }) });
    const companies = (await bench.divisions()).map(String);
    await store.connections.save(connectionState({ id: connectionId }));
    await store.companies.recordListing(
      connectionId,
      companies.map((externalId) => ({
        externalId,
        code: externalId,
        name: externalId,
        status: 'reachable',
      })),
      { complete: true },
    );
    const address = open.address();
    if (!('file' in address)) throw new Error('a file is what is locked here');
    const order = { file: address.file, key, baseUrl: bench.url, connectionId, grantId, companies };
    let killed = 0;
    for (let round = 1; round <= passes; round += 1) {
      if (round > 1) await changeBooks(companies);
      await store.grants.put(grantId, await bench.logIn());
      for (let kill = 0; kill < killsPerPass; kill += 1)
        if (await writeAndKill({ ...order, round }, Math.random() * 1_500)) killed += 1;
      await write({ ...order, round });
      await expectSameBooks(store, companies);
    }
    expect(killed).toBeGreaterThan(0);
  },
  120_000 * passes,
);

async function changeBooks(companies: string[]): Promise<void> {
  for (const division of companies.map(Number))
    for (const kind of masterDataKinds) {
      const deleted = kindsWithDeletions.includes(kind) ? 7 : 0;
      await bench.turn('rows', { division, kind, add: 11, change: 13, delete: deleted });
    }
}

/** Starts a writer and kills it so long after it began. False when it was done before. */
async function writeAndKill(order: WriterOrder, afterMs: number): Promise<boolean> {
  const child = start(order);
  await once(child.stdout, 'data');
  await sleep(afterMs);
  if (child.exitCode !== null) return false;
  child.kill('SIGKILL');
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return signal === 'SIGKILL';
}

async function write(order: WriterOrder): Promise<void> {
  const child = start(order);
  let said = '';
  for (const output of [child.stdout, child.stderr]) output.on('data', (text) => (said += String(text)));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the writer ended with ${code}:\n${said}`);
}

function start(order: WriterOrder) {
  return spawn(process.execPath, ['--import', 'tsx', writer, JSON.stringify(order)]);
}

/** Every row of every kind and company, against a reading of the package from the beginning; and the feed has no gap. */
async function expectSameBooks({ masterData, syncPositions }: Store, companies: string[]): Promise<void> {
  const session = bench.system.open(createMemoryVault(await bench.logIn('S.Jansen')));
  for (const companyId of companies)
    for (const kind of masterDataKinds) {
      const there = await original(session, companyId, kind);
      const { rows } = await masterData.rows({ connectionId, companyId, kind, limit: 100_000 });
      const here = new Map(rows.map((row) => [row.externalId, comparable(row)]));
      expect({ companyId, kind, rows: here.size }).toEqual({ companyId, kind, rows: there.size });
      for (const [id, row] of there) expect(here.get(id)).toEqual(row);
      const position = await syncPositions.get({ connectionId, companyId, kind });
      expect(position).toMatchObject({ rows: there.size, lastError: null });
    }
  const { rows } = await masterData.rows({ connectionId, limit: 1_000_000, withDeleted: true });
  expect(new Set(rows.map(({ seq }) => seq)).size).toBe(rows.length);
}

async function original(session: AccountingSession, externalId: string, kind: MasterDataKind) {
  const rows = new Map<string, unknown>();
  for await (const page of session.read({ company: { externalId }, kind, checkpoint: null })) {
    for (const row of page.rows) rows.set(row.externalId, comparable(row));
    for (const id of page.deleted) rows.delete(id);
  }
  return rows;
}

/** What is compared of a row: null and absent details mean the same. */
function comparable({ externalId, code, name, active, details, modifiedAt }: MasterDataRow): unknown {
  const told = Object.entries(details).filter(([, value]) => value !== null && value !== undefined);
  return { externalId, code, name, active, details: Object.fromEntries(told), modifiedAt };
}
