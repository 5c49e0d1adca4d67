import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { FailureMeaning } from '../../accounting/failure.ts';
import { findRights } from '../../accounting/rights.ts';
import type {
  AccountingSession,
  AccountingSystem,
  Credential,
  MasterDataPage,
} from '../../accounting/port.ts';
import type { MasterDataKind, MasterDataRow } from '../../domain/master-data.ts';
import { failureOf } from './failure-of.ts';
import type { Front } from './front.ts';
import { createMemoryVault, type MemoryVault } from './memory-vault.ts';

/** How one accounting system is operated from outside: what its people and its administrator do. */
export interface OperatedSystem {
  system: AccountingSystem;
  /** Between the adapter and the package. */
  front: Front;
  /** Logs in as a synchronisation user that reaches more than one company. */
  logIn(): Promise<Credential>;
  /** The name of that login. */
  userName: string;
  /** A login that the package refuses. */
  logInWrongly(): Promise<unknown>;
  /** The human turns back on the login page; null where there is none. */
  cancelLogin: (() => Promise<unknown>) | null;
  /** Undoes whatever an earlier test broke. */
  mend(): Promise<void>;
  /** Changes one row, and no more. */
  change(kind: MasterDataKind, companyId: string, row: MasterDataRow): Promise<void>;
  /** Deletes one row; null where the package tells nobody of it. */
  remove: ((kind: MasterDataKind, companyId: string) => Promise<void>) | null;
  breakLogin(): Promise<void>;
  /** Null where the package has no limit for reading. */
  limit: (() => Promise<void>) | null;
  loseCompany(companyId: string): Promise<void>;
  loseRight(kind: MasterDataKind, companyId: string): Promise<void>;
  close(): Promise<void>;
}

export interface SystemUnderContract {
  open(): Promise<OperatedSystem>;
  openWithinMs?: number;
  /** The kinds it has; every one must have a row in the first company. */
  kinds: readonly MasterDataKind[];
  /** Kinds whose deletions the package tells. */
  tellsDeletions: readonly MasterDataKind[];
  /** A kind that has several pages. */
  longKind: MasterDataKind;
  /** A kind whose right can be taken away, and one that must still be read then. */
  rights: { lost: MasterDataKind; kept: MasterDataKind };
  brokenLogin: FailureMeaning;
  refusedLogin: FailureMeaning;
}

