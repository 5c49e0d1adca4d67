import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { logIn } from '../client.ts';
import { companies, users, years } from '../office.ts';
import { firstTimeMs, startOwnTryton, type OwnTryton } from '../own-tryton.ts';

let tryton: OwnTryton;
beforeAll(async () => void (tryton = await startOwnTryton()), firstTimeMs);
afterAll(() => tryton.stop());

async function companiesOf(as: { login: string; password: string }): Promise<unknown> {
  const user = await logIn(tryton, as);
  return user.call('model.res.user.read', [[user.id], ['companies.party.code'], {}]);
}

describe('The books of the demo office', () => {
  test.each(users)('$login gets in with the password of the README and has their companies', async (user) => {
    const [record] = (await companiesOf(user)) as [{ 'companies.': { 'party.': { code: string } }[] }];

    expect(record['companies.'].map((company) => company['party.'].code).sort()).toEqual([...user.companies]);
  });

  test('every company has a chart of accounts, taxes, cost centres, projects and months to book in', async () => {
    for (const { code } of companies) {
      const company = await tryton.desk.only('company.company', [['party.code', '=', code]]);
      const count = async (model: string) =>
        (await tryton.desk.find(model, [['company', '=', company]])).length;

      expect(await count('account.account')).toBeGreaterThan(100);
      expect(await count('account.tax')).toBe(6);
      expect(await count('analytic_account.account')).toBeGreaterThan(2);
      expect(await count('project.work')).toBeGreaterThan(0);
      expect(await count('account.period')).toBe(12 * years.length);
    }
  });
});
