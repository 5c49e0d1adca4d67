import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { booking } from '../../booking.ts';
import { companies, connection } from '../demo-office.ts';
import { bearer, runWeb, type RunningWeb } from '../running-web.ts';
import { ask } from './answers.ts';

let web: RunningWeb;
beforeAll(async () => {
  web = await runWeb();
  await web.store.connections.save(connection());
  await web.store.companies.recordListing('exact', companies(), { complete: true });
});
afterAll(() => web.close());

const exact = '/api/connections/exact';
const company = `${exact}/companies/d-1`;

describe('A query that is refused says which part, and how it is written:', () => {
  test.each([
    [`${exact}/purchase-bookings?limit=501`, 'limit is 1 to 500.'],
    [`${exact}/purchase-bookings?limit=`, 'limit is 1 to 500.'],
    [
      `${exact}/purchase-bookings?state=lost&limit=x`,
      'state is one of accepted, held, misfit, delivered, withdrawn. limit is 1 to 500.',
    ],
    [`${exact}/purchase-bookings?before=x`, 'before is the "next" of an earlier answer.'],
    [`${exact}/purchase-bookings?before=x&before=y`, 'before is one text.'],
    [`${exact}/history?format=xml`, 'format is json or csv.'],
    [`${company}/booking-readiness?officeUser=tom&officeUser=sanne`, 'officeUser is one text.'],
    [`${company}/month-readiness`, 'month is a month like 2026-10.'],
    [`${company}/month-readiness?month=2026-13`, 'month is a month like 2026-10.'],
    [`${company}/month-readiness?month=2026-10&month=2026-11`, 'month is a month like 2026-10.'],
    ['/api/incidents', 'month is a month like 2026-10.'],
    [`${company}/master-data/invoice`, expect.stringMatching(/^The kind is one of gl-account, .*project\.$/)],
    [`${exact}/changes?company=d-1&company=d-2`, 'company is one text.'],
    [`${exact}/changes?a=1&b=2`, 'There is no parameter a, b.'],
  ])('%s', async (path, detail) => {
    expect(await ask(web, path)).toMatchObject({
      status: 400,
      body: { type: `${web.url}/problems/invalid-request`, detail },
    });
  });
});

test('a request is read before anything is looked up, so what is wrong with it is said first', async () => {
  const nowhere = '/api/connections/unknown';
  expect((await ask(web, `${nowhere}/history?format=xml`)).status).toBe(400);
  expect((await ask(web, `${nowhere}/history?format=json`)).status).toBe(404);
  const handOver = async (body: unknown) => {
    const path = `${nowhere}/companies/d-1/purchase-bookings`;
    const headers = { ...bearer, 'content-type': 'application/json' };
    return (await fetch(`${web.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).status;
  };
  expect(await handOver({})).toBe(400);
  expect(await handOver(booking())).toBe(404);
});

test('whoever has no token is told that, whatever else is wrong', async () => {
  expect((await fetch(`${web.url}${exact}/history?format=xml`)).status).toBe(401);
});
