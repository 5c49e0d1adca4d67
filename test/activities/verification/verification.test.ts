import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { VerificationOrder } from '../../../activities/verification/verification.ts';
import { AccountingFailure } from '../../../accounting/failure.ts';
import { findRights } from '../../../accounting/rights.ts';
import { inWords } from '../../bot/in-words.ts';
import { masterDataKinds } from '../../../domain/master-data.ts';
import { judgeCandidate } from '../../../domain/verification/verification.ts';
import type { Store } from '../../../store/index.ts';
import { createWorkbench, type Workbench } from '../../accounting/exact-online/sandbox.ts';
import { onSqlite } from '../../database.ts';
import { connectionId, inTemporal, openOffice, type OfficeWithBooks } from '../office-with-books.ts';
import { withSession } from '../with-session.ts';

let bench: Workbench;
let office: OfficeWithBooks;
let divisions: number[];
let grantId: string;
const open = onSqlite();
const user = 'CX_Basecone';
const hour = 60 * 60_000;
beforeAll(async () => {
  bench = await createWorkbench({ companies: 4, minuteLimit: 5_000 });
  divisions = await bench.divisions();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.turn('reset', {});
  bench.resetClock();
  office = await openOffice(bench, open);
  ({ grantId } = await office.connected(user));
});

const idOf = (index: number) => String(divisions[index]);

let count = 0;
const orderOf = (more: Partial<VerificationOrder> = {}): VerificationOrder => ({
  connectionId,
  verification: String(++count),
  grantId,
  reason: 'asked',
  believedMs: hour,
  ...more,
});

/** What the workflow does, without its waits. */
async function verify(order = orderOf(), activities = office.activities) {
  const { companies, kinds, stop } = await inTemporal(() => activities.planVerification(order));
  const chunk = await inTemporal(() => activities.verifyCompanies({ ...order, companies, kinds }));
  const counts = await activities.concludeVerification({ ...order, finished: true });
  return { companies, kinds, stop: stop ?? chunk.stop, waiting: chunk.waiting, counts };
}

const matrix = () => office.store.rights.matrix({ connectionId, grantId });
const cell = async (company: number, kind: string) =>
  (await matrix()).find((right) => right.companyId === idOf(company) && right.kind === kind);
const changes = async () =>
  (await office.store.rights.changes(connectionId)).map(({ companyId, kind, what, barrier }) => ({
    companyId,
    kind,
    what,
    barrier,
  }));
/** How often the package was asked since. */
async function askedBy(work: () => Promise<unknown>): Promise<string[]> {
  const before = (await bench.requests()).length;
  await work();
  const all = await bench.requests();
  return all.slice(0, all.length - before);
}

/** Verifies what is asked for anew, and gives the name of the verification. */
async function verified(): Promise<string> {
  const order = orderOf({ believedMs: 0 });
  await verify(order);
  return order.verification;
}
const tell = (verification: string) => office.activities.tellRights({ connectionId, verification });
const wordsOf = (key: string) => {
  const said = office.speaker.standing(key);
  return said ? inWords(said).text : '';
};

/** A store whose process dies when it would keep the n-th finding. */
function dyingAfter(kept: number, store: Store): Store {
  let times = 0;
  return {
    ...store,
    rights: {
      ...store.rights,
      record: async (...found) => {
        times += 1;
        if (times > kept) throw new Error('killed');
        return store.rights.record(...found);
      },
    },
  };
}

