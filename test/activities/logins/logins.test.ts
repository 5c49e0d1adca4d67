import { describe, expect, test } from '@jest/globals';
import type { AccountingSystem } from '../../../accounting/port.ts';
import { AccountingFailure } from '../../../accounting/failure.ts';
import { historySentence } from '../../../words/connections/history.ts';
import type { FoundLogin } from '../../../domain/logins/login.ts';
import type { Workbench } from '../../accounting/exact-online/sandbox.ts';
import { withFreshOffice } from '../fresh-office.ts';
import { connectionId, killedAtEveryStep, type OfficeWithBooks } from '../office-with-books.ts';
import { withSession } from '../with-session.ts';

let bench: Workbench;
let office: OfficeWithBooks;
withFreshOffice({ companies: 4, minuteLimit: 5_000 }, (fresh) => {
  ({ bench, office } = fresh);
});

async function redeemed(signInId: string, activities = office.activities) {
  const found = await activities.redeemSignIn({ connectionId, signInId });
  if (found.result === 'refused') throw new Error('this login was refused');
  return found;
}

const outcomeOf = async (signInId: string) => (await office.store.signIns.get(signInId))?.outcome;
const candidateOf = (signInId: string) => `sign-in/${signInId}`;
const hasCandidate = (signInId: string) => office.store.grants.has(candidateOf(signInId));
const historyOf = async (what: string) =>
  (await office.store.history.ofConnection(connectionId)).filter((entry) => entry.what === what);
const failing = (how: 'reply' | 'outage', at: 'whoAmI' | 'companies'): AccountingSystem =>
  withSession(bench.system, () => ({
    [at]: async () => {
      throw new AccountingFailure(
        how === 'reply' ? { about: 'reply' } : { about: 'delay', reason: 'outage', until: null },
        how,
      );
    },
  }));

