import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import getPort from 'get-port';
import { createTryton } from '../../../accounting/tryton/adapter.ts';
import type { Company } from '../../../domain/connections/company.ts';
import { firstTimeMs, startOwnTryton, type OwnTryton } from '@syncuser/tryton-sandbox';
import { logInAs, readAll, type LoggedIn } from './open-tryton.ts';
import { failureOf } from '../failure-of.ts';

let tryton: OwnTryton;
let address: { baseUrl: string; database: string };
beforeAll(async () => {
  tryton = await startOwnTryton();
  address = { baseUrl: tryton.url, database: tryton.database };
  // A user kept apart for wrong passwords: Tryton answers the next login of such a user more slowly.
  await tryton.desk.create('res.user', [{ login: 'm.visser', name: 'Max Visser', password: 'Max-2026' }]);
}, firstTimeMs);
afterAll(() => tryton.stop());

async function companyOf({ session }: LoggedIn, code: string): Promise<Company> {
  const company = (await session.companies()).find((candidate) => candidate.code === code);
  if (!company) throw new Error(`no company ${code}`);
  return company;
}

const readAccounts = ({ session }: LoggedIn, company: Company) =>
  readAll(session, { company, kind: 'gl-account', checkpoint: null });

function redeem(system: ReturnType<typeof createTryton>, values: Record<string, string>) {
  if (system.signIn.kind !== 'form') throw new Error('Tryton logs in by a form');
  return system.signIn.redeem({ values });
}

describe('Logging in to Tryton', () => {
  test('asks for a user name and a password, and hides only the password', () => {
    expect(createTryton(address).signIn).toMatchObject({
      kind: 'form',
      fields: [
        { name: 'userName', secret: false },
        { name: 'password', secret: true },
      ],
    });
  });

  test.each([{ userName: 'm.visser', password: 'wrong' }, { userName: 'm.visser', password: '' }, {}])(
    'with %j is refused',
    async (values) => {
      const meaning = await failureOf(redeem(createTryton(address), values));

      expect(meaning).toEqual({ about: 'login', reason: 'credentials-refused' });
    },
  );

  test('to a database that is not there says so', async () => {
    const login = redeem(createTryton({ ...address, database: 'elders' }), { userName: 'a', password: 'b' });

    await expect(login).rejects.toThrow('Tryton database "elders", common.db.login: 404');
    expect(await failureOf(login)).toEqual({ about: 'reply' });
  });

  test('to a server that is down is a delay', async () => {
    const baseUrl = `http://127.0.0.1:${await getPort()}`;
    const login = redeem(createTryton({ ...address, baseUrl }), { userName: 'a', password: 'b' });

    expect(await failureOf(login)).toEqual({ about: 'delay', reason: 'outage', until: null });
  });

  test(
    'too often with a wrong password is a delay: Tryton has locked the login for a while',
    async () => {
      const strict = await startOwnTryton({ maxAttempts: 0 });
      try {
        const system = createTryton({ baseUrl: strict.url, database: strict.database });
        const wrong = { userName: 's.jansen', password: 'wrong' };

        expect(await failureOf(redeem(system, wrong))).toMatchObject({ about: 'login' });
        expect(await failureOf(redeem(system, wrong))).toEqual({
          about: 'delay',
          reason: 'rate-limit',
          until: null,
        });
      } finally {
        await strict.stop();
      }
    },
    firstTimeMs,
  );
});