describe('A verification', () => {
  test('knows of every company and kind whether it can be read, and why', async () => {
    const { counts } = await verify();
    expect(counts).toMatchObject({ companies: 4, fine: 4, partly: 0, unreachable: 0, unknown: 0 });
    const found = await matrix();
    expect(found).toHaveLength(4 * masterDataKinds.length);
    for (const { evidence } of found) expect(['right-check', 'row']).toContain(evidence);
  });

  test('asks the right check of the package once per company and kind, and for a row once per kind', async () => {
    const asked = await askedBy(() => verify());
    const checks = asked.filter((request) => request.includes('UserHasRights'));
    expect(checks).toHaveLength(4 * masterDataKinds.length);
    const lists = asked.filter((request) => /Me$|Divisions$/.test(request));
    expect(asked.length - checks.length - lists.length).toBeLessThanOrEqual(masterDataKinds.length);
  });

  test('finds a company that lost one right only, and finds it mended', async () => {
    await verify();
    await bench.turn('right', { user, division: divisions[1], kind: 'journal', allowed: false });
    await bench.advance(2 * 3600);
    expect((await verify()).counts).toMatchObject({ fine: 3, partly: 1, lost: 1, gained: 0 });
    const lost = { companyId: idOf(1), kind: 'journal', barrier: 'user-right' };
    expect(await cell(1, 'journal')).toMatchObject({ answer: 'no', evidence: 'right-check', ...lost });
    expect(await changes()).toEqual([{ ...lost, what: 'lost' }]);

    await bench.turn('right', { user, division: divisions[1], kind: 'journal', allowed: true });
    expect((await verify()).counts).toMatchObject({ fine: 4, lost: 0, gained: 1 });
  });

  test('tells a loss once, where it hurts, with the screen, and edits that when it is mended', async () => {
    await tell(await verified());
    expect(office.speaker.all).toEqual([]);
    await bench.turn('right', { user, division: divisions[2], kind: 'journal', allowed: false });
    await bench.advance(2 * 3600);
    const found = await verified();
    await tell(found);
    const inOffice = `rights/${connectionId}/${found}/C-office`;
    const inCars = `rights/${connectionId}/${found}/C-cars`;
    expect(office.speaker.keys()).toEqual([inOffice, inCars]);
    expect(office.speaker.standing(inOffice)).toMatchObject({
      companies: 4,
      fine: 3,
      lost: [{ barrier: 'user-right', kind: 'journal', companies: [{ code: '103' }] }],
    });
    expect(wordsOf(inOffice)).toContain('3 companies are fine, 1 not');
    expect(wordsOf(inOffice)).toContain('Rights > Financial (journals)');

    await tell(await verified());
    expect(office.speaker.keys()).toHaveLength(2);
    await bench.turn('right', { user, division: divisions[2], kind: 'journal', allowed: true });
    await tell(await verified());
    expect(office.speaker.keys()).toHaveLength(2);
    expect(office.speaker.standing(inOffice)).toMatchObject({
      fine: 4,
      lost: [],
      mended: [{ kind: 'journal' }],
    });
    expect(wordsOf(inCars)).toContain('can read again what it had lost');
  });

  test('says of a company that is lost as a whole one thing, not nine', async () => {
    await tell(await verified());
    await bench.turn('remove-company', { user, division: divisions[0] });
    await bench.turn('consent-companies', { user, companies: divisions.slice(0, 3) });
    const found = await verified();
    await tell(found);
    const told = office.speaker.standing(`rights/${connectionId}/${found}/C-office`);
    expect(told).toMatchObject({
      fine: 2,
      lost: [
        { barrier: 'company-access', kind: null, companies: [{ code: '101' }] },
        { barrier: 'app-companies', kind: null, companies: [{ code: '104' }] },
      ],
    });
    expect(await cell(3, 'journal')).toMatchObject({ answer: 'no', evidence: 'refusal' });
    expect(await cell(0, 'journal')).toMatchObject({ answer: 'no', evidence: 'company-list' });
  });

  test('of another login is compared with the one in use, and nothing of it is told', async () => {
    await verify();
    const signInId = await office.logsIn('petra', 'P.Peeters', { purpose: 'change' });
    const found = await office.activities.redeemSignIn({ connectionId, signInId });
    if (found.result === 'refused') throw new Error('P.Peeters was refused');
    await office.activities.acceptSignIn({ connectionId, signInId, person: 'petra', found });
    await bench.turn('right', { user, division: divisions[0], kind: 'item', allowed: false });
    await verified();
    const order = orderOf({ grantId: found.login.grantId, reason: 'change' });
    await verify(order);
    await tell(order.verification);
    expect(office.speaker.all).toEqual([]);
    const candidate = await office.store.rights.matrix({ connectionId, grantId: order.grantId });
    const judged = judgeCandidate(await matrix(), candidate, new Set(divisions.map(String)));
    expect(judged.verdict).toBe('loses');
    expect(new Set(judged.lost.map(({ companyId }) => companyId))).toEqual(
      new Set([idOf(1), idOf(2), idOf(3)]),
    );
    expect(judged.gained).toMatchObject([{ companyId: idOf(0), kind: 'item' }]);
  });

  test('that was killed goes on where it was, and asks nothing twice', async () => {
    const order = orderOf();
    const { companies, kinds } = await inTemporal(() => office.activities.planVerification(order));
    const dying = office.process({ store: dyingAfter(2, office.store) });
    await expect(inTemporal(() => dying.verifyCompanies({ ...order, companies, kinds }))).rejects.toThrow(
      'killed',
    );
    const asked = await askedBy(() =>
      inTemporal(() => office.activities.verifyCompanies({ ...order, companies, kinds })),
    );
    // What was asked and could not be stored is asked again: one company.
    expect(asked.filter((request) => request.includes('UserHasRights'))).toHaveLength(
      2 * masterDataKinds.length,
    );
    expect(await matrix()).toHaveLength(4 * masterDataKinds.length);
  });

  test('believes no empty list, and no right check that reading contradicts', async () => {
    const silent = withSession(bench.system, () => ({
      rights: async () => [],
      async *read() {
        yield { rows: [], deleted: [], checkpoint: '{}' };
      },
    }));
    const { counts } = await verify(orderOf(), office.process({ system: silent }));
    expect(counts).toMatchObject({ fine: 0, unknown: 4, lost: 0 });
    expect(await cell(0, 'journal')).toMatchObject({ answer: 'unknown', evidence: 'empty' });

    const contradicted = withSession(bench.system, () => ({
      async *read() {
        throw new AccountingFailure({ about: 'right', gate: 'module' }, 'not in the licence');
      },
    }));
    const asked = { company: { externalId: idOf(0) }, kinds: ['item'] as const };
    const session = contradicted.open(office.store.grants.vault(grantId));
    expect(await findRights(session, asked)).toMatchObject([{ answer: 'yes' }]);
    expect(await findRights(session, { ...asked, doubted: ['item'] })).toMatchObject([
      { answer: 'no', evidence: 'refusal', barrier: 'module' },
    ]);
  });

  test('that is repeated asks only for what may have changed', async () => {
    await bench.turn('right', { user, division: divisions[1], kind: 'journal', allowed: false });
    await verify();
    const asked = await askedBy(() => verify());
    expect(asked.filter((request) => request.includes('UserHasRights'))).toHaveLength(1);
    await bench.advance(2 * 3600);
    const later = await askedBy(() => verify());
    expect(later.filter((request) => request.includes('UserHasRights'))).toHaveLength(
      4 * masterDataKinds.length,
    );
  });
});

