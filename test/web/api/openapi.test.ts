import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { companies, connection, disconnected } from '../demo-office.ts';
import { send } from '../../doors/raw-request.ts';
import { bearer, runWeb, type RunningWeb } from '../running-web.ts';
import { ask, parserOf, parserOfAnswer, synchronise } from './answers.ts';

let web: RunningWeb;
let description: Record<string, unknown>;

beforeEach(async () => {
  web = await runWeb();
  await web.store.connections.save(connection());
  await web.store.companies.recordListing('exact', companies(), { complete: true });
  await web.store.companies.link('exact', ['d-1']);
  await synchronise(web, 'd-1', 'gl-account', '1000');
  await synchronise(web, 'd-1', 'gl-account', '1100');
  const incident = await web.store.incidents.open('exact', 'user-blocked', '2026-10-05T08:05:00.000Z', {
    lastGoodAt: '2026-10-05T08:00:00.000Z',
  });
  await web.store.incidents.close(incident, {
    at: '2026-10-05T09:00:00.000Z',
    by: 'tom',
    how: 'reconnected',
  });
  description = (await ask(web, '/api/openapi.json')).body;
});
afterEach(() => web.close());

test('the description names every route of the API and no other', () => {
  const described = Object.entries(description['paths'] as Record<string, object>).flatMap(([path, item]) =>
    Object.keys(item).map((verb) => `${verb.toUpperCase()} ${path.replace(/{(\w+)}/g, ':$1')}`),
  );
  const routes = web.routes.filter((route) => /^(?!HEAD)\w+ \/(api|health)\b/.test(route));
  expect(routes.toSorted()).toEqual(described.toSorted());
});

