import { describe, expect, test } from '@jest/globals';
import {
  newsKinds,
  newsOf,
  type ChangedRow,
  type RowContent,
} from '../../../domain/sync/master-data-news.ts';
import type { MasterDataKind } from '../../../domain/master-data.ts';

const since = '2026-11-23T10:00:00.000Z';
const before = '2026-11-01T10:00:00.000Z';

function differences(
  kind: MasterDataKind,
  was: RowContent['details'],
  is: RowContent['details'],
  more: Partial<ChangedRow> = {},
) {
  const content = { code: '5', name: 'Name', active: true };
  const row: ChangedRow = {
    ...{ kind, ...content, details: is, firstSeenAt: before, modifiedAt: null, deletedAt: null },
    previous: { ...content, details: was, deletedAt: null, until: null },
    ...more,
  };
  return newsOf(row, since)?.differences;
}
const open = (fact: string, from: unknown, to: unknown) => ({ fact, from, to, private: false });
const hidden = (fact: string) => ({ fact, from: null, to: null, private: true });

describe('What changed is told', () => {
  test.each<[MasterDataKind, string, string]>([
    ['vat-code', 'percentage', 'percentage'],
    ['vat-code', 'direction', 'direction'],
    ['gl-account', 'type', 'type'],
    ['gl-account', 'balanceSide', 'balance side'],
    ['gl-account', 'statement', 'statement'],
    ['gl-account', 'vatCode', 'VAT code'],
  ])('of a %s with both values: %s', (kind, name, fact) => {
    expect(differences(kind, { [name]: 'old' }, { [name]: 'new' })).toEqual([open(fact, 'old', 'new')]);
  });

  test('of a supplier without the numbers that name a person or a firm', () => {
    const numbers = (value: string) => ({
      ...{ isSupplier: true, vatNumber: value, chamberOfCommerce: value, country: value },
    });
    expect(differences('relation', numbers('A'), numbers('B'))).toEqual([
      hidden('VAT number'),
      hidden('chamber of commerce number'),
      open('country', 'A', 'B'),
    ]);
  });

  test('of an account of a relation without its number and its owner', () => {
    const was = { fingerprint: 'a', relationId: '1' };
    expect(differences('bank-account', was, { fingerprint: 'b', relationId: '2' })).toEqual([
      hidden('number'),
      hidden('owner'),
    ]);
  });

  test('of the own bank account without its number', () => {
    const was = { type: 'bank', iban: 'A', currency: 'EUR' };
    expect(differences('journal', was, { type: 'bank', iban: 'B', currency: 'USD' })).toEqual([
      hidden('IBAN'),
      open('currency', 'EUR', 'USD'),
    ]);
  });

  test('with its numbers and switches as text, and nothing of what is neither', () => {
    expect(differences('vat-code', { percentage: 19 }, { percentage: 21 })).toEqual([
      open('percentage', '19', '21'),
    ]);
    expect(differences('vat-code', { percentage: true }, { percentage: false })).toEqual([
      open('percentage', 'true', 'false'),
    ]);
    expect(differences('vat-code', { percentage: { of: 1 } }, { percentage: { of: 2 } })).toBeUndefined();
  });

  test('with a new name', () => {
    const previous = { code: '5', name: 'Before', active: true, details: {}, deletedAt: null, until: null };
    expect(differences('vat-code', {}, {}, { previous })).toEqual([open('name', 'Before', 'Name')]);
  });

  test('with what else is other, when a closed row is used again', () => {
    const details = { percentage: '19' };
    const previous = { code: '5', name: 'Name', active: false, details, deletedAt: null, until: null };
    expect(differences('vat-code', {}, { percentage: '21' }, { previous })).toEqual([
      open('status', 'closed', 'in use'),
      open('percentage', '19', '21'),
    ]);
  });
});

test('What happens at the very moment since which news are asked for is news', () => {
  const details = { percentage: '21' };
  expect(differences('vat-code', {}, details, { firstSeenAt: since, previous: null })).toEqual([]);
  const previous = { code: '5', name: 'Name', active: true, details: {}, deletedAt: null, until: since };
  expect(differences('vat-code', {}, details, { previous })).toEqual([open('percentage', null, '21')]);
});

test('News are looked for among the kinds that those who book ask about', () => {
  expect(newsKinds).toEqual(['gl-account', 'relation', 'bank-account', 'vat-code', 'journal']);
});