/** What every accounting system must keep, whatever package is behind it (accounting/port.ts). */
export function keepsTheContract(contract: SystemUnderContract): void {
  let at: OperatedSystem;
  let vault: MemoryVault;
  let session: AccountingSession;
  let company: { externalId: string };
  beforeAll(async () => {
    at = await contract.open();
  }, contract.openWithinMs);
  afterAll(() => at.close());
  beforeEach(async () => {
    await at.mend();
    vault = createMemoryVault(await at.logIn());
    session = at.system.open(vault);
    const first = (await session.companies()).find(({ status }) => status === 'reachable');
    company = { externalId: first?.externalId ?? '' };
  });
  afterEach(() => at.front.answerWith(null));

  async function read(kind: MasterDataKind, checkpoint: string | null = null, from = session) {
    const pages: MasterDataPage[] = [];
    for await (const page of from.read({ company, kind, checkpoint })) pages.push(page);
    return {
      pages: pages.length,
      whole: pages.map(({ whole }) => whole),
      rows: pages.flatMap(({ rows }) => rows),
      deleted: pages.flatMap(({ deleted }) => deleted),
      checkpoint: pages.at(-1)?.checkpoint ?? checkpoint,
    };
  }

  /** As if the process died after every page: another session goes on from what the last page said. */
  async function readWithCrashes(kind: MasterDataKind): Promise<MasterDataRow[]> {
    const rows: MasterDataRow[] = [];
    let checkpoint: string | null = null;
    for (let page = 0; page < 1_000; page++) {
      const run = at.system.open(vault).read({ company, kind, checkpoint })[Symbol.asyncIterator]();
      const { value, done } = (await run.next()) as { value: MasterDataPage; done?: boolean };
      await run.return?.();
      if (done || (value.rows.length === 0 && value.checkpoint === checkpoint)) break;
      rows.push(...value.rows);
      if (value.rows.length === 0) break;
      ({ checkpoint } = value);
    }
    return rows;
  }

  describe('A login', () => {
    test('opens a session that says who is logged in, and where, the same every time', async () => {
      const me = await session.whoAmI();
      expect(me.userName).toBe(at.userName);
      expect(Object.values(me).map(String)).not.toContain('');
      const again = at.system.open(createMemoryVault(await at.logIn()));
      expect(await again.whoAmI()).toEqual(me);
    });

    test('that is refused, is', async () => {
      expect(await failureOf(at.logInWrongly())).toEqual(contract.refusedLogin);
    });

    test('that a human turns back from is no failure of the login', async () => {
      if (!at.cancelLogin) return expect(at.system.signIn.kind).toBe('form');
      expect(await failureOf(at.cancelLogin())).toEqual({ about: 'login', reason: 'login-cancelled' });
    });

    test('makes no call before it is used', () => {
      const before = at.front.asked();
      at.system.open(vault);
      expect(at.front.asked()).toBe(before);
    });

    test('that is kept alive says when it dies, and costs nothing while it is young', async () => {
      const before = at.front.asked();
      const kept = await session.keepAlive?.();
      expect(kept?.renewed ?? false).toBe(false);
      expect(kept?.expiresAt ?? null).toBe((await vault.read()).credential.expiresAt);
      expect(at.front.asked()).toBe(before);
    });
  });

  describe('Its companies', () => {
    test('are listed once each, with a name, a code and whether the login gets in', async () => {
      const companies = await session.companies();
      expect(companies.length).toBeGreaterThan(1);
      expect(new Set(companies.map(({ externalId }) => externalId)).size).toBe(companies.length);
      for (const { code, name } of companies) expect([code.length, name.length]).not.toContain(0);
      expect(companies.filter(({ status }) => status === 'reachable').length).toBeGreaterThan(1);
    });

    test('have the kinds that the system has', async () => {
      expect([...(await session.kinds())].sort()).toEqual([...contract.kinds].sort());
    });

    test('that were taken away are not to be had, and never look empty', async () => {
      // The last one: some packages do not let go of the company a user is working in.
      const reachable = (await session.companies()).filter(({ status }) => status === 'reachable');
      company = { externalId: reachable.at(-1)?.externalId ?? '' };
      await at.loseCompany(company.externalId);
      const meaning = { about: 'company', status: 'no-access' };
      expect(await failureOf(read(contract.rights.kept))).toMatchObject(meaning);
      const listed = (await session.companies()).find(({ externalId }) => externalId === company.externalId);
      expect(listed?.status).toBe('no-access');
    });
  });

  describe('Its rights', () => {
    test('are known of every kind, and what says so', async () => {
      const findings = await findRights(session, { company, kinds: contract.kinds });
      expect(findings.map(({ kind }) => kind)).toEqual(contract.kinds);
      for (const finding of findings) expect(finding).toMatchObject({ answer: 'yes', barrier: null });
    });

    test('without one of them it is that one, and no other', async () => {
      const { lost, kept } = contract.rights;
      await at.loseRight(lost, company.externalId);
      const [without, still] = await findRights(session, { company, kinds: [lost, kept] });
      expect(without).toMatchObject({ kind: lost, answer: 'no', barrier: 'user-right' });
      expect(still).toMatchObject({ kind: kept, answer: 'yes' });
    });

    test('in a company that was taken away there are none, and it says which company', async () => {
      const reachable = (await session.companies()).filter(({ status }) => status === 'reachable');
      company = { externalId: reachable.at(-1)?.externalId ?? '' };
      await at.loseCompany(company.externalId);
      const asked = findRights(session, { company, kinds: contract.kinds });
      expect(await failureOf(asked)).toMatchObject({ about: 'company', status: 'no-access' });
    });

    test('are not taken for lost when the package is down or not understood', async () => {
      at.front.answerWith(() => ({ status: 503, body: '' }));
      const asked = findRights(session, { company, kinds: contract.kinds });
      expect(await failureOf(asked)).toMatchObject({ about: 'delay' });
      at.front.answerWith(() => ({ body: 'nonsense' }));
      const answers = await findRights(session, { company, kinds: contract.kinds }).catch(() => []);
      expect(answers.filter(({ answer }) => answer !== 'unknown')).toEqual([]);
    });
  });

  describe.each(contract.kinds)('The kind %s', (kind) => {
    test('comes whole, each row once, then only what changed', async () => {
      const first = await read(kind);
      expect(first.rows.length).toBeGreaterThan(0);
      expect(new Set(first.rows.map(({ externalId }) => externalId)).size).toBe(first.rows.length);
      // A proof that this is all: only the first page begins it, and only the last one ends it.
      expect(first.whole.map((whole) => whole?.begins)).toEqual(first.whole.map((_, page) => page === 0));
      expect(first.whole.map((whole) => whole?.ends)).toEqual(
        first.whole.map((_, page) => page === first.pages - 1),
      );
      // A small list may come whole every time; then it says so.
      const known = new Map(first.rows.map((row) => [row.externalId, row]));
      const isNews = (row: MasterDataRow) => !isDeepStrictEqual(known.get(row.externalId), row);
      const nothing = await read(kind, first.checkpoint);
      expect(nothing.rows.filter(isNews)).toEqual([]);
      const isWhole = nothing.rows.length > 0;
      expect(new Set(nothing.whole.map((whole) => whole !== undefined))).toEqual(new Set([isWhole]));

      await at.change(kind, company.externalId, first.rows[0]!);

      const news = await read(kind, nothing.checkpoint);
      const changed = news.rows.filter(isNews);
      expect(changed).toHaveLength(1);
      expect(known.has(changed[0]!.externalId)).toBe(true);
      for (const row of news.rows) known.set(row.externalId, row);
      expect((await read(kind, news.checkpoint)).rows.filter(isNews)).toEqual([]);
    });

    test('tells what was deleted if the package does, and otherwise nothing', async () => {
      const before = await read(kind);
      if (contract.tellsDeletions.includes(kind)) await at.remove?.(kind, company.externalId);
      const { deleted, checkpoint } = await read(kind, before.checkpoint);
      expect(deleted).toHaveLength(contract.tellsDeletions.includes(kind) ? 1 : 0);
      expect(before.rows.map(({ externalId }) => externalId)).toEqual(expect.arrayContaining(deleted));
      expect((await read(kind, checkpoint)).deleted).toEqual([]);
    });
  });

  test('A reading that is resumed after every page brings the same rows', async () => {
    const { pages, rows } = await read(contract.longKind);
    expect(pages).toBeGreaterThan(2);
    expect(await readWithCrashes(contract.longKind)).toEqual(rows);
  });

  test('A reading stops when the caller gives up', async () => {
    const stop = new AbortController();
    const request = { company, kind: contract.longKind, checkpoint: null, signal: stop.signal };
    const reading = async () => {
      for await (const page of session.read(request))
        if (page.rows.length > 0) stop.abort(new Error('given up'));
    };
    await expect(reading()).rejects.toThrow('given up');
  });

  describe('Trouble', () => {
    const { lost, kept } = contract.rights;
    const everything = () => [() => session.whoAmI(), () => session.companies(), () => read(kept)];

    test('with the login breaks the link, whatever is asked, and says why', async () => {
      await at.breakLogin();
      for (const ask of everything()) expect(await failureOf(ask())).toEqual(contract.brokenLogin);
    });

    test('with a right concerns only that kind', async () => {
      await at.loseRight(lost, company.externalId);
      expect(await failureOf(read(lost))).toMatchObject({ about: 'right' });
      expect((await read(kept)).rows.length).toBeGreaterThan(0);
    });

    test.each([500, 502, 503, 504])('of the package itself (%i) is a delay', async (status) => {
      at.front.answerWith(() => ({
        status,
        body: '<html>sorry</html>',
        headers: { 'content-type': 'text/html' },
      }));
      for (const ask of everything())
        expect(await failureOf(ask())).toEqual({ about: 'delay', reason: 'outage', until: null });
      at.front.answerWith(null);
      expect((await session.whoAmI()).userName).toBe(at.userName);
    });

    test('of too many calls is a delay as well', async () => {
      if (at.limit) await at.limit();
      else at.front.answerWith(() => ({ status: 429 }));
      expect(await failureOf(read(kept))).toMatchObject({ about: 'delay', reason: 'rate-limit' });
    });

    test.each(['', 'null', '[]', '{"d":{"resu', '{"result":{"a":1}}', '{"d":{"results":[{"x":1}]}}'])(
      'of understanding (%s) is never guessed',
      async (body) => {
        at.front.answerWith(() => ({ body }));
        for (const ask of everything()) expect(await failureOf(ask())).toEqual({ about: 'reply' });
      },
    );

    test('leaves the grant as it is when it is none of the login', async () => {
      const before = await vault.read();
      at.front.answerWith(() => ({ body: 'nonsense' }));
      for (const ask of everything()) await failureOf(ask());
      expect(await vault.read()).toEqual(before);
    });
  });
}
