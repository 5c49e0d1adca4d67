import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { kinds } from '../books/kinds.ts';
import { edmTypes, isWritten } from './edm-types.ts';
import { createVisitor, type Row, type Tokens, type Visitor } from './visitor.ts';

describe('A field of the Exact Online sandbox', () => {
  let visitor: Visitor;
  let tokens: Tokens;
  let division: number;
  beforeAll(async () => {
    visitor = await createVisitor({ companies: 2, rows: 40, mandatoryFilter: false, minuteLimit: 1000 });
    tokens = await visitor.connect('CX_Basecone');
    division = await visitor.division('101');
    // So that every list has rows.
    await visitor.turn('rows', { division, kind: 'relation', delete: 1 });
    await visitor.turn('move-company', { division: await visitor.division('102') });
    await post('webhooks/WebhookSubscriptions', { CallbackURL: 'http://localhost:9/', Topic: 'Items' });
    await post('purchaseentry/PurchaseEntries', await anEntry());
  });
  afterAll(() => visitor.sandbox.close());

  const rowsOf = async (resource: string, query: string) => {
    const path = resource === 'current/Me' ? resource : `${division}/${resource}`;
    return (await visitor.get(tokens.access_token, `${path}?${query}`)).json.d.results;
  };
  const post = (resource: string, body: object) =>
    fetch(`${visitor.sandbox.url}/api/v1/${division}/${resource}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const anEntry = async () => {
    const one = async (resource: string, filter: string) => {
      const [row] = await rowsOf(resource, `$select=ID,Code&$filter=${filter}`);
      return row!;
    };
    const { ID: Supplier } = await one('crm/Accounts', 'IsSupplier eq true and Blocked eq false');
    const { Code: Journal } = await one('financial/Journals', 'Type eq 22');
    const { ID: GLAccount } = await one('financial/GLAccounts', 'Type eq 120 and IsBlocked eq false');
    const dates = { EntryDate: '2026-03-01', DueDate: '2026-04-01' };
    const texts = { YourRef: 'F-1', Description: 'Papier' };
    const PurchaseEntryLines = [{ GLAccount, AmountFC: 12.34, VATAmountFC: 2.59 }];
    return { Supplier, Journal, ...dates, ...texts, PurchaseEntryLines };
  };

  const asked: Record<string, string> = {
    'read/sync/Sync/SyncTimestamp': "modified=datetime'2022-01-01T00:00:00'&endPoint='GLAccounts'",
  };

  test('is in the table of types, and so is every resource', () => {
    const served = kinds.flatMap(({ plain, sync, bulk }) => [plain, sync, bulk?.resource]);
    expect(Object.keys(edmTypes)).toEqual(
      expect.arrayContaining(served.filter((name) => typeof name === 'string')),
    );
  });

  test.each(Object.entries(edmTypes))('of %s is written as its type is', async (resource, types) => {
    const rows = await rowsOf(resource, asked[resource] ?? '$select=*');
    expect(rows.length).toBeGreaterThan(0);
    const names = new Set(rows.flatMap((row) => Object.keys(row).filter((name) => name !== '__metadata')));
    expect([...names].sort()).toEqual(Object.keys(types).sort());
    const wrong = rows.flatMap((row: Row) =>
      Object.entries(types)
        .filter(([name, type]) => !isWritten(type, row[name]))
        .map(([name, type]) => `${name}: ${JSON.stringify(row[name])} is no ${type}`),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });
});
