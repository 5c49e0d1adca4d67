import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { MasterDataKind, MasterDataRow } from '../../../../domain/master-data.ts';
import type { PurchaseBooking } from '../../../../domain/bookings/purchase-booking.ts';
import { booking } from '../../../booking.ts';
import { storeNext } from '../../../store/store.ts';
import { companies, connection, disconnected } from '../../demo-office.ts';
import { bearer, runWeb, type RunningWeb } from '../../running-web.ts';
import { ask, parserOf } from '../answers.ts';

let web: RunningWeb;
let revision = 1;
const path = '/api/connections/exact/companies/d-1/purchase-bookings';
const line = { connectionId: 'exact', companyId: 'd-1' };
const save = (more: Parameters<typeof connection>[0]) =>
  web.store.connections.save(connection({ ...more, revision: ++revision }));

const rows: [MasterDataKind, string, object][] = [
  ['relation', '1001', { isSupplier: true }],
  ['journal', '50', { type: 'purchase' }],
  ['gl-account', '4400', {}],
  ['gl-account', '4410', {}],
  ['vat-code', '2', {}],
];
async function bringIn(): Promise<void> {
  for (const kind of new Set(rows.map(([kind]) => kind))) {
    const ofKind = rows
      .filter((row) => row[0] === kind)
      .map(([, code, details]): MasterDataRow => ({
        externalId: `${kind}-${code}`,
        code,
        name: code,
        active: true,
        details,
        modifiedAt: null,
      }));
    const key = { ...line, kind };
    await storeNext(web.store, { ...key, page: { rows: ofKind, deleted: [], checkpoint: '1' }, round: 1 });
    await web.store.syncPositions.recordSuccess(key, 1);
  }
}

beforeEach(async () => {
  web = await runWeb({ holdBookings: true });
  await save({});
  await web.store.companies.recordListing('exact', companies(), { complete: true });
  await web.store.companies.link('exact', ['d-1', 'd-2']);
  await bringIn();
});
afterEach(() => web.close());

