import { describe, expect, test } from '@jest/globals';
import { fit, type KnownRow } from '../../../domain/bookings/booking-fit.ts';
import { booking } from '../../booking.ts';

const row = (
  kind: KnownRow['kind'],
  externalId: string,
  code: string,
  more: Partial<KnownRow> = {},
): KnownRow => ({
  kind,
  externalId,
  code,
  name: `Row ${externalId}`,
  active: true,
  details: {},
  ...more,
});
const supplier = row('relation', 's-1', '1001', { details: { isSupplier: true } });
const journal = row('journal', 'j-1', '50', { details: { type: 'purchase' } });
const rent = row('gl-account', 'g-1', '4400');
const phone = row('gl-account', 'g-2', '4410');
const high = row('vat-code', 'v-1', '2', { details: { direction: 'both' } });
const known = [supplier, journal, rent, phone, high];
const instead = (changed: KnownRow) =>
  known.map((one) => (one.kind === changed.kind && one.code === changed.code ? changed : one));
const misfits = (rows: readonly KnownRow[], changes = {}, pinned = {}) =>
  fit(booking(changes), rows, pinned).misfits.map(({ field, value, why }) => `${field} ${value} ${why}`);

describe('A booking is held against the master data', () => {
  test('and names rows by code or by id', () => {
    const { misfits: none, rows } = fit(booking({ supplier: 's-1' }), known, null);
    expect(none).toEqual([]);
    expect(rows).toMatchObject({
      supplier: { externalId: 's-1' },
      'lines.1.glAccount': { externalId: 'g-2' },
    });
  });

  test.each([
    ['a supplier that is blocked', { ...supplier, active: false }, ['supplier 1001 not-active']],
    ['a customer', { ...supplier, details: { isSupplier: false } }, ['supplier 1001 no-supplier']],
    ['a sales journal', { ...journal, details: { type: 'sales' } }, ['journal 50 no-purchase-journal']],
    [
      'a heading',
      { ...rent, details: { closedTo: 'everything' as const } },
      ['lines.0.glAccount 4400 heading'],
    ],
    [
      'an account for revenue',
      { ...rent, details: { closedTo: 'purchases' as const } },
      ['lines.0.glAccount 4400 no-purchase-account'],
    ],
    ['a blocked account', { ...rent, details: { blocked: true } }, ['lines.0.glAccount 4400 blocked']],
    [
      'a blocked VAT code',
      { ...high, active: false, details: { blocked: true } },
      ['lines.0.vatCode 2 blocked', 'lines.1.vatCode 2 blocked'],
    ],
    [
      'a VAT code for sales',
      { ...high, details: { direction: 'sales' } },
      ['lines.0.vatCode 2 not-for-purchase', 'lines.1.vatCode 2 not-for-purchase'],
    ],
  ])('and does not fit with %s', (_, changed, expected) => {
    expect(misfits(instead(changed))).toEqual(expected);
  });

  test('and does not fit with what is not there, or is there twice', () => {
    expect(misfits(known.filter((one) => one !== phone))).toEqual(['lines.1.glAccount 4410 unknown']);
    expect(misfits([...known, { ...phone, externalId: 'g-3' }])).toEqual([
      'lines.1.glAccount 4410 ambiguous',
    ]);
  });

  test('and an id that is a GUID is the same in capital letters, any other id or code is not', () => {
    const guid = '3c53f3c6-0d3e-4a37-b2c2-2a6e3f1f0001';
    const rows = [...known, row('relation', guid, 'ab', { details: { isSupplier: true } })];
    const named = (name: string) =>
      fit(booking({ supplier: name }), rows, null).rows['supplier']?.externalId ?? null;
    expect([guid, guid.toUpperCase(), `id:${guid.toUpperCase()}`].map(named)).toEqual([guid, guid, guid]);
    expect(['AB', 'code:AB', 'S-1', 'id:S-1', `code:${guid}`].map(named)).toEqual(Array(5).fill(null));
  });

  test('and names nothing where an id and a code meet, but says which rows may be meant', () => {
    const thirteen = row('relation', '13', '20', { details: { isSupplier: true } });
    const other = row('relation', '77', '13', { details: { isSupplier: true } });
    const rows = [...known, thirteen, other];
    expect(fit(booking({ supplier: '13' }), rows, null)).toMatchObject({
      misfits: [
        {
          field: 'supplier',
          why: 'ambiguous',
          said: 'id:77 is Row 77 (code 13), id:13 is Row 13 (code 20)',
        },
      ],
    });
    const named = (supplier: string) => fit(booking({ supplier }), rows, null).rows['supplier']?.externalId;
    expect([named('id:13'), named('code:13'), named('id:77'), named('20')]).toEqual(['13', '77', '77', '13']);
  });

  test('and looks among the rows of the kind that is named, for codes meet across kinds', () => {
    const everywhere = ['gl-account', 'vat-code', 'cost-centre', 'cost-unit', 'project'] as const;
    const same = everywhere.map((kind) => row(kind, `${kind}-7`, '7'));
    const lines = [
      {
        ...{ glAccount: '7', netAmount: '100.00', vatCode: '7', vatAmount: '21.00' },
        ...{ costCentre: '7', costUnit: '7', project: '7' },
      },
    ];
    expect(fit(booking({ lines }), [...same, supplier, journal], null)).toMatchObject({
      misfits: [],
      rows: {
        'lines.0.glAccount': { externalId: 'gl-account-7' },
        'lines.0.vatCode': { externalId: 'vat-code-7' },
        'lines.0.costCentre': { externalId: 'cost-centre-7' },
        'lines.0.costUnit': { externalId: 'cost-unit-7' },
        'lines.0.project': { externalId: 'project-7' },
      },
    });
    expect(misfits([...same.slice(0, 2), supplier, journal], { lines })).toEqual([
      'lines.0.costCentre 7 unknown',
      'lines.0.costUnit 7 unknown',
      'lines.0.project 7 unknown',
    ]);
  });

  test('and is never followed to another row that took over the code', () => {
    const pinned = fit(booking(), known, null).rows;
    expect(misfits(instead({ ...rent, externalId: 'g-9' }), {}, pinned)).toEqual([
      'lines.0.glAccount 4400 another-row',
    ]);
  });

  test.each(['2026-11-20', '2030-01-01'])('on the day of the document, whatever day it is: %s', (day) => {
    const named = (kind: 'costCentre' | 'project') => [
      { ...{ glAccount: '4400', netAmount: '100.00', vatCode: '2', vatAmount: '21.00' }, [kind]: 'X' },
    ];
    const centre = row('cost-centre', 'c-1', 'X', { details: { endDate: day } });
    const project = row('project', 'p-1', 'X', { details: { startDate: day } });
    const with_ = (one: KnownRow, kind: 'costCentre' | 'project', invoiceDate: string) =>
      misfits([...known, one], { lines: named(kind), invoiceDate });
    expect(with_(centre, 'costCentre', '2026-11-20')).toEqual([]);
    expect(with_(centre, 'costCentre', '2031-01-01')).toEqual(['lines.0.costCentre X ended']);
    expect(with_(project, 'project', '2026-11-19')).toEqual(['lines.0.project X not-begun']);
    expect(with_(project, 'project', '2031-01-01')).toEqual([]);
  });

  test('and does not fit with a project that ended before the invoice', () => {
    const ended = row('project', 'p-1', 'P1', { details: { endDate: '2026-11-19' } });
    const lines = [
      { glAccount: '4400', netAmount: '100.00', vatCode: '2', vatAmount: '21.00', project: 'P1' },
    ];
    expect(misfits([...known, ended], { lines })).toEqual(['lines.0.project P1 ended']);
    expect(misfits([...known, ended], { lines, invoiceDate: '2026-11-19' })).toEqual([]);
  });
});