describe('Redeeming a login', () => {
  test('tells who logged in and what they reach, and the same again when the answer got lost', async () => {
    await office.save({ login: null, link: { state: 'connecting', since: bench.now().toISOString() } });
    const signInId = await office.logsIn('tom', 'P.Peeters', { purpose: 'set-up' });
    const first = await redeemed(signInId);
    expect(first).toMatchObject({
      person: 'tom',
      login: { accountingUserName: 'P.Peeters' },
      total: 4,
      reachable: 1,
      missing: [],
      usedBy: null,
    });
    expect(await redeemed(signInId)).toEqual(first);
    expect(await outcomeOf(signInId)).toBeNull();
  });

  test('that was killed between redeeming and storing tells the person to start again and changes nothing', async () => {
    const login = await office.connected();
    const before = await office.store.companies.all(connectionId);
    const signInId = await office.logsIn('petra', 'T.deVries', { purpose: 'change' });
    const { grants } = office.store;
    const dying = office.process({
      store: {
        ...office.store,
        grants: { ...grants, put: () => Promise.reject(new Error('killed')) },
      },
    });
    await expect(dying.redeemSignIn({ connectionId, signInId })).rejects.toThrow('killed');

    expect(await office.activities.redeemSignIn({ connectionId, signInId })).toEqual({ result: 'refused' });
    expect(await outcomeOf(signInId)).toEqual({ result: 'refused', cause: 'login-failed' });
    expect(await office.activities.redeemSignIn({ connectionId, signInId })).toEqual({ result: 'refused' });
    expect(await hasCandidate(signInId)).toBe(false);
    expect(await office.works(login.grantId)).toBe(true);
    expect(await office.store.companies.all(connectionId)).toEqual(before);
  });

  test('that is killed at any step ends with a login that works, or with a person who is told to start again', async () => {
    const login = await office.connected();
    const ends = new Set<string>();
    const steps = await killedAtEveryStep(office, {
      prepare: () => office.logsIn('tom', 'CX_Basecone'),
      run: (dying, signInId) => dying.redeemSignIn({ connectionId, signInId }),
      afterwards: async (signInId) => {
        const found = await office.activities.redeemSignIn({ connectionId, signInId });
        ends.add(found.result);
        if (found.result === 'refused')
          expect(await outcomeOf(signInId)).toEqual({ result: 'refused', cause: 'login-failed' });
        else expect(await office.works(login.grantId)).toBe(true);
        await office.activities.dismissSignIn({ signInId });
      },
    });
    expect(steps).toBeGreaterThan(5);
    expect([...ends].sort()).toEqual(['found', 'refused']);
  });

  test('waits two minutes for a new token that is refused, and gives up then', async () => {
    await office.save({ link: { state: 'connecting', since: bench.now().toISOString() }, login: null });
    const signInId = await office.logsIn('tom', 'CX_Basecone', { purpose: 'set-up' });
    await bench.turn('replies', { how: 'refused-401' });
    const redeem = () => office.activities.redeemSignIn({ connectionId, signInId });
    await expect(redeem()).rejects.toMatchObject({ type: 'Doubted' });
    await bench.advance(120);
    expect(await redeem()).toEqual({ result: 'refused' });
  });

  test('waits out an outage, and uses the code once', async () => {
    await office.connected();
    const signInId = await office.logsIn('petra', 'T.deVries', { purpose: 'change' });
    const calls = async () =>
      (await bench.requests()).filter((line) => line === 'POST /api/oauth2/token').length;
    const before = await calls();
    await expect(
      office.process({ system: failing('outage', 'companies') }).redeemSignIn({ connectionId, signInId }),
    ).rejects.toMatchObject({ type: 'Delayed' });
    expect(await redeemed(signInId)).toMatchObject({ login: { accountingUserName: 'T.deVries' } });
    expect(await calls()).toBe(before + 1);
  });

  test.each(['whoAmI', 'companies'] as const)(
    'that gets an answer nobody understands (%s) is refused and leaves no candidate',
    async (at) => {
      const login = await office.connected();
      const signInId = await office.logsIn('petra', 'T.deVries', { purpose: 'change' });
      const dying = office.process({ system: failing('reply', at) });
      expect(await dying.redeemSignIn({ connectionId, signInId })).toEqual({ result: 'refused' });
      expect(await outcomeOf(signInId)).toEqual({ result: 'refused', cause: 'login-failed' });
      expect(await hasCandidate(signInId)).toBe(false);
      expect(await office.works(login.grantId)).toBe(true);
    },
  );

  test('says so when the person cancelled, and never asks for what did not come back', async () => {
    await office.connected();
    const signInId = await office.logsIn('tom', 'CX_Basecone', { last: 'cancel' });
    expect(await office.activities.redeemSignIn({ connectionId, signInId })).toEqual({ result: 'refused' });
    expect(await outcomeOf(signInId)).toEqual({ result: 'refused', cause: 'cancelled' });

    const { id } = await office.store.signIns.issue({
      officeUserId: 'tom',
      connectionId,
      purpose: 'reconnect',
      ttlMs: 60_000,
    });
    expect(await office.activities.redeemSignIn({ connectionId, signInId: id })).toEqual({
      result: 'refused',
    });
    expect(await outcomeOf(id)).toBeNull();
  });
});

describe('A new login of the user whose login is in use', () => {
  test('replaces the running grant at once, also when nobody ever judges it', async () => {
    const login = await office.connected();
    await redeemed(await office.logsIn('petra', 'CX_Basecone', { purpose: 'change' }));
    await bench.advance(3_600);
    expect(await office.works(login.grantId)).toBe(true);
  });

  test('replaces it also when the login is refused later', async () => {
    const login = await office.connected();
    const signInId = await office.logsIn('petra', 'CX_Basecone', { purpose: 'change' });
    const found = await redeemed(signInId);
    await office.activities.refuseSignIn({ connectionId, signInId, verdict: 'no-companies', found });
    await bench.advance(3_600);
    expect(await office.works(login.grantId)).toBe(true);
    expect(await hasCandidate(signInId)).toBe(false);
  });

  test('replaces it also when the list of companies cannot be had', async () => {
    const login = await office.connected();
    const signInId = await office.logsIn('tom', 'CX_Basecone');
    const halfBlind = office.process({ system: failing('reply', 'companies') });
    expect(await halfBlind.redeemSignIn({ connectionId, signInId })).toEqual({ result: 'refused' });
    await bench.advance(3_600);
    expect(await office.works(login.grantId)).toBe(true);
  });

  test('is never put back when it was renewed meanwhile and the activity is tried again', async () => {
    const login = await office.connected();
    const signInId = await office.logsIn('tom', 'CX_Basecone');
    const found = await redeemed(signInId);
    await bench.advance(3_600);
    expect(await office.works(login.grantId)).toBe(true);

    expect(await redeemed(signInId)).toEqual(found);
    await office.activities.acceptSignIn({ connectionId, signInId, person: 'tom', found });
    await bench.advance(3_600);
    expect(await office.works(login.grantId)).toBe(true);
  });

  test('shows the companies of the connection as that user reaches them today', async () => {
    await office.connected();
    const [division] = await bench.divisions();
    await bench.turn('remove-company', { user: 'CX_Basecone', division });
    const found = await redeemed(await office.logsIn('tom', 'CX_Basecone'));
    expect(found.missing).toEqual([String(division)]);
    const [lost] = await office.store.companies.linked(connectionId);
    expect(lost).toMatchObject({ externalId: String(division), status: 'no-access' });
  });
});

