import { describe, expect, test } from '@jest/globals';
import { byCode, eventOf, type Company, type CompanyStatus } from '../../../domain/connections/company.ts';

const company = (status: CompanyStatus, changes: Partial<Company> = {}): Company => ({
  ...{ externalId: '1', code: '101', name: 'Bakery', status },
  ...changes,
});
const event = (linked: boolean, before: CompanyStatus, now: CompanyStatus, changes: Partial<Company> = {}) =>
  eventOf({ ...company(before), linked }, company(now, changes));

test('companies stand as people count', () => {
  const codes = [{ code: '10' }, { code: null }, { code: '9' }];
  expect(codes.toSorted(byCode).map(({ code }) => code)).toEqual([null, '9', '10']);
});

describe('Of a company that is not linked', () => {
  test('it is news that it can be linked now', () => {
    expect(event(false, 'no-access', 'reachable')).toBe('appeared');
  });

  test('nothing else is', () => {
    expect(event(false, 'reachable', 'reachable', { name: 'Baker' })).toBeNull();
    expect(event(false, 'no-access', 'archived')).toBeNull();
    expect(event(false, 'reachable', 'no-access')).toBeNull();
  });
});

describe('Of a linked company', () => {
  test('it is news that it was archived, and that it came back, each once', () => {
    expect(event(true, 'reachable', 'archived')).toBe('archived');
    expect(event(true, 'archived', 'archived')).toBeNull();
    expect(event(true, 'archived', 'reachable')).toBe('back');
    expect(event(true, 'archived', 'gone')).toBeNull();
    expect(event(true, 'blocked', 'reachable')).toBeNull();
  });

  test('it is news that its code or its name is another one', () => {
    expect(event(true, 'reachable', 'reachable', { code: '102' })).toBe('renamed');
    expect(event(true, 'reachable', 'reachable', { name: 'Baker' })).toBe('renamed');
    expect(event(true, 'reachable', 'reachable')).toBeNull();
  });

  test('that it is lost is not told here', () => {
    expect(event(true, 'reachable', 'no-access')).toBeNull();
  });
});