describe('A session with Tryton that is over', () => {
  test('is renewed by one login, however many calls find out', async () => {
    const sanne = await logInAs('s.jansen', address);
    // Tryton ends every session of a user whose password is set, also to the same one.
    await tryton.control.turn('change-password', { login: 's.jansen', password: 'Sanne-2026' });

    const [me, companies, kinds] = await Promise.all([
      sanne.session.whoAmI(),
      sanne.session.companies(),
      sanne.session.kinds(),
    ]);

    expect(me.userName).toBe('s.jansen');
    expect([companies.length, kinds.length]).toEqual([5, 9]);
    expect(sanne.vault.generation).toBe(2);
  });

  test('belongs to its host, for Tryton ties it to an address: each host logs in once, whoever calls in between', async () => {
    const { vault, session } = await logInAs('s.jansen', { ...address, host: 'server' });
    const worker = createTryton({ ...address, host: 'worker' }).open(vault);
    await Promise.all([worker.companies(), worker.kinds()]);
    for (let times = 0; times < 3; times += 1) {
      expect((await session.whoAmI()).userName).toBe('s.jansen');
      expect((await worker.whoAmI()).userName).toBe('s.jansen');
    }
    expect(vault.generation).toBe(2);
    const { sessions } = (await vault.read()).credential.secret as { sessions: Record<string, object> };
    expect(Object.keys(sessions)).toEqual(['server', 'worker']);

    await tryton.control.turn('change-password', { login: 's.jansen', password: 'Sanne-2026' });
    await Promise.all([session.companies(), worker.companies(), session.kinds(), worker.kinds()]);
    expect(vault.generation).toBe(4);
  });

  test('is opened by one login when the grant has none yet', async () => {
    const sanne = await logInAs('s.jansen', address);
    sanne.vault.put({ secret: { userName: 's.jansen', password: 'Sanne-2026' }, expiresAt: null });

    expect((await sanne.session.whoAmI()).userName).toBe('s.jansen');
    expect(sanne.vault.generation).toBe(3);
  });

  test('is a broken link when the password was changed, and the old password is tried once only', async () => {
    const tom = await logInAs('t.devries', address);
    await tryton.control.turn('change-password', { login: 't.devries', password: 'Anders-2026' });
    const refused = { about: 'link', cause: 'credentials-refused' };
    expect(await failureOf(tom.session.companies())).toEqual(refused);

    // Were the old password tried again, it would be right now; a session of another process must not try it either.
    await tryton.control.turn('change-password', { login: 't.devries', password: 'Tom-2026' });

    expect(await failureOf(tom.session.companies())).toEqual(refused);
    expect(await failureOf(tom.system.open(tom.vault).whoAmI())).toEqual(refused);
    expect(tom.vault.generation).toBe(2);
  });

  test('that was refused is tried once more six hours later: a user who is active again is let in', async () => {
    let now = new Date();
    const petra = await logInAs('p.peeters', { ...address, now: () => now });
    await tryton.control.turn('deactivate', { login: 'p.peeters' });
    const refused = { about: 'link', cause: 'credentials-refused' };
    expect(await failureOf(petra.session.whoAmI())).toEqual(refused);
    await tryton.control.turn('activate', { login: 'p.peeters' });
    now = new Date(now.getTime() + 5 * 3_600_000);
    expect(await failureOf(petra.session.whoAmI())).toEqual(refused);
    now = new Date(now.getTime() + 3_600_000);
    expect((await petra.session.whoAmI()).userName).toBe('p.peeters');
  });

  test('is a broken link when the user was deactivated, which Tryton tells no different', async () => {
    const petra = await logInAs('p.peeters', address);
    await tryton.control.turn('deactivate', { login: 'p.peeters' });
    try {
      expect(await failureOf(petra.session.whoAmI())).toEqual({
        about: 'link',
        cause: 'credentials-refused',
      });
    } finally {
      await tryton.control.turn('activate', { login: 'p.peeters' });
    }
  });
});

describe('Rights in Tryton', () => {
  test('a company that was taken away is no access, never a company without accounts', async () => {
    const basecone = await logInAs('cx_basecone', address);
    const company = await companyOf(basecone, '104');
    await tryton.control.turn('take-company', { login: 'cx_basecone', company: '104' });

    expect(await failureOf(readAccounts(basecone, company))).toEqual({
      about: 'company',
      status: 'no-access',
    });
    expect(await companyOf(basecone, '104')).toMatchObject({ status: 'no-access' });

    await tryton.control.turn('give-company', { login: 'cx_basecone', company: '104' });
    expect((await readAccounts(basecone, company))[0]?.rows.length).toBeGreaterThan(100);
  });

  test('a user who filters on their current company reaches only that one', async () => {
    const basecone = await logInAs('cx_basecone', address);
    const [current, other] = [await companyOf(basecone, '101'), await companyOf(basecone, '102')];
    await tryton.control.turn('filter-companies', { login: 'cx_basecone', to: 'one' });
    try {
      const reachable = (await basecone.session.companies()).filter(({ status }) => status === 'reachable');

      expect(reachable.map(({ code }) => code)).toEqual(['101']);
      expect(await failureOf(readAccounts(basecone, other))).toEqual({
        about: 'company',
        status: 'no-access',
      });
      expect((await readAccounts(basecone, current))[0]?.rows.length).toBeGreaterThan(100);
    } finally {
      await tryton.control.turn('filter-companies', { login: 'cx_basecone', to: 'all' });
    }
  });

  test('a kind that may not be read is a missing right, and the other kinds go on', async () => {
    const basecone = await logInAs('cx_basecone', address);
    const company = await companyOf(basecone, '101');
    await tryton.control.turn('forbid-reading', { model: 'account.tax' });
    try {
      const taxes = readAll(basecone.session, { company, kind: 'vat-code', checkpoint: null });
      const journals = readAll(basecone.session, { company, kind: 'journal', checkpoint: null });

      await expect(taxes).rejects.toThrow('You are not allowed to');
      expect(await failureOf(taxes)).toEqual({ about: 'right' });
      expect((await journals)[0]?.rows.length).toBeGreaterThan(5);
    } finally {
      await tryton.control.turn('allow-reading', { model: 'account.tax' });
    }
  });

  test('a kind that Tryton does not have is no right to it', async () => {
    const basecone = await logInAs('cx_basecone', address);
    const company = await companyOf(basecone, '101');

    expect(
      await failureOf(readAll(basecone.session, { company, kind: 'cost-unit', checkpoint: null })),
    ).toEqual({
      about: 'right',
    });
  });
});