describe('Whoever held the link', () => {
  test('is looked up when the login is used: who may not any more brings nothing in', async () => {
    const login = await office.connected();
    const signInId = await office.logsIn('petra', 'CX_Basecone');
    expect(await office.activities.redeemSignIn({ connectionId, signInId })).toEqual({ result: 'refused' });
    expect(await outcomeOf(signInId)).toEqual({ result: 'refused', cause: 'not-allowed' });
    expect(await hasCandidate(signInId)).toBe(false);
    expect(await office.works(login.grantId)).toBe(true);
  });

  test('is named in the history: an outsider beside whoever had asked them', async () => {
    await office.connected();
    const outsider = { name: 'Piet Bos', email: null };
    const signInId = await office.logsIn('sanne', 'CX_Basecone', { outsider });
    const found = await redeemed(signInId);
    await office.activities.acceptSignIn({ connectionId, signInId, person: 'tom', found });
    const [entry] = await office.store.history.ofConnection(connectionId);
    const names = { systemName: 'Exact Online', userName: (id: string) => id };
    expect(historySentence(entry!, names)).toContain(
      'Piet Bos, whom sanne had asked, logged in as CX_Basecone',
    );
  });
});

describe('A login that another connection uses', () => {
  test('is named, and the other connection goes on with the new grant', async () => {
    const login = await office.connected();
    await office.save({
      id: 'c2',
      name: 'Second',
      login: null,
      synchronisationUserId: 'petra',
      link: { state: 'connecting', since: bench.now().toISOString() },
    });
    const signInId = await office.logsIn('petra', 'CX_Basecone', { purpose: 'set-up', connection: 'c2' });
    const found = await office.activities.redeemSignIn({ connectionId: 'c2', signInId });
    expect(found).toMatchObject({ usedBy: 'Exact Online, Kantoor' });
    await office.activities.refuseSignIn({
      connectionId: 'c2',
      signInId,
      verdict: 'login-in-use',
      found: found as FoundLogin,
    });
    expect(await outcomeOf(signInId)).toEqual({ result: 'refused', cause: 'login-in-use' });
    await bench.advance(3_600);
    expect(await office.works(login.grantId)).toBe(true);
    expect(await office.store.companies.all('c2')).toEqual([]);
  });

  test('counts as used from the moment it is accepted, also before its companies are chosen', async () => {
    const link = { state: 'connecting', since: bench.now().toISOString() } as const;
    await office.save({ login: null, link });
    const signInId = await office.logsIn('tom', 'CX_Basecone', { purpose: 'set-up' });
    const found = await redeemed(signInId);
    await office.activities.acceptSignIn({ connectionId, signInId, person: 'tom', found });
    await office.save({ id: 'c2', name: 'Second', login: null, link, synchronisationUserId: 'petra' });
    const second = await office.logsIn('petra', 'CX_Basecone', { purpose: 'set-up', connection: 'c2' });
    expect(await office.activities.redeemSignIn({ connectionId: 'c2', signInId: second })).toMatchObject({
      usedBy: 'Exact Online, Kantoor',
    });
  });
});