const send = async (method: string, address: string, body?: object) => {
  const answer = await fetch(`${web.url}${address}`, {
    method,
    headers: { ...bearer, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    location: answer.headers.get('location'),
    body: (text ? JSON.parse(text) : null) as Record<string, unknown>,
  };
};
const handOver = (changes: Partial<PurchaseBooking> = {}) => send('POST', path, booking(changes));
/** What the line of bookings does, as soon as it is told. */
const whenTold = (act: (id: string) => Promise<void>) => {
  web.workflow.told = async () => {
    const next = await web.store.purchaseBookings.next(line);
    if (next) await act(next.id);
  };
};
const delivers = () =>
  whenTold((id) => web.store.purchaseBookings.deliver(id, { id: 'e-1', number: '26500001' }));

describe('Handing over a booking', () => {
  test('of a working connection answers 201 with the entry number, and 200 ever after', async () => {
    delivers();
    const first = await handOver();
    expect(first).toMatchObject({
      status: 201,
      location: `${web.url}${path.replace('d-1', 'id%3Ad-1')}/doc-1`,
      body: { reference: 'doc-1', state: 'delivered', entryNumber: '26500001' },
    });
    expect(await handOver()).toMatchObject({ status: 200, body: { state: 'delivered' } });
    expect(await (await fetch(first.location!, { headers: bearer })).json()).toMatchObject({
      reference: 'doc-1',
    });
    expect(web.workflow.lines).toEqual([line]);
  });

  test.each(['a/b?c#d%20', 'é'.repeat(100), '😀'.repeat(50), '...', '%2E%2E', '\\\\', '{}', '+'])(
    'can be asked for where its answer says, whatever its reference is: %s',
    async (reference) => {
      delivers();
      const { location } = await handOver({ reference });
      expect(location).toContain(path.replace('d-1', 'id%3Ad-1'));
      expect(await send('GET', (location ?? '').slice(web.url.length))).toMatchObject({
        status: 200,
        body: { reference },
      });
    },
  );

  test('while disconnected is kept (202), and told with its reason', async () => {
    await save({ link: disconnected() });
    expect(await handOver()).toMatchObject({ status: 202, body: { state: 'held', reason: 'disconnected' } });
    expect((await ask(web, path.replace('purchase-bookings', 'booking-readiness'))).body).toMatchObject({
      heldBookings: 1,
    });
  });

  test('while the package limits us is kept (202)', async () => {
    const since = '2026-11-25T10:00:00.000Z';
    await save({ health: { state: 'delayed', reason: 'rate-limit', since, until: null } });
    expect(await handOver()).toMatchObject({ status: 202, body: { state: 'held', reason: 'delayed' } });
  });

  test('while it is paused before its master data was read since the login is kept (202)', async () => {
    const link = { state: 'connected', since: new Date(Date.now() + 1).toISOString() } as const;
    await save({ link, pausedBy: 'tom' });
    expect(await handOver()).toMatchObject({ status: 202, body: { state: 'held', reason: 'paused' } });
  });

  test('with other content under the same reference is refused, and changes nothing', async () => {
    delivers();
    await handOver();
    expect(await handOver({ invoiceNumber: 'F2026-2' })).toMatchObject({
      status: 409,
      body: { type: `${web.url}/problems/other-content`, booking: { state: 'delivered' } },
    });
    expect((await send('GET', `${path}/doc-1`)).body).toMatchObject({ state: 'delivered' });
  });

  test('that names what is not there is refused (422), says what, and keeps nothing', async () => {
    expect(await handOver({ supplier: '9999', bookAs: 'tom' })).toMatchObject({
      status: 422,
      body: {
        detail: expect.stringContaining('supplier 9999 is not in the master data'),
        misfits: [
          { field: 'supplier', value: '9999', why: 'unknown' },
          { field: 'bookAs', why: 'no-working-login' },
        ],
      },
    });
    expect((await send('GET', `${path}/doc-1`)).status).toBe(404);
  });

  test('to a company that may be another one, or of a supplier that may be, does nothing and says which', async () => {
    const [first, second, ...others] = companies();
    const met = [first!, { ...second!, code: 'd-1' }, ...others];
    await web.store.companies.recordListing('exact', met, { complete: true });
    expect(await handOver()).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/nothing was done: id:d-1 is .*, id:d-2 is /) },
    });
    const ofFirst = path.replace('d-1', 'id:d-1');
    const key = { ...line, kind: 'relation' } as const;
    const twin = {
      ...{ externalId: '1001', code: '7', name: 'De Wit', active: true, modifiedAt: null },
      details: { isSupplier: true },
    };
    await storeNext(web.store, { ...key, page: { rows: [twin], deleted: [], checkpoint: '2' }, round: 1 });
    expect(await send('POST', ofFirst, booking())).toMatchObject({
      status: 422,
      body: {
        misfits: [
          {
            ...{ field: 'supplier', why: 'ambiguous' },
            said: 'id:1001 is De Wit (code 7), id:relation-1001 is 1001 (code 1001)',
          },
        ],
      },
    });
    expect(await web.store.purchaseBookings.list({ connectionId: 'exact' })).toEqual([]);
    delivers();
    expect((await send('POST', ofFirst, booking({ supplier: 'code:1001' }))).status).toBe(201);
    expect(await web.store.purchaseBookings.list({ connectionId: 'exact' })).toMatchObject([
      { pinned: { supplier: { externalId: 'relation-1001' } } },
    ]);
  });

  test('that does not add up is refused (400), and says where', async () => {
    const totals = { net: '100.00', vat: '21.00', gross: '120.00' };
    expect(await handOver({ totals })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('must add up to 121.00') },
    });
  });

  test('that is no booking is refused (400) with a sentence that names the member', async () => {
    const wrong: [object | undefined, string][] = [
      [undefined, 'The body must be a booking as a JSON object'],
      [[], 'The body must be a booking as a JSON object'],
      [
        {},
        'reference, supplier, journal, invoiceNumber, invoiceDate, currency, lines and totals are missing.',
      ],
      [{ ...booking(), supplier: undefined }, 'supplier is missing.'],
      [{ ...booking(), supplier: 7 }, 'supplier must be text.'],
      [{ ...booking(), lines: [] }, 'lines must not be empty.'],
      [
        { ...booking(), lines: [{ glAccount: '1' }] },
        'lines[0].netAmount and lines[0].vatAmount are missing.',
      ],
      [{ ...booking(), invoiceDate: '23-11-2026' }, 'invoiceDate must be a day like 2026-11-23.'],
      [{ ...booking(), totals: { net: 1, vat: '0', gross: '1' } }, 'totals.net must be text.'],
      [{ ...booking(), invoiceNumber: 'F'.repeat(31) }, 'invoiceNumber must have at most 30 characters.'],
      [{ ...booking(), colour: 'red' }, 'The body has no member colour.'],
      [{ ...booking(), currency: 'euro' }, 'currency must be a currency like EUR.'],
    ];
    for (const [body, words] of wrong) {
      const { status, body: problem } = await send('POST', path, body);
      expect({ status, detail: problem['detail'] }).toEqual({
        status: 400,
        detail: expect.stringContaining(words),
      });
      expect(problem['detail']).not.toMatch(/[✖→]|Invalid input|undefined/);
    }

    const noJson = await fetch(`${web.url}${path}`, {
      method: 'POST',
      headers: { ...bearer, 'content-type': 'application/json' },
      body: '{"reference":',
    });
    expect(await noJson.json()).toMatchObject({ status: 400, detail: 'The body is not JSON.' });
  });

  test('twice at the same time is one booking', async () => {
    delivers();
    const answers = await Promise.all(Array.from({ length: 5 }, () => handOver()));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await send('GET', '/api/connections/exact/purchase-bookings')).body['bookings']).toHaveLength(1);
  });

  test('while Temporal is down is kept, and noted as not handed on yet', async () => {
    web.workflow.down = true;
    expect(await handOver()).toMatchObject({ status: 202, body: { state: 'accepted' } });
    expect(await web.store.purchaseBookings.notHandedOver()).toHaveLength(1);
  });
});

