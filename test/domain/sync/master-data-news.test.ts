import { describe, expect, test } from '@jest/globals';
import {
  createNewsCount,
  namedNews,
  newsOf,
  type ChangedRow,
  type Owner,
  type RowContent,
} from '../../../domain/sync/master-data-news.ts';
import type { MasterDataKind } from '../../../domain/master-data.ts';

const since = '2026-11-23T10:00:00.000Z';
const before = '2026-11-01T10:00:00.000Z';
const after = '2026-11-23T11:00:00.000Z';

const content = (changes: Partial<RowContent> = {}): RowContent => ({
  code: '5',
  name: 'Btw hoog',
  active: true,
  details: { percentage: '21', direction: 'sales' },
  ...changes,
});
const row = (
  changes: Partial<ChangedRow> = {},
  was: (Partial<RowContent> & { deletedAt?: string; until?: string }) | null = null,
): ChangedRow => ({
  kind: 'vat-code',
  ...content(),
  firstSeenAt: before,
  modifiedAt: null,
  deletedAt: null,
  ...changes,
  previous: was && { deletedAt: null, until: null, ...content(), ...was },
});

describe('What people hear of a row', () => {
  test.each<[string, ChangedRow, string | null]>([
    ['that came', row({ firstSeenAt: after }), 'new'],
    ['that came and is blocked', row({ firstSeenAt: after, active: false }), null],
    ['that came and went', row({ firstSeenAt: after, deletedAt: after }), null],
    ['that was deleted', row({ deletedAt: after }, { name: 'of long ago' }), 'closed'],
    ['that was blocked long ago and is deleted now', row({ active: false, deletedAt: after }), null],
    [
      'that was blocked before by what the package says, and is deleted now',
      row({ active: false, deletedAt: after, modifiedAt: before }, {}),
      null,
    ],
    [
      'that was blocked and deleted',
      row({ active: false, deletedAt: after, modifiedAt: after }, {}),
      'closed',
    ],
    ['that was blocked', row({ active: false }, {}), 'closed'],
    ['that was blocked before as well', row({ active: false }, { active: false, name: 'x' }), null],
    ['that is used again', row({}, { active: false }), 'changed'],
    ['that came back', row({}, { deletedAt: before }), 'changed'],
    ['that has another name', row({}, { name: 'Btw 21 %' }), 'changed'],
    ['that has another name since then', row({}, { name: 'Btw 21 %', until: after }), 'changed'],
    ['that had another name long ago, and was touched', row({}, { name: 'x', until: before }), null],
    [
      'that was blocked long ago, was touched, and is deleted now',
      row({ active: false, deletedAt: after, modifiedAt: after }, { until: before }),
      null,
    ],
    ['of which nothing that matters changed', row({}, { details: content().details }), null],
    ['of a kind that is not asked about', row({ kind: 'item', firstSeenAt: after }), null],
  ])('%s', (_name, changed, what) => {
    expect(newsOf(changed, since)?.what ?? null).toBe(what);
  });

  test('says what was and what is', () => {
    const changed = row({}, { code: '4', details: { percentage: '19', direction: 'sales' } });
    expect(newsOf(changed, since)?.differences).toEqual([
      { fact: 'percentage', from: '19', to: '21', private: false },
      { fact: 'code', from: '4', to: '5', private: false },
    ]);
  });

  test.each<[MasterDataKind, RowContent['details'], string | null]>([
    ['relation', { isSupplier: true }, 'supplier'],
    ['relation', { isSupplier: false, isCustomer: true }, null],
    ['journal', { type: 'bank' }, 'bank-account'],
    ['journal', { type: '20', iban: 'NL91ABNA0417164300' }, 'bank-account'],
    ['journal', { type: 'sales' }, null],
    ['gl-account', {}, 'gl-account'],
  ])('a %s with %j is a %s', (kind, details, subject) => {
    expect(newsOf(row({ kind, details, firstSeenAt: after }), since)?.subject ?? null).toBe(subject);
  });

  test('the number of a bank account is nobody’s to read, that it changed is', () => {
    const changed = row(
      { kind: 'journal', details: { type: 'bank', iban: 'NL91ABNA0417164300' } },
      { details: { type: 'bank', iban: 'NL02RABO0123456789' } },
    );
    expect(newsOf(changed, since)?.differences).toEqual([
      { fact: 'IBAN', from: null, to: null, private: true },
    ]);
  });

  describe('that is a bank account of a relation', () => {
    const account = (changes: Partial<ChangedRow>, was: Parameters<typeof row>[1] = null) =>
      row(
        {
          ...{ kind: 'bank-account', code: null, name: 'De Vries (of long ago)' },
          ...{ details: { fingerprint: 'new', main: true } },
          ...{ owner: { code: '20010', name: 'De Vries', isSupplier: true } },
          ...changes,
        },
        was && { code: null, ...was },
      );

    test('says of which supplier, and that the number is another one, and no number', () => {
      expect(newsOf(account({}, { details: { fingerprint: 'old', main: true } }), since)).toEqual({
        ...{ subject: 'account-of-supplier', what: 'changed', code: '20010', name: 'De Vries' },
        differences: [{ fact: 'number', from: null, to: null, private: true }],
      });
    });

    test('says that another one is the main one now', () => {
      const changed = account({}, { details: { fingerprint: 'new', main: false } });
      expect(newsOf(changed, since)?.differences).toEqual([
        { fact: 'main account', from: 'no', to: 'yes', private: false },
      ]);
    });

    test('is no news when only its supplier is called otherwise', () => {
      expect(newsOf(account({}, { name: 'Vries', details: account({}).details }), since)).toBeNull();
    });

    test.each<[string, Partial<ChangedRow>, string | null]>([
      ['new', { firstSeenAt: after }, 'new'],
      ['deleted', { deletedAt: after }, 'closed'],
      ['blocked', { active: false }, 'closed'],
    ])('is told when it is %s', (_name, changes, what) => {
      expect(newsOf(account(changes, 'firstSeenAt' in changes ? null : {}), since)?.what).toBe(what);
    });

    test.each<[string, Owner | null, string | null]>([
      ['a supplier', { code: '1', name: 'x', isSupplier: true }, 'account-of-supplier'],
      [
        'a relation of which nobody says so',
        { code: '1', name: 'x', isSupplier: null },
        'account-of-relation',
      ],
      ['nobody that is known', null, 'account-of-relation'],
      ['a customer', { code: '1', name: 'x', isSupplier: false }, null],
    ])('of %s', (_name, owner, subject) => {
      expect(newsOf(account({ owner, firstSeenAt: after }), since)?.subject ?? null).toBe(subject);
    });
  });

  const customer = { details: { isSupplier: false, isCustomer: true } };
  const supplier = { details: { isSupplier: true, isCustomer: true } };
  test.each<[string, Partial<ChangedRow>, string | null]>([
    ['is bought from as well is a new supplier', supplier, 'new'],
    ['is bought from as well and is blocked is none', { ...supplier, active: false }, null],
    [
      'became a supplier once is one that closed when it is deleted',
      { ...supplier, deletedAt: after },
      'closed',
    ],
  ])('a customer that %s', (_name, changes, what) => {
    const changed = row({ kind: 'relation', ...changes }, customer);
    expect(newsOf(changed, since)?.what ?? null).toBe(what);
  });

  test('a relation that buys no more is a supplier that closed', () => {
    const changed = row(
      { kind: 'relation', details: { isSupplier: false } },
      { details: { isSupplier: true } },
    );
    expect(newsOf(changed, since)).toMatchObject({ subject: 'supplier', what: 'closed' });
  });
});