describe('Accepting a login', () => {
  test('twice is the same as once', async () => {
    await office.connected();
    const signInId = await office.logsIn('petra', 'T.deVries', { purpose: 'change' });
    const found = await redeemed(signInId);
    for (let turn = 0; turn < 2; turn += 1)
      await office.activities.acceptSignIn({ connectionId, signInId, person: 'petra', found });

    expect(await outcomeOf(signInId)).toMatchObject({ result: 'linked', login: 'T.deVries', reachable: 4 });
    expect(await office.store.userLinks.find(connectionId, 'petra')).toMatchObject({
      state: 'connected',
      login: found.login,
    });
    expect(await office.works(found.login.grantId)).toBe(true);
    expect(await hasCandidate(signInId)).toBe(false);
    expect(await historyOf('logged-in')).toHaveLength(2); // the set-up, and this one
  });

  test('is finished by a second attempt wherever the first was killed', async () => {
    await office.connected();
    const steps = await killedAtEveryStep(office, {
      prepare: async () => {
        const signInId = await office.logsIn('petra', 'T.deVries', { purpose: 'change' });
        return { signInId, found: await redeemed(signInId) };
      },
      run: (dying, login) => dying.acceptSignIn({ connectionId, person: 'petra', ...login }),
      afterwards: async ({ signInId, found }, step) => {
        await office.activities.acceptSignIn({ connectionId, person: 'petra', signInId, found });
        expect(await outcomeOf(signInId)).toMatchObject({ result: 'linked' });
        expect(await office.works(found.login.grantId)).toBe(true);
        expect(await hasCandidate(signInId)).toBe(false);
        expect(await historyOf('logged-in')).toHaveLength(1 + step);
      },
    });
    expect(steps).toBeGreaterThan(3);
  });

  test('of a successor leaves the running connection exactly as it is until the switch', async () => {
    const login = await office.connected();
    const [, , , last] = await bench.divisions();
    // What the successor does not reach must not show on what runs.
    await bench.turn('remove-company', { user: 'T.deVries', division: last });
    const before = await office.store.companies.all(connectionId);
    const signInId = await office.logsIn('petra', 'T.deVries', { purpose: 'change' });
    const found = await redeemed(signInId);
    await office.activities.acceptSignIn({ connectionId, signInId, person: 'petra', found });
    expect(await office.store.companies.all(connectionId)).toEqual(before);
    expect(await office.works(login.grantId)).toBe(true);
  });

  test('asks the package nothing', async () => {
    await office.connected();
    const signInId = await office.logsIn('tom', 'CX_Basecone');
    const found = await redeemed(signInId);
    await bench.turn('withdraw-consent', { user: 'CX_Basecone' });
    await office.activities.acceptSignIn({ connectionId, signInId, person: 'tom', found });
    expect(await outcomeOf(signInId)).toMatchObject({ result: 'linked' });
  });
});

describe('A login that is not wanted', () => {
  test('is refused once, and what runs goes on', async () => {
    const login = await office.connected();
    const signInId = await office.logsIn('petra', 'P.Peeters', { purpose: 'change' });
    const found = await redeemed(signInId);
    for (let turn = 0; turn < 2; turn += 1)
      await office.activities.refuseSignIn({ connectionId, signInId, verdict: 'no-companies', found });
    const outcome = await outcomeOf(signInId);
    expect(outcome).toMatchObject({ result: 'no-companies', login: 'P.Peeters' });
    expect(await hasCandidate(signInId)).toBe(false);
    expect(await office.works(login.grantId)).toBe(true);
  });

  test('of another user tells what was expected', async () => {
    const expected = await office.connected();
    const signInId = await office.logsIn('tom', 'S.Jansen');
    const found = await redeemed(signInId);
    await office.activities.refuseSignIn({ connectionId, signInId, verdict: 'wrong-user', found, expected });
    expect(await outcomeOf(signInId)).toEqual({
      result: 'wrong-user',
      login: 'S.Jansen',
      expected: 'CX_Basecone',
    });
    expect(await office.works(expected.grantId)).toBe(true);
  });

  test('comes too late, is dismissed, and is not redeemed at all', async () => {
    const login = await office.connected();
    const signInId = await office.logsIn('tom', 'CX_Basecone');
    await office.activities.dismissSignIn({ signInId });
    await office.activities.dismissSignIn({ signInId });
    expect(await outcomeOf(signInId)).toEqual({ result: 'no-longer-needed' });
    expect(await office.activities.redeemSignIn({ connectionId, signInId })).toEqual({ result: 'refused' });
    await bench.advance(3_600);
    expect(await office.works(login.grantId)).toBe(true);
  });
});

