import { describe, expect, test } from '@jest/globals';
import type { Company, CompanyStatus } from '../../../domain/connections/company.ts';
import type { MasterDataKind } from '../../../domain/master-data.ts';
import { groupBarred, named } from '../../../domain/verification/barred.ts';
import { firstReach, type KnownReach } from '../../../domain/verification/first-reach.ts';
import { weigh } from '../../../domain/succession/change.ts';
import type { Barrier, Right } from '../../../domain/verification/verification.ts';

const cell = (companyId: string, kind: MasterDataKind, answer: Right['answer'] = 'yes'): Right => ({
  ...{ companyId, kind, answer, evidence: 'kind-list', barrier: null, checkedAt: '2026-11-23T10:00:00.000Z' },
  known: answer === 'unknown' ? null : answer,
});
const no = (companyId: string, kind: MasterDataKind, barrier: Barrier | null = 'user-right'): Right => ({
  ...cell(companyId, kind, 'no'),
  barrier,
});
const group = (matrix: readonly Right[]) =>
  groupBarred(
    matrix.filter(({ answer }) => answer === 'no'),
    matrix,
  );

describe('What cannot be read', () => {
  test('is told by what mends it: one kind of several companies is one thing', () => {
    const matrix = [no('1', 'item'), cell('1', 'relation'), no('2', 'item'), cell('2', 'relation')];
    expect(group(matrix)).toEqual([{ barrier: 'user-right', kind: 'item', companyIds: ['1', '2'] }]);
  });

  test('is everything of a company when nothing can be read for one reason', () => {
    const matrix = [no('1', 'item', 'blocked'), no('1', 'relation', 'blocked'), cell('2', 'item')];
    expect(group(matrix)).toEqual([{ barrier: 'blocked', kind: null, companyIds: ['1'] }]);
  });

  test('stays apart when the reasons differ, when a kind is open, and when one kind is all there is', () => {
    expect(group([no('1', 'item', 'blocked'), no('1', 'relation')])).toHaveLength(2);
    expect(group([no('1', 'item'), no('1', 'relation'), cell('1', 'journal')])).toHaveLength(2);
    expect(group([no('1', 'item')])).toEqual([{ barrier: 'user-right', kind: 'item', companyIds: ['1'] }]);
  });

  test('is a right of the user as long as nothing else is known', () => {
    expect(group([no('1', 'item', null), no('2', 'item')])).toEqual([
      { barrier: 'user-right', kind: 'item', companyIds: ['1', '2'] },
    ]);
  });

  test('is told of the companies that are given: everything first, then by kind, then by company', () => {
    const companies = ['9', '10', '11'].map((code) => ({ externalId: code, code, name: `N${code}` }));
    const barrier = 'user-right';
    const told = named(companies, [
      { barrier, kind: 'relation', companyIds: ['9'] },
      { barrier, kind: 'gl-account', companyIds: ['10', '12'] },
      { barrier: 'blocked', kind: 'gl-account', companyIds: ['9'] },
      { barrier, kind: null, companyIds: ['11'] },
    ]);
    expect(told.map(({ kind, companies: some }) => [kind, some])).toEqual([
      [null, [{ code: '11', name: 'N11' }]],
      ['gl-account', [{ code: '9', name: 'N9' }]],
      ['gl-account', [{ code: '10', name: 'N10' }]],
      ['relation', [{ code: '9', name: 'N9' }]],
    ]);
    expect(named([], [{ barrier, kind: null, companyIds: ['11'] }])[0]?.companies).toEqual([]);
  });
});

describe('A first login', () => {
  const company = (externalId: string, status: CompanyStatus = 'reachable'): Company => ({
    ...{ externalId, code: externalId, name: `N${externalId}`, status },
  });
  const all = [company('1'), company('2', 'no-access'), company('3')];
  const matrix = [no('1', 'item'), cell('1', 'relation'), cell('3', 'item', 'unknown'), cell('3', 'journal')];
  const reach = (linked: Company[], rights = matrix) =>
    firstReach({
      ...({ systemId: 's', login: 'l', looked: 'now' } as unknown as KnownReach),
      matrix: rights,
      linked,
      all,
    });

  test('is told what it may not read in the companies it reaches, and of how many that is not known', () => {
    expect(reach([])).toEqual({
      ...{ systemId: 's', login: 'l', looked: 'now', unknown: 1 },
      closed: [{ barrier: 'user-right', kind: 'item', companies: [{ code: '1', name: 'N1' }] }],
    });
  });

  test('is told of the linked ones alone, once there are some', () => {
    expect(reach([all[2]!])).toMatchObject({ closed: [], unknown: 1 });
    expect(reach([all[0]!])).toMatchObject({ closed: [{ kind: 'item' }], unknown: 0 });
  });

  test('counts a company nobody looked at as unknown', () => {
    expect(reach([all[1]!])).toMatchObject({ closed: [], unknown: 1 });
  });
});

describe('A candidate is weighed against the login in use', () => {
  const linked = new Set(['1', '2']);

  test('by the linked companies in which each reads anything', () => {
    const inUse = [cell('1', 'item'), cell('1', 'relation'), no('2', 'item'), cell('3', 'item')];
    const candidate = [cell('1', 'item'), cell('2', 'item'), cell('2', 'relation'), cell('3', 'item')];
    expect(weigh(inUse, candidate, linked)).toMatchObject({ reachBefore: 1, reachAfter: 2 });
  });

  test('and a linked company that nobody looked at with the login in use counts as one it reads', () => {
    const unread: Right = { ...no('2', 'item'), evidence: 'no-answer' };
    const weighed = weigh([cell('1', 'item')], [cell('1', 'item'), unread], linked);
    expect(weighed).toMatchObject({ reachBefore: 2, reachAfter: 1 });
    expect(weighed.lost).toHaveLength(1);
    expect(
      weigh([cell('1', 'item')], [cell('1', 'item'), { ...unread, companyId: '3' }], linked),
    ).toMatchObject({
      ...{ reachBefore: 1, lost: [] },
    });
    expect(weigh([cell('1', 'item')], [no('2', 'item')], linked)).toMatchObject({ reachBefore: 1 });
  });
});