test('a row that changed once more while the news were read is counted once', () => {
  const count = createNewsCount(3);
  const news = newsOf(row({ firstSeenAt: after }), since)!;
  for (const externalId of ['1', '2', '1']) count.add({ companyId: 'a', kind: 'vat-code', externalId }, news);
  count.add({ companyId: 'b', kind: 'vat-code', externalId: '1' }, news);
  expect(count.result().map(({ subjects }) => subjects[0]?.new)).toEqual([2, 1]);
});

test('the first few of a company are those with the first codes, as people count', () => {
  const count = createNewsCount(3);
  for (const code of ['100', '10', '9', '2'])
    count.add(
      { companyId: 'a', kind: 'vat-code', externalId: code },
      newsOf(row({ code, firstSeenAt: after }), since)!,
    );
  const [company] = count.result();
  expect(company?.subjects[0]?.first.map(({ code }) => code)).toEqual(['2', '9', '10']);
});

test('companies come by their codes as people count, and what is not linked is left out', () => {
  const linked = ['10', '9'].map((code) => ({ externalId: `d-${code}`, code, name: code }));
  const news = ['d-10', 'd-unlinked', 'd-9'].map((companyId) => ({ companyId, subjects: [] }));
  expect(namedNews(news, linked).map(({ company }) => company.code)).toEqual(['9', '10']);
});
