import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { MasterDataPage } from '../../../accounting/port.ts';
import { createWorkbench, type Workbench } from '../../accounting/exact-online/sandbox.ts';
import { onSqlite } from '../../database.ts';
import { connectionId, inTemporal, openOffice, type OfficeWithBooks } from '../office-with-books.ts';
import { withSession } from '../with-session.ts';

let bench: Workbench;
let office: OfficeWithBooks;
let grantId: string;
let companies: string[];
const open = onSqlite();
beforeAll(async () => {
  bench = await createWorkbench({ companies: 3, rows: 10, minuteLimit: 5_000 });
  companies = (await bench.divisions()).map(String);
});
afterAll(() => bench.close());
beforeEach(async () => {
  office = await openOffice(bench, open);
  ({ grantId } = await office.connected());
});

const page = (number: number): MasterDataPage => ({
  rows: [{ externalId: `${number}`, code: null, name: 'x', active: true, details: {}, modifiedAt: null }],
  deleted: [],
  checkpoint: `${number}`,
});

test('a company with very many pages lets the small ones go first, and is brought in whole all the same', async () => {
  const [big] = companies;
  const finished: string[] = [];
  const activities = office.process({
    system: withSession(bench.system, () => ({
      read: async function* ({ company, checkpoint }) {
        const pages = company.externalId === big ? 60 : 2;
        for (let number = Number(checkpoint ?? 0) + 1; number <= pages; number += 1) yield page(number);
        finished.push(company.externalId);
      },
    })),
  });
  const kinds = ['item' as const];
  await inTemporal(() => activities.syncCompanies({ connectionId, round: 1, grantId, companies, kinds }));
  expect(finished).toEqual([companies[1], companies[2], big]);
  const { rows } = await office.store.masterData.rows({ connectionId, companyId: big });
  expect(rows).toHaveLength(60);
});

test('a round begins with the company that waits longest', async () => {
  const [one, two, three] = companies as [string, string, string];
  for (const companyId of [two, one]) {
    await office.store.syncPositions.recordSuccess({ connectionId, companyId, kind: 'item' }, 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const plan = await inTemporal(() => office.activities.planRound({ connectionId, round: 2 }));
  expect(plan.companies).toEqual([three, two, one]);
});
