import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { VerificationOrder } from '../../activities/verification.ts';
import { masterDataKinds } from '../../domain/master-data.ts';
import { createWorkbench, type Workbench } from '../accounting/exact-online/sandbox.ts';
import { onSqlite } from '../database.ts';
import { connectionId, inTemporal, openOffice, type OfficeWithBooks } from './office-with-books.ts';

let bench: Workbench;
let office: OfficeWithBooks;
let divisions: number[];
let grantId: string;
const open = onSqlite();
const user = 'CX_Basecone';
const hour = 60 * 60_000;
beforeAll(async () => {
  bench = await createWorkbench({ companies: 4, minuteLimit: 5_000 });
  divisions = await bench.divisions();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.turn('reset', {});
  bench.resetClock();
  office = await openOffice(bench, open);
  ({ grantId } = await office.connected(user));
});

const idOf = (index: number) => String(divisions[index]);

let count = 0;
const orderOf = (more: Partial<VerificationOrder> = {}): VerificationOrder => ({
  connectionId,
  verification: String(++count),
  grantId,
  reason: 'asked',
  believedMs: hour,
  ...more,
});

/** What the workflow does, without its waits. */
async function verify(order = orderOf(), activities = office.activities) {
  const { companies, kinds, stop } = await inTemporal(() => activities.planVerification(order));
  const chunk = await inTemporal(() => activities.verifyCompanies({ ...order, companies, kinds }));
  const counts = await activities.concludeVerification({ ...order, finished: true });
  return { companies, kinds, stop: stop ?? chunk.stop, waiting: chunk.waiting, counts };
}

const matrix = () => office.store.rights.matrix({ connectionId, grantId });
const cell = async (company: number, kind: string) =>
  (await matrix()).find((right) => right.companyId === idOf(company) && right.kind === kind);
const changes = async () =>
  (await office.store.rights.changes(connectionId)).map(({ companyId, kind, what, barrier }) => ({
    companyId,
    kind,
    what,
    barrier,
  }));
/** How often the package was asked since. */
async function askedBy(work: () => Promise<unknown>): Promise<string[]> {
  const before = (await bench.requests()).length;
  await work();
  const all = await bench.requests();
  return all.slice(0, all.length - before);
}

describe('A verification', () => {
  test('knows of every company and kind whether it can be read, and why', async () => {
    const { counts } = await verify();
    expect(counts).toMatchObject({ companies: 4, fine: 4, partly: 0, unreachable: 0, unknown: 0 });
    const found = await matrix();
    expect(found).toHaveLength(4 * masterDataKinds.length);
    for (const { evidence } of found) expect(['right-check', 'row']).toContain(evidence);
  });

  test('asks the right check of the package once per company and kind, and for a row once per kind', async () => {
    const asked = await askedBy(() => verify());
    const checks = asked.filter((request) => request.includes('UserHasRights'));
    expect(checks).toHaveLength(4 * masterDataKinds.length);
    const lists = asked.filter((request) => /Me$|Divisions$/.test(request));
    expect(asked.length - checks.length - lists.length).toBeLessThanOrEqual(masterDataKinds.length);
  });

  test('finds a company that lost one right only, and finds it mended', async () => {
    await verify();
    await bench.turn('right', { user, division: divisions[1], kind: 'journal', allowed: false });
    bench.now();
    await bench.advance(2 * 3600);
    expect((await verify()).counts).toMatchObject({ fine: 3, partly: 1, lost: 1, gained: 0 });
    const lost = { companyId: idOf(1), kind: 'journal', barrier: 'user-right' };
    expect(await cell(1, 'journal')).toMatchObject({ answer: 'no', evidence: 'right-check', ...lost });
    expect(await changes()).toEqual([{ ...lost, what: 'lost' }]);

    await bench.turn('right', { user, division: divisions[1], kind: 'journal', allowed: true });
    expect((await verify()).counts).toMatchObject({ fine: 4, lost: 0, gained: 1 });
  });

  test('that is repeated asks only for what may have changed', async () => {
    await bench.turn('right', { user, division: divisions[1], kind: 'journal', allowed: false });
    await verify();
    const asked = await askedBy(() => verify());
    expect(asked.filter((request) => request.includes('UserHasRights'))).toHaveLength(1);
    await bench.advance(2 * 3600);
    const later = await askedBy(() => verify());
    expect(later.filter((request) => request.includes('UserHasRights'))).toHaveLength(
      4 * masterDataKinds.length,
    );
  });
});