describe('Looking at the login a person has already', () => {
  async function petraLoggedIn(userName = 'T.deVries') {
    const signInId = await office.logsIn('petra', userName, { purpose: 'change' });
    const found = await redeemed(signInId);
    await office.activities.acceptSignIn({ connectionId, signInId, person: 'petra', found });
    return found.login;
  }
  const examine = () => office.activities.examineLogin({ connectionId, person: 'petra' });

  test('tells what it reaches today', async () => {
    await office.connected();
    expect(await examine()).toEqual({ result: 'none' });
    const login = await petraLoggedIn();
    const [division] = await bench.divisions();
    await bench.turn('remove-company', { user: 'T.deVries', division });
    expect(await examine()).toMatchObject({ result: 'found', login, missing: [String(division)] });
  });

  test('finds a dead one, notes why, and keeps the grant for whoever wants to look', async () => {
    await office.connected();
    const { grantId } = await petraLoggedIn();
    await bench.turn('withdraw-consent', { user: 'T.deVries' });
    expect(await examine()).toEqual({ result: 'none' });
    expect(await office.store.userLinks.find(connectionId, 'petra')).toMatchObject({
      state: 'not-connected',
      cause: 'consent-withdrawn',
    });
    expect(await office.store.grants.has(grantId)).toBe(true);
  });

  test('is put off by an outage, and asks for a login when the answer makes no sense', async () => {
    await office.connected();
    await petraLoggedIn();
    const outage = office.process({ system: failing('outage', 'companies') });
    await expect(outage.examineLogin({ connectionId, person: 'petra' })).rejects.toMatchObject({
      type: 'Delayed',
    });
    const senseless = office.process({ system: failing('reply', 'companies') });
    expect(await senseless.examineLogin({ connectionId, person: 'petra' })).toEqual({ result: 'none' });
    expect(await office.store.userLinks.find(connectionId, 'petra')).toMatchObject({ state: 'connected' });
  });

  test('does not take the grant of one user for that of another', async () => {
    await office.connected();
    await petraLoggedIn();
    const other = withSession(bench.system, (session) => ({
      whoAmI: async () => ({ ...(await session.whoAmI()), userId: 'somebody else' }),
    }));
    expect(await office.process({ system: other }).examineLogin({ connectionId, person: 'petra' })).toEqual({
      result: 'none',
    });
    expect(await office.store.userLinks.find(connectionId, 'petra')).toMatchObject({ cause: 'wrong-user' });
  });
});

describe('Forgetting the login of an abandoned set-up', () => {
  test('leaves no grant, wherever it was killed on the way', async () => {
    await office.save({ login: null, link: { state: 'connecting', since: bench.now().toISOString() } });
    const steps = await killedAtEveryStep(office, {
      prepare: async () => {
        const signInId = await office.logsIn('tom', 'CX_Basecone', { purpose: 'set-up' });
        const found = await redeemed(signInId);
        await office.activities.acceptSignIn({ connectionId, signInId, person: 'tom', found });
        return found.login.grantId;
      },
      run: (dying) => dying.forgetLogin({ connectionId, person: 'tom' }),
      afterwards: async (grantId) => {
        await office.activities.forgetLogin({ connectionId, person: 'tom' });
        expect(await office.store.grants.has(grantId)).toBe(false);
        expect(await office.store.userLinks.find(connectionId, 'tom')).toMatchObject({
          state: 'not-connected',
        });
      },
    });
    expect(steps).toBeGreaterThan(2);
  });

  test('never takes the grant that a connection runs with', async () => {
    const login = await office.connected();
    await office.activities.forgetLogin({ connectionId, person: 'tom' });
    expect(await office.works(login.grantId)).toBe(true);
  });
});
