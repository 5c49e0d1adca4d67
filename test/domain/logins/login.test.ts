import { describe, expect, test } from '@jest/globals';
import {
  judgeFirstLogin,
  judgePersonal,
  judgeReconnect,
  type FoundLogin,
} from '../../../domain/logins/login.ts';

const login = (user: string, environmentId = 'licence-1') => ({
  grantId: `c/${user}`,
  accountingUserId: user,
  accountingUserName: user,
  environmentId,
  environmentName: environmentId,
});
const found = (more: Partial<FoundLogin> = {}): FoundLogin => ({
  login: login('CX_Basecone'),
  total: 3,
  reachable: 3,
  linked: 3,
  missing: [],
  usedBy: null,
  ...more,
});
const expected = login('CX_Basecone');

describe('a first login', () => {
  test('of anybody who reaches something fits', () => {
    expect(judgeFirstLogin(found({ reachable: 1 }))).toBe('fits');
  });
  test('that reaches nothing, or that another connection uses, does not', () => {
    expect(judgeFirstLogin(found({ reachable: 0 }))).toBe('no-companies');
    expect(judgeFirstLogin(found({ usedBy: 'The other one' }))).toBe('login-in-use');
  });
});

describe('a reconnect', () => {
  test('that reaches none of the companies that are left does not fit, however many were linked before', () => {
    expect(judgeReconnect(found({ linked: 2, missing: ['1', '2'] }), expected)).toBe('no-companies');
  });
  test('of the same user fits, also when a company is missing now', () => {
    expect(judgeReconnect(found({ missing: ['3'] }), expected)).toBe('fits');
  });
  test('of another user, in another environment, or without any linked company does not', () => {
    expect(judgeReconnect(found({ login: login('T.deVries') }), expected)).toBe('wrong-user');
    expect(judgeReconnect(found({ login: login('CX_Basecone', 'licence-2') }), expected)).toBe(
      'wrong-environment',
    );
    expect(judgeReconnect(found({ missing: ['1', '2', '3'] }), expected)).toBe('no-companies');
  });
  test('fits while no company is linked yet', () => {
    expect(judgeReconnect(found({ reachable: 0, linked: 0 }), expected)).toBe('fits');
  });
});

describe('a person’s own login', () => {
  test('may be any user of the environment, whatever they reach', () => {
    expect(judgePersonal(found({ login: login('T.deVries'), missing: ['1', '2'] }), expected)).toBe('fits');
    expect(judgePersonal(found(), null)).toBe('fits');
  });
  test('in another environment, or that another connection uses, does not fit', () => {
    expect(judgePersonal(found({ login: login('T.deVries', 'licence-2') }), expected)).toBe(
      'wrong-environment',
    );
    expect(judgePersonal(found({ usedBy: 'The other one' }), expected)).toBe('login-in-use');
  });
});