test('the description tells the headers of answers, how texts are written, and every schema by its name', () => {
  const paths = description['paths'] as Record<string, Record<string, object>>;
  const of = (path: string) => paths[`/api/${path}`]?.['get'];
  const headers = { ETag: { schema: { type: 'string' } }, 'Data-As-Of': { schema: { format: 'date-time' } } };
  expect(of('connections/{connection}/master-data')).toMatchObject({
    responses: { 200: { headers }, 304: { headers } },
  });
  const { parameters } = of('connections/{connection}/changes') as { parameters: { name: string }[] };
  const named = Object.fromEntries(parameters.map(({ name, ...parameter }) => [name, parameter]));
  expect(named).toMatchObject({
    limit: { schema: { type: 'integer', minimum: 1, maximum: 1000, default: 200 } },
    after: { schema: { pattern: '^(0|[0-9a-f]{1,8}-[0-9]{1,15})$', default: '0' } },
    connection: { schema: { pattern: expect.stringContaining(String.raw`\u0000-\u001F`) } },
  });
  expect(of('incidents')).toMatchObject({
    parameters: [{ name: 'month', required: true, schema: { pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' } }],
  });
  const written = JSON.stringify(description).matchAll(/"#\/components\/schemas\/(\w+)"/g);
  const { schemas } = description['components'] as { schemas: object };
  expect([...new Set([...written].map(([, name]) => name))].sort()).toEqual(Object.keys(schemas).sort());
});

test('an address with a character that cannot be taken is a 400, as the description of every operation says', async () => {
  const described = description['paths'] as Record<string, Record<string, { responses: object }>>;
  const paths = Object.entries(described).filter(([path]) => path.includes('{'));
  expect(paths.length).toBeGreaterThan(10);
  for (const [path, operations] of paths)
    for (const [method, { responses }] of Object.entries(operations)) {
      const unfit = path.replaceAll(/\{\w+\}/g, '%0D');
      const { status } = await send(web.url, {
        method: method.toUpperCase(),
        path: unfit,
        headers: bearer,
        body: null,
      });
      expect({ method, path, status }).toEqual({ method, path, status: 400 });
      expect(Object.keys(responses)).toContain('400');
    }
});

describe('answers are as described:', () => {
  const readiness = '/api/connections/exact/companies/d-1/booking-readiness';
  const masterData = '/api/connections/exact/companies/d-1/master-data/gl-account';

  test.each([
    ['/api/connections', 200],
    ['/api/connections/exact', 200],
    ['/api/connections/exact/companies', 200],
    [readiness, 200],
    [masterData, 200],
    [`${masterData}?limit=0`, 400],
    ['/api/connections/exact/master-data', 200],
    ['/api/connections/exact/changes', 200],
    ['/api/connections/exact/freshness', 200],
    ['/api/connections/exact/changes?kind=invoice', 400],
    ['/api/connections/unknown/changes', 404],
    ['/api/connections/unknown/freshness', 404],
    [masterData.replace('gl-account', 'invoice'), 400],
    ['/api/incidents?month=2026-10', 200],
    ['/api/incidents?month=0078-03', 200],
    ['/api/incidents?month=9999-12', 200],
    ['/api/incidents?month=soon', 400],
    ['/api/connections/exact/companies/d-1/month-readiness?month=0078-03', 200],
    ['/api/connections/exact/companies/d-1/month-readiness?month=9999-12', 200],
    ['/api/connections/exact/companies/d-1/month-readiness?month=9999-13', 400],
    ['/api/connections/exact/history', 200],
    ['/api/connections/exact/history?format=xml', 400],
    ['/api/connections/unknown/history', 404],
    ['/api/connections/unknown', 404],
    ['/api/connections/unknown/companies', 404],
    ['/health', 200],
  ])('%s', async (path, status) => {
    const answer = await ask(web, path);
    expect(answer.status).toBe(status);
    parserOfAnswer(description, path, answer).parse(answer.body);
  });

  test('also while disconnected, delayed or down', async () => {
    const since = new Date().toISOString();
    await web.store.connections.save(connection({ link: disconnected(), login: null, revision: 2 }));
    await web.store.connections.save(
      connection({ id: 'slow', health: { state: 'delayed', reason: 'rate-limit', since, until: null } }),
    );
    web.workflow.down = true;
    parserOf(description, 'Connections').parse((await ask(web, '/api/connections')).body);
    parserOf(description, 'Problem').parse((await ask(web, readiness)).body);
    const health = await ask(web, '/health');
    expect(health).toMatchObject({
      status: 503,
      body: { status: 'degraded', database: true, temporal: false },
    });
    parserOf(description, 'Health').parse(health.body);
  });
});

describe('what watches the server reads of Slack', () => {
  const health = async () => {
    await web.store.heartbeats.beat('worker'); // no matter how long the tests before this one took
    const { status, body } = await ask(web, '/health');
    parserOf(description, 'Health').parse(body);
    return { status, ...body };
  };
  const since = '2026-10-05T08:05:00.000Z';

  test('that all is said', async () => {
    expect(await health()).toMatchObject({
      status: 'ok',
      slack: { state: 'ok', waiting: 0, unreachable: 0 },
    });
  });

  test('that something waits for too long, and that a channel cannot be reached', async () => {
    const welcome = { what: 'welcome', officeName: 'De Vries' } as const;
    await web.store.deliveries.write({ key: 'k', to: { channel: 'C1' }, announcement: welcome });
    expect(await health()).toMatchObject({ status: 'ok', slack: { state: 'ok', waiting: 1 } });
    web.pass(2 * 60_000);
    expect(await health()).toMatchObject({ status: 'degraded', slack: { state: 'behind', waiting: 1 } });
    const north = { recipient: 'C1', kind: 'channel', code: 'is_archived', since } as const;
    await web.store.unreachable.note(north);
    expect(await health()).toMatchObject({ slack: { state: 'behind', unreachable: 1 } });
  });

  test('that Slack takes nothing at all, which is no reason to start the server anew', async () => {
    await web.store.unreachable.note({
      recipient: 'slack',
      kind: 'installation',
      code: 'token_revoked',
      since,
    });
    expect(await ask(web, '/health')).toMatchObject({ status: 200 });
    expect(await health()).toMatchObject({
      status: 'degraded',
      slack: { state: 'refuses', code: 'token_revoked', unreachable: 0 },
    });
  });
});

test('a connection tells its rows per kind, its state in words and who may mend it', async () => {
  expect((await ask(web, '/api/connections/exact')).body).toMatchObject({
    status: 'Connected',
    login: { user: 'CX_Basecone', environment: 'De Vries' },
    synchronisationUser: { name: 'Monica Bakker' },
    rows: { 'gl-account': 2, 'vat-code': 0 },
    mayReconnect: ['Monica Bakker', 'Tom de Vries', 'Sanne Jansen'],
  });
});

test('master data comes in pages, and what changes later comes after them', async () => {
  const path = '/api/connections/exact/companies/d-1/master-data/gl-account';
  const first = (await ask(web, `${path}?limit=1`)).body;
  expect(first).toMatchObject({ rows: [{ code: '1000' }], more: true });
  const second = (await ask(web, `${path}?limit=1&after=${String(first['next'])}`)).body;
  expect(second).toMatchObject({ rows: [{ code: '1100' }], more: false });
  await synchronise(web, 'd-1', 'gl-account', '1200');
  const later = (await ask(web, `${path}?after=${String(second['next'])}`)).body;
  expect(later).toMatchObject({ rows: [{ code: '1200' }], more: false });
});

describe('the token', () => {
  test.each(['/api/connections', '/api/connections/x', '/api/openapi.json', '/api/incidents'])(
    '%s needs it',
    async (path) => {
      for (const authorization of ['', 'Bearer wrong', 'Bearer ', 'Basic the-token-of-this-office'])
        expect(await ask(web, path, { authorization })).toMatchObject({
          status: 401,
          body: { type: `${web.url}/problems/not-authorised` },
        });
      expect((await ask(web, path)).status).not.toBe(401);
    },
  );

  test('health does not', async () => {
    expect((await fetch(`${web.url}/health`)).status).toBe(200);
  });

  test('is described and never logged', async () => {
    expect((await ask(web, '/api/openapi.json')).body).toMatchObject({
      security: [{ bearer: [] }],
      components: { securitySchemes: { bearer: { scheme: 'bearer' } } },
    });
    expect(web.logLines()).toContain('/api/openapi.json');
    expect(web.logLines()).not.toContain('the-token-of-this-office');
  });
});