test('an office that keeps no bookings refuses them as before', async () => {
  await web.close();
  web = await runWeb();
  await save({ link: disconnected() });
  await web.store.companies.recordListing('exact', companies(), { complete: true });
  await web.store.companies.link('exact', ['d-1']);
  await bringIn();
  expect(await handOver()).toMatchObject({ status: 503, body: { cause: 'consent-withdrawn' } });
  const since = '2026-11-25T10:00:00.000Z';
  await save({ health: { state: 'delayed', reason: 'outage', since, until: null } });
  const [answer, readiness] = [
    await handOver(),
    await ask(web, path.replace('purchase-bookings', 'booking-readiness')),
  ];
  expect(answer).toMatchObject({ status: 503, body: { type: `${web.url}/problems/delayed` } });
  expect(answer.body).toEqual(readiness.body);
  expect((await send('GET', `${path}/doc-1`)).status).toBe(404);
});

describe('A human', () => {
  const setAside = async (id: string) => {
    const stored = await web.store.purchaseBookings.get(id);
    const misfit = { field: 'lines.0.vatCode', value: '2', why: 'blocked', said: null } as const;
    await web.store.purchaseBookings.setAside(stored!, [misfit]);
  };

  test('sees what does not fit, corrects it, and it is delivered', async () => {
    whenTold(setAside);
    expect(await handOver()).toMatchObject({ status: 422, body: { booking: { state: 'misfit' } } });
    const list = '/api/connections/exact/purchase-bookings?state=misfit';
    expect((await send('GET', list)).body).toMatchObject({
      bookings: [{ reference: 'doc-1', misfits: [{ field: 'lines.0.vatCode', words: 'is blocked' }] }],
    });
    delivers();
    const corrected = await send('PUT', `${path}/doc-1`, booking({ description: 'Papier en toner' }));
    expect(corrected).toMatchObject({ status: 201, body: { state: 'delivered', misfits: [] } });
    expect((await send('GET', list)).body).toMatchObject({ bookings: [] });
  });

  test('withdraws it, and cannot withdraw what is delivered or may be', async () => {
    whenTold(setAside);
    await handOver();
    expect(await send('DELETE', `${path}/doc-1`)).toMatchObject({
      status: 200,
      body: { state: 'withdrawn' },
    });
    delivers();
    await handOver({ reference: 'doc-2' });
    expect(await send('DELETE', `${path}/doc-2`)).toMatchObject({ status: 409 });
    whenTold(async (id) => {
      const read = (await web.store.purchaseBookings.get(id))!;
      await web.store.purchaseBookings.beginAttempt(read, { since: new Date(0) });
      await web.store.purchaseBookings.hold(id, { reason: 'outcome-unknown', until: null });
    });
    await handOver({ reference: 'doc-3' });
    expect(await send('DELETE', `${path}/doc-3`)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('nobody knows yet') },
    });
    const looked = () => send('DELETE', `${path}/doc-3?looked=true`);
    expect((await looked()).status).toBe(409); // it may still be under way
    web.pass(11 * 60_000);
    expect((await send('DELETE', `${path}/doc-3`)).status).toBe(409);
    expect((await send('DELETE', `${path}/doc-3?looked=perhaps`)).status).toBe(400);
    expect(await looked()).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
  });
});

