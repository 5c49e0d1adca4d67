import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { companies, connection, disconnected } from '../../demo-office.ts';
import { runWeb, type RunningWeb } from '../../running-web.ts';
import { ask, synchronise } from '../answers.ts';

let web: RunningWeb;
let revision = 1;
const path = '/api/connections/exact/companies/d-1/booking-readiness';
const mayBook = () => ask(web, path);
const save = (more: Parameters<typeof connection>[0]) =>
  web.store.connections.save(connection({ ...more, revision: ++revision }));

beforeEach(async () => {
  web = await runWeb();
  await save({});
  await web.store.companies.recordListing('exact', companies(), { complete: true });
  await web.store.companies.link('exact', ['d-1', 'd-2']);
  await synchronise(web, 'd-1', 'gl-account');
});
afterEach(() => web.close());

test('a company of a working connection is ready', async () => {
  expect(await mayBook()).toMatchObject({
    status: 200,
    body: { ready: true, connection: 'exact', company: 'd-1', note: null },
  });
});

test('the company may also be called by the code people use', async () => {
  const byCode = await ask(web, '/api/connections/exact/companies/1001/booking-readiness');
  expect(byCode).toMatchObject({ status: 200, body: { ready: true, company: 'd-1' } });
});

test('a code that two companies have means neither of them', async () => {
  const twins = companies().map((company) => ({ ...company, code: '1001' }));
  await web.store.companies.recordListing('exact', twins, { complete: true });
  for (const address of ['companies/1001/booking-readiness', 'companies/1001/master-data/gl-account'])
    expect(await ask(web, `/api/connections/exact/${address}`)).toMatchObject({
      status: 409,
      body: {
        type: `${web.url}/problems/ambiguous`,
        detail: expect.stringContaining('id:d-1 is Bakkerij Jansen B.V. (code 1001), id:d-2 is '),
      },
    });
  expect((await mayBook()).status).toBe(200);
});

test('a code that is the id of another means neither, and a name of one space means one', async () => {
  const [first, second] = companies();
  const met = [first!, { ...second!, code: 'd-1' }];
  await web.store.companies.recordListing('exact', met, { complete: true });
  const askOf = (company: string) =>
    ask(web, `/api/connections/exact/companies/${company}/booking-readiness`);
  expect((await askOf('d-1')).status).toBe(409);
  expect(await askOf('id:d-1')).toMatchObject({ status: 200, body: { company: 'd-1' } });
  expect(await askOf('code:d-1')).toMatchObject({ body: { company: 'd-2' } });
  expect((await ask(web, '/api/connections/exact/master-data?company=d-1')).status).toBe(409);
});

test('a disconnection turns the answer into a problem that a booking user can read, a reconnect turns it back', async () => {
  const link = disconnected();
  const incident = await web.store.incidents.open('exact', link.cause, link.since);
  await save({ link, incident });
  const nobodyYet = await mayBook();
  expect(nobodyYet.body).toMatchObject({ onIt: null, expectedBack: null });
  expect(nobodyYet.body['expected']).toContain('nobody has taken it up yet');
  await web.store.incidents.addEvent(incident, 'taken-up/sanne', {
    at: link.since,
    kind: 'taken-up',
    data: { by: 'sanne' },
  });
  const { status, type, headers, body } = await mayBook();
  expect(status).toBe(503);
  expect(type).toContain('application/problem+json');
  expect(headers.has('retry-after')).toBe(false);
  expect(body).toMatchObject({
    type: `${web.url}/problems/disconnected`,
    title: 'The accounting system is disconnected',
    status: 503,
    connection: 'exact',
    company: 'd-1',
    cause: 'consent-withdrawn',
    since: link.since,
    onIt: 'Sanne Jansen',
    expectedBack: null,
    expected: expect.stringMatching(/^Sanne Jansen has been on it since \d\d:\d\d\.$/),
  });
  expect(body['detail']).toMatch(
    /^Documents of Bakkerij Jansen B\.V\. cannot be booked at the moment: Exact Online is disconnected since \d\d:\d\d because the consent of CX_Basecone was withdrawn in Exact Online\. Monica Bakker, Tom de Vries and Sanne Jansen can reconnect it; Sanne Jansen is on it\.$/,
  );
  await web.store.incidents.close(incident, { at: link.since, by: 'monica', how: 'reconnected' });
  await save({});
  expect((await mayBook()).status).toBe(200);
});

test('an office user who wants to book while it is not possible is remembered, a stranger is not', async () => {
  const link = disconnected();
  const incident = await web.store.incidents.open('exact', link.cause, link.since);
  await save({ link, incident });
  for (const person of ['sanne', 'sanne', 'stranger'])
    await ask(web, `/api/connections/exact/companies/d-1/booking-readiness?officeUser=${person}`);
  expect(await web.store.incidentPeople.of(incident)).toMatchObject([
    { officeUserId: 'sanne', role: 'affected' },
  ]);
});

test('the type of a problem is an address that explains it to people', async () => {
  await save({ link: disconnected() });
  const page = await fetch((await mayBook()).body['type'] as string);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('The accounting system is disconnected');
});

