import { describe, expect, test } from '@jest/globals';
import { fit, type KnownRow } from '../../domain/booking-fit.ts';
import { booking } from '../booking.ts';

const row = (
  kind: KnownRow['kind'],
  externalId: string,
  code: string,
  more: Partial<KnownRow> = {},
): KnownRow => ({
  kind,
  externalId,
  code,
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

  test('and is never followed to another row that took over the code', () => {
    const pinned = fit(booking(), known, null).rows;
    expect(misfits(instead({ ...rent, externalId: 'g-9' }), {}, pinned)).toEqual([
      'lines.0.glAccount 4400 another-row',
    ]);
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
