import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import type { AccountingSession } from '../../../accounting/port.ts';
import { createMemoryVault } from '../memory-vault.ts';
import { createWorkbench, type Workbench } from './sandbox.ts';

let bench: Workbench;
let session: AccountingSession;
beforeAll(async () => {
  // More than a page of 60.
  bench = await createWorkbench({ companies: 70, rows: 1 });
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.turn('reset', {});
  session = bench.system.open(createMemoryVault(await bench.logIn('P.Peeters')));
});

async function statuses(): Promise<Record<string, string>> {
  return Object.fromEntries(
    (await session.companies()).map(({ externalId, status }) => [externalId, status]),
  );
}

describe('the companies of an Exact Online licence', () => {
  test('are all listed, also those the login does not reach', async () => {
    const divisions = await bench.divisions();
    const companies = await session.companies();
    expect(companies.map(({ externalId }) => externalId).sort()).toEqual(divisions.map(String).sort());
    const unreached = companies
      .filter(({ status }) => status === 'no-access')
      .map(({ externalId }) => externalId);
    expect(unreached.sort()).toEqual(divisions.slice(-3).map(String).sort());
  });

  test('go by their division, and are called by the number and the name people gave them', async () => {
    const [division] = await bench.divisions();
    await bench.turn('company', { division, code: '007', name: 'Bakkerij Nieuw' });
    const companies = await session.companies();
    expect(companies.find(({ externalId }) => externalId === String(division))).toEqual({
      externalId: String(division),
      code: '007',
      name: 'Bakkerij Nieuw',
      status: 'reachable',
    });
  });

  test('can be archived, blocked, taken away and gone', async () => {
    const [archived, blocked, taken, gone] = await bench.divisions();
    await bench.turn('company', { division: archived, archived: true });
    await bench.turn('company', { division: blocked, blocked: true });
    await bench.turn('remove-company', { user: 'P.Peeters', division: taken });
    await bench.turn('company', { division: gone, deleted: true });
    const found = await statuses();
    expect(found).toMatchObject({ [archived!]: 'archived', [blocked!]: 'blocked', [taken!]: 'no-access' });
    expect(found).not.toHaveProperty(String(gone));
  });

  test('offer the ten kinds of master data', async () => {
    expect(await session.kinds()).toHaveLength(10);
  });
});