describe('an outage of the accounting system', () => {
  const health = {
    state: 'delayed',
    reason: 'outage',
    since: '2026-11-23T13:02:00.000Z',
    until: null,
  } as const;

  test('is waited for, and the answer says that there is nothing to do', async () => {
    await save({ health });
    const { status, body } = await mayBook();
    expect(status).toBe(503);
    expect(body).toMatchObject({
      type: `${web.url}/problems/delayed`,
      cause: 'outage',
      since: health.since,
      expectedBack: null,
      expected: null,
    });
    expect(body['detail']).toMatch(
      /^Documents of Bakkerij Jansen B\.V\. cannot be booked at the moment: Exact Online has not answered since .*nothing to do/,
    );
  });

  test('that is a limit says when it ends', async () => {
    const until = '2026-11-23T13:15:00.000Z';
    await save({ health: { ...health, reason: 'rate-limit', until } });
    const words = { expectedBack: until, expected: expect.stringContaining('Exact Online goes on at') };
    expect(await mayBook()).toMatchObject({ status: 503, body: { cause: 'rate-limit', ...words } });
    const neverSynchronised = await ask(web, path.replace('d-1', 'd-2'));
    expect(neverSynchronised.body).toMatchObject(words);
  });

  test('stops them for a company whose master data never came in', async () => {
    await save({ health });
    const { status, body } = await ask(web, path.replace('d-1', 'd-2'));
    expect(status).toBe(503);
    expect(body).toMatchObject({ cause: 'outage', type: `${web.url}/problems/first-sync` });
  });
});

test('while deliveries are stopped nothing can be booked, and it says until when', async () => {
  const why = { bookingId: 'SU-1', expectedCompany: 'd-1', foundCompany: 'd-2', entries: [] };
  await web.store.deliveryStops.stop('exact', why);
  const { status, body } = await mayBook();
  expect(status).toBe(503);
  expect(body).toMatchObject({
    type: `${web.url}/problems/deliveries-stopped`,
    cause: 'deliveries-stopped',
    since: expect.any(String),
    detail: expect.stringContaining('a booking came back from another company'),
  });
  await web.store.deliveryStops.lift('exact');
  expect((await mayBook()).status).toBe(200);
});

test('what was not read since a login is waited for, and a pause meanwhile is what a superuser must end', async () => {
  const link = { state: 'connected', since: new Date(Date.now() + 1).toISOString() } as const;
  await save({ link });
  expect(await mayBook()).toMatchObject({
    status: 503,
    body: { type: `${web.url}/problems/master-data-not-fresh`, cause: 'master-data-not-fresh' },
  });
  await save({ link, pausedBy: 'tom' });
  const { body } = await mayBook();
  expect(body).toMatchObject({ type: `${web.url}/problems/paused`, cause: 'paused' });
  expect(body['detail']).toContain('A superuser can go on with /syncuser resume.');
});

test('a company whose books were refused stays so while a listing calls it reachable', async () => {
  const key = { connectionId: 'exact', companyId: 'd-1', kind: 'relation' } as const;
  await web.store.syncPositions.recordFailure(key, { code: 'company: licence-expired', text: 'no' });
  await web.store.companies.recordListing('exact', companies(), { complete: true });
  expect(await mayBook()).toMatchObject({ status: 503, body: { cause: 'licence-expired' } });
});

test('a pause by hand does not stop bookings, and is told', async () => {
  await save({ pausedBy: 'tom' });
  expect(await mayBook()).toMatchObject({ status: 200, body: { note: expect.stringContaining('paused') } });
});

test.each([
  ['no-access', 403, 'CX_Basecone has no access to this company in Exact Online'],
  ['blocked', 503, 'the company is blocked in Exact Online'],
  ['gone', 503, 'Exact Online no longer lists this company'],
] as const)('a company that is %s is refused with %i', async (companyStatus, status, words) => {
  await web.store.companies.foundStatus('exact', 'd-1', companyStatus);
  const answer = await mayBook();
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({
    cause: companyStatus,
    type: `${web.url}/problems/company-not-reachable`,
  });
  expect(answer.body['detail']).toContain(words);
});

test.each([
  ['d-2', 503, 'first-sync'],
  ['d-3', 403, 'not-chosen'],
] as const)('company %s is refused with %i because of %s', async (company, status, cause) => {
  expect(await ask(web, path.replace('d-1', company))).toMatchObject({ status, body: { cause } });
});

test('a connection that nobody has logged in to yet is told as such', async () => {
  await save({ link: { state: 'connecting', since: new Date().toISOString() }, login: null });
  const { status, body } = await mayBook();
  expect(status).toBe(503);
  expect(body['cause']).toBe('not-connected-yet');
  expect(body['detail']).toContain('Monica Bakker still has to log in to Exact Online');
});

test.each([
  [
    '/api/connections/exact/companies/unknown/booking-readiness',
    'There is no company "unknown" on this connection.',
  ],
  ['/api/connections/unknown/companies/d-1/booking-readiness', 'There is no connection "unknown".'],
])('%s is not found', async (address, detail) => {
  expect(await ask(web, address)).toMatchObject({
    status: 404,
    body: { detail, type: `${web.url}/problems/not-found` },
  });
});