test('deliveries that were stopped go on when a human says so', async () => {
  await web.store.deliveryStops.stop('exact', {
    bookingId: 'x',
    expectedCompany: 'd-1',
    foundCompany: 'd-2',
    entries: [],
  });
  expect(await handOver()).toMatchObject({ status: 202, body: { reason: 'deliveries-stopped' } });
  const stop = '/api/connections/exact/delivery-stop';
  expect((await send('GET', stop)).body).toMatchObject({ stop: { foundCompany: 'd-2' } });
  web.workflow.lines.length = 0;
  expect((await send('DELETE', stop)).status).toBe(204);
  expect((await send('GET', stop)).body).toEqual({ stop: null });
  expect(web.workflow.lines).toEqual([line]);
});

test('a month is ready to be closed when its bookings are in', async () => {
  const months = path.replace('purchase-bookings', 'month-readiness');
  await save({ link: disconnected() });
  await handOver({ invoiceDate: '2026-10-15' });
  await save({});
  expect((await ask(web, `${months}?month=2026-10`)).body).toMatchObject({
    ready: false,
    reasons: [{ why: 'bookings-waiting' }],
  });
  expect((await ask(web, `${months}?month=2026-09`)).body).toMatchObject({ ready: true, reasons: [] });
  expect((await ask(web, `${months}?month=october`)).status).toBe(400);
});

test('answers are as described', async () => {
  const { body: description } = await ask(web, '/api/openapi.json');
  const parse = (schema: string, body: unknown) => parserOf(description, schema).parse(body);
  delivers();
  parse('PurchaseBooking', booking());
  parse('BookingStatus', (await handOver()).body);
  parse('Problem', (await handOver({ currency: 'USD' })).body);
  parse('Bookings', (await send('GET', '/api/connections/exact/purchase-bookings?limit=1')).body);
  parse('DeliveryStop', (await send('GET', '/api/connections/exact/delivery-stop')).body);
  const months = path.replace('purchase-bookings', 'month-readiness?month=2026-10');
  parse('MonthReadiness', (await send('GET', months)).body);
});