describe('News about companies', () => {
  const list = () => inTemporal(() => office.activities.planRound({ connectionId, round: 1 }));
  const news = async (occasion: string) => {
    await office.activities.tellCompanyNews({ connectionId, occasion });
    return office.speaker.standing(`company-news/${connectionId}/${occasion}`);
  };

  test('say once what appeared, was renamed, archived and came back', async () => {
    expect((await list()).hasNews).toBe(false);
    await office.activities.unlinkCompanies({
      connectionId,
      companies: [idOf(3)],
      by: 'sanne',
      actionId: 'a1',
    });
    await bench.turn('remove-company', { user, division: divisions[3] });
    await list();
    await bench.turn('give-company', { user, division: divisions[3] });
    await bench.turn('company', { division: divisions[0], code: '901' });
    await bench.turn('company', { division: divisions[1], archived: true });
    expect(await list()).toMatchObject({ hasNews: true, companies: [idOf(2), idOf(0)] });
    expect(await news('round/1')).toMatchObject({
      addable: [{ externalId: idOf(3) }],
      renamed: [{ was: expect.stringMatching(/^101 /), code: '901' }],
      archived: [{ code: '102' }],
      back: [],
    });
    await bench.turn('company', { division: divisions[1], archived: false });
    expect((await list()).companies).toContain(idOf(1));
    expect(await news('round/2')).toMatchObject({ addable: [], renamed: [], back: [{ code: '102' }] });
    expect((await list()).hasNews).toBe(false);
    expect(await news('round/3')).toBeUndefined();
  });

  test('a company that is unlinked keeps its data and goes on from there', async () => {
    const sync = (round: number) =>
      inTemporal(() =>
        office.activities.syncCompanies({ connectionId, round, grantId, companies: [idOf(0)] }),
      );
    expect((await sync(1)).rowsChanged).toBeGreaterThan(0);
    const unlink = { connectionId, companies: [idOf(0)], by: 'sanne', actionId: 'a2' };
    expect(await office.activities.unlinkCompanies(unlink)).toEqual({ companies: 3 });
    expect((await list()).companies).not.toContain(idOf(0));
    const again = { connectionId, companies: [idOf(0)], by: 'sanne', actionId: 'a3' };
    expect(await office.activities.linkCompanies(again)).toEqual({ companies: 4 });
    expect((await list()).companies).toContain(idOf(0));
    expect((await sync(2)).rowsChanged).toBe(0);
  });
});
