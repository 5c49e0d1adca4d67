import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createWorkbench, type Workbench } from '../../accounting/exact-online/sandbox.ts';
import { onSqlite } from '../../database.ts';
import { connectionId, inTemporal, openOffice } from '../office-with-books.ts';

let bench: Workbench;
const open = onSqlite();
beforeAll(async () => {
  bench = await createWorkbench({ companies: 3 });
});
afterAll(() => bench.close());

test('every linked company is subscribed to once; one that refuses keeps none of the others back', async () => {
  const office = await openOffice(bench, open);
  await office.connected();
  const webhooks = { secret: 'any', callbackUrl: 'http://127.0.0.1:1/webhooks/exact-online' };
  const activities = office.process({ system: bench.another({ webhooks }) });
  const subscribe = () => inTemporal(() => activities.subscribeToChanges({ connectionId }));
  const [first] = await bench.divisions();
  await bench.turn('company', { division: first, blocked: true });
  expect(await subscribe()).toEqual({ companies: 2, refused: 1 });
  await bench.turn('company', { division: first, blocked: false });
  expect(await subscribe()).toEqual({ companies: 3, refused: 0 });
  const posts = (await bench.requests()).filter(
    (line) => line.startsWith('POST') && line.includes('webhooks'),
  );
  expect(posts.filter((line) => !line.includes(`/${first}/`))).toHaveLength(8);

  await bench.turn('withdraw-consent', { user: 'CX_Basecone' });
  expect(await subscribe()).toEqual({ companies: 0, refused: 1 });
});

test('a package that cannot call us is asked nothing', async () => {
  const office = await openOffice(bench, open);
  await office.connected();
  const before = (await bench.requests()).length;
  expect(await inTemporal(() => office.activities.subscribeToChanges({ connectionId }))).toEqual({
    companies: 0,
    refused: 0,
  });
  expect(await bench.requests()).toHaveLength(before);
});
