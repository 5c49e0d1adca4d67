import { describe, expect, test } from '@jest/globals';
import type { Activities } from '../../../activities/index.ts';
import { switchedTo } from '../../../domain/succession/change-facts.ts';
import type { Login } from '../../../domain/connection.ts';
import { withFormerPeople } from '../../../domain/succession/leaving.ts';
import type { Office } from '../../../domain/offices/office.ts';
import { withFreshOffice } from '../fresh-office.ts';
import {
  connectionId,
  killedAtEveryStep,
  office as demoOffice,
  type OfficeWithBooks,
} from '../office-with-books.ts';

let office: OfficeWithBooks;
let login: Login;
withFreshOffice({ companies: 4, minuteLimit: 5_000 }, async (fresh) => {
  ({ office } = fresh);
  login = await office.connected();
});

const since = '2026-11-23T10:00:00.000Z';
const historyOf = async (what: string) =>
  (await office.store.history.ofConnection(connectionId)).filter((entry) => entry.what === what);

const byItself = {
  weighed: {
    verdict: 'fits',
    lost: 0,
    gained: 0,
    uncertain: 0,
    reachBefore: 4,
    reachAfter: 4,
    superusers: 1,
  },
  approval: { confirmedBy: null, reason: null, agreedBy: null },
} as const;

/** Who was the synchronisation user until a change that was made just now. */
const formerOf = (person: string) => ({
  connectionId,
  change: 1,
  person,
  login,
  changedAt: new Date(Date.now() + 60 * 60_000).toISOString(),
});

const changed = (): Parameters<Activities['tellChanged']>[0] => ({
  connectionId,
  change: 1,
  from: 'tom',
  to: 'petra',
  login: { ...login, accountingUserName: 'T.deVries' },
  formerLogin: login,
  companies: 4,
  ...byItself,
});

/** As the connection does: the switch is kept with the state it led to. */
async function isMade(told = changed(), askedBy = 'sanne'): Promise<void> {
  const { change: number, from, to } = told;
  const asked = { from, to, askedBy, askedAt: since, isUnattended: false };
  const made = switchedTo({ ...told, hadLinkedIt: false });
  await office.store.changes.keep(connectionId, [{ number, fact: 'made', asked, at: since, made }]);
}

/** And told after that. */
async function isChanged(told = changed(), askedBy?: string): Promise<void> {
  await isMade(told, askedBy);
  await office.activities.tellChanged(told);
}

async function isUndone({ change: number, by, ...told }: typeof undone): Promise<void> {
  await office.store.changes.keep(connectionId, [{ number, fact: 'undone', at: since, by }]);
  await office.activities.tellUndone({ ...told, change: number, by, login: login.accountingUserName });
}

const undone = { connectionId, change: 1, by: 'sanne', from: 'petra', to: 'tom' };

describe('A change of synchronisation user', () => {
  test('stands in the channel once, wherever the first attempt was killed', async () => {
    let change = 0;
    await killedAtEveryStep(office, {
      prepare: async () => ({ ...changed(), change: ++change }),
      run: (dying, told) => dying.tellChanged(told),
      afterwards: async (told) => {
        await office.activities.tellChanged(told);
        expect(office.speaker.standing(`changed/${connectionId}/${told.change}`)).toMatchObject({
          from: 'Tom de Vries',
          to: 'Petra Peeters',
          result: { kind: 'changed', companies: 4 },
        });
      },
    });
  });

  test('that loses something is shown to who asked, by company and kind, and then to the other superusers', async () => {
    const candidate = { ...login, grantId: 'g-candidate', accountingUserName: 'P.Peeters' };
    const verification = 'change-1';
    const [first, second] = (await office.store.companies.linked(connectionId)).map(
      ({ externalId }) => externalId,
    );
    const finds = (grantId: string, companyId: string, answers: Record<string, 'yes' | 'no'>) =>
      office.store.rights.record(
        { connectionId, grantId },
        {
          verification,
          companyId,
          findings: Object.entries(answers).map(([kind, answer]) => ({
            kind: kind as 'journal',
            answer,
            evidence: 'right-check',
            barrier: answer === 'no' ? 'user-right' : null,
          })),
        },
      );
    await finds(login.grantId, first!, { journal: 'yes', item: 'no' });
    await finds(login.grantId, second!, { journal: 'yes', item: 'yes' });
    await finds('g-candidate', first!, { journal: 'no', item: 'yes' });
    await finds('g-candidate', second!, { journal: 'no', item: 'no' });
    const weighed = await office.activities.weighChange({
      connectionId,
      inUse: login.grantId,
      candidate: 'g-candidate',
    });
    expect(weighed).toMatchObject({
      verdict: 'loses',
      lost: 3,
      gained: 1,
      reachBefore: 2,
      reachAfter: 1,
      superusers: 1,
    });

    const users = demoOffice.users.map((user) =>
      user.id === 'tom' ? { ...user, roles: ['superuser' as const] } : user,
    );
    const approval = { confirmedBy: 'sanne', reason: 'It is sold.', agreedBy: null };
    await office.process({ office: { ...demoOffice, users } }).tellChangeDecision({
      connectionId,
      change: 1,
      person: 'petra',
      from: 'tom',
      askedBy: 'sanne',
      current: login,
      login: candidate,
      stage: 'confirmed',
      approval,
    });
    expect(office.speaker.all).toMatchObject([
      { to: { slackUser: 'U2' }, announcement: { stage: { kind: 'waits-for-second' } } },
      {
        to: { slackUser: 'U1' },
        announcement: {
          login: 'P.Peeters',
          lost: [
            { kind: null, companies: [{ code: '102' }] },
            { kind: 'journal', companies: [{ code: '101' }] },
          ],
          gained: [{ kind: 'item', companies: [{ code: '101' }] }],
          stage: { kind: 'asks-second', by: 'Sanne Jansen', reason: 'It is sold.' },
        },
      },
    ]);
  });

  test('lets go of the former login, our copy of it only when nobody else uses it', async () => {
    const former = { ...formerOf('tom'), broken: null, at: since };
    await office.save({ synchronisationUserId: 'petra', login: { ...login, grantId: 'another' } });
    await office.activities.settleFormerLogin({ ...former, fate: 'stand-in' });
    expect(await office.store.grants.has(login.grantId)).toBe(true);
    await isChanged({ ...changed(), change: 2 });
    await office.activities.settleFormerLogin({ ...former, change: 2, fate: 'let-go' });
    expect(await office.store.grants.has(login.grantId)).toBe(false);
    expect(await office.store.userLinks.find(connectionId, 'tom')).toMatchObject({
      state: 'not-connected',
      cause: null,
    });
    await office.activities.tellFormerSettled({ connectionId, change: 2 });
    expect(office.speaker.standing(`changed/${connectionId}/2`)).toMatchObject({
      result: {
        kind: 'settled',
        fate: 'let-go',
        formerLogin: 'CX_Basecone',
        whereToRevoke: expect.stringContaining('Revoke'),
      },
    });
  });
});

describe('A former synchronisation user who linked a login of their own since', () => {
  const grant = 'g-own';
  const linkOwn = async (own: Login) => {
    const link = (await office.store.userLinks.find(connectionId, 'tom'))!;
    const since = new Date(Date.now() + 2 * 60 * 60_000).toISOString(); // after the change
    await office.store.userLinks.save({ ...link, login: own, state: 'connected', cause: null, since });
  };
  const settle = (more: { fate: 'stand-in' | 'let-go'; isBroken?: boolean }) => {
    const { fate, isBroken = false } = more;
    const at = new Date().toISOString();
    const broken = isBroken ? ({ cause: 'consent-withdrawn', since: at } as const) : null;
    return office.activities.settleFormerLogin({ ...formerOf('tom'), fate, broken, at });
  };
  const isWell = async (grantId: string) => {
    const link = await office.store.userLinks.find(connectionId, 'tom');
    expect(link).toMatchObject({ state: 'connected', cause: null, login: { grantId } });
    expect(await office.store.grants.has(grantId)).toBe(true);
  };

  test.each(['let-go', 'stand-in'] as const)(
    'keeps it, and the former login is let go of (%s)',
    async (fate) => {
      await office.store.grants.put(grant, { secret: { kind: 'own' }, expiresAt: null });
      await linkOwn({ ...login, grantId: grant, accountingUserId: 'own', accountingUserName: 'T.Own' });
      await office.save({ synchronisationUserId: 'petra', login: { ...login, grantId: 'another' } });
      await settle({ fate });
      await isWell(grant);
      expect(await office.store.grants.has(login.grantId)).toBe(false);
    },
  );

  test('keeps it also where it is the same login anew, and it is not marked as broken', async () => {
    await linkOwn(login);
    await isMade();
    await office.save({ synchronisationUserId: 'petra', login: { ...login, grantId: 'another' } });
    await settle({ fate: 'let-go' });
    await settle({ fate: 'stand-in', isBroken: true });
    await isWell(login.grantId);
    expect(await historyOf('former-login-kept')).toMatchObject([{ data: { standIn: null } }]);
    await office.activities.tellFormerSettled({ connectionId, change: 1 });
    expect(office.speaker.standing(`changed/${connectionId}/1/former`)).toMatchObject({
      news: { fate: 'kept', standIn: null },
    });
  });
});

describe('A change that is made, and undone', () => {
  const keys = {
    asker: `change/${connectionId}/1`,
    successor: `invitation/${connectionId}/change/1`,
    former: `changed/${connectionId}/1/former`,
  };
  const about = {
    connectionId,
    change: 1,
    person: 'petra',
    from: 'tom',
    askedBy: 'sanne',
    get current() {
      return login;
    },
  };
  const saidBelow = () =>
    office.speaker.all.flatMap(({ to, announcement }) =>
      announcement.what === 'change-undone' ? [{ to, whose: announcement.synchronisationUser }] : [],
    );

  test('is told to the successor and to whom they replaced in person, and then what holds again', async () => {
    await isChanged();
    for (const [key, slackUser] of [
      [keys.asker, 'U2'],
      [keys.successor, 'U3'],
      [keys.former, 'U1'],
    ] as const)
      expect(office.speaker.all.find((said) => said.key === key)?.to).toEqual({ slackUser });
    expect(office.speaker.standing(keys.former)).toMatchObject({
      reader: 'former',
      other: 'Petra Peeters',
      news: { kind: 'changed' },
    });
    for (let turn = 0; turn < 2; turn += 1) await isUndone({ ...undone, by: 'petra' });
    const undoneByPetra = { kind: 'undone', by: 'Petra Peeters' };
    expect(office.speaker.standing(keys.asker)).toMatchObject({ to: 'Tom de Vries', result: undoneByPetra });
    expect(office.speaker.standing(keys.successor)).toMatchObject({
      reader: 'successor',
      news: undoneByPetra,
    });
    expect(office.speaker.standing(keys.former)).toMatchObject({ reader: 'former', news: undoneByPetra });
    expect(saidBelow().slice(0, 2)).toEqual([
      { to: { slackUser: 'U2' }, whose: 'Tom de Vries' },
      { to: { slackUser: 'U1' }, whose: null },
    ]);
  });

  test('is said once in the office channel, where it was told', async () => {
    await isChanged();
    await isUndone(undone);
    const inChannel = office.speaker.all.filter(({ to }) => 'channel' in to && to.channel === 'C-office');
    expect(new Set(inChannel.map(({ key }) => key))).toEqual(new Set([`changed/${connectionId}/1`]));
    expect(office.speaker.standing(`changed/${connectionId}/1`)).toMatchObject({
      result: { kind: 'undone' },
    });
  });

  test('is not told anew by what the change itself had still to say', async () => {
    await isChanged();
    await isUndone(undone);
    await office.activities.tellInvitation({
      ...{ connectionId, change: 1, person: 'petra', askedBy: 'sanne', purpose: 'change', reminded: 0 },
      invitation: 'change/1',
      progress: { step: 'done', login: 'P.Peeters', companies: 4 },
    });
    await office.activities.tellChangeResult({ ...about, result: { kind: 'decided', login } });
    expect(office.speaker.standing(keys.successor)).toMatchObject({ news: { kind: 'undone' } });
    expect(office.speaker.standing(keys.asker)).toMatchObject({ result: { kind: 'undone' } });
  });

  test('is told once to a person who asked for themselves', async () => {
    await isChanged(changed(), 'tom');
    expect(office.speaker.keys()).not.toContain(keys.former);
    await isChanged({ ...changed(), change: 2 }, 'petra');
    expect(office.speaker.keys()).not.toContain(`invitation/${connectionId}/change/2`);
  });

  test('and loses something is told to the teams whose companies that are, until it is undone', async () => {
    const candidate = { ...login, grantId: 'g-candidate', accountingUserName: 'P.Peeters' };
    const companies = await office.store.companies.linked(connectionId);
    const finds = (grantId: string, code: string, answer: 'yes' | 'no') =>
      office.store.rights.record(
        { connectionId, grantId },
        {
          verification: 'v',
          companyId: companies.find((company) => company.code === code)!.externalId,
          findings: [
            {
              kind: 'journal',
              answer,
              evidence: 'right-check',
              barrier: answer === 'no' ? 'user-right' : null,
            },
          ],
        },
      );
    for (const code of ['101', '102', '103']) await finds(login.grantId, code, 'yes');
    await finds('g-candidate', '101', 'no');
    await finds('g-candidate', '102', 'yes');
    await finds('g-candidate', '103', 'yes');
    await isChanged({
      ...changed(),
      login: candidate,
      weighed: { ...byItself.weighed, verdict: 'loses', lost: 1 },
      approval: { confirmedBy: 'sanne', reason: 'It is sold.', agreedBy: 'tom' },
    });
    const toTeams = () =>
      office.speaker.all.filter(({ announcement }) => announcement.what === 'lost-by-change');
    expect(toTeams()).toMatchObject([
      {
        to: { channel: 'C-food' },
        announcement: {
          synchronisationUser: 'Petra Peeters',
          lost: [{ kind: 'journal', companies: [{ code: '101' }] }],
          news: { kind: 'decided', reason: 'It is sold.' },
        },
      },
    ]);
    await isUndone(undone);
    expect(toTeams().slice(1)).toMatchObject([
      { to: { channel: 'C-food' }, announcement: { news: { kind: 'undone', by: 'Sanne Jansen' } } },
    ]);
  });
});

describe('A login that was broken when its person was followed up', () => {
  const settle = async (fate: 'stand-in' | 'let-go') => {
    const link = (await office.store.userLinks.find(connectionId, 'tom'))!;
    const at = new Date(Date.parse(link.since) + 1).toISOString();
    await office.save({ synchronisationUserId: 'petra', login: { ...login, grantId: 'another' } });
    const former = {
      ...formerOf('tom'),
      fate,
      broken: { cause: 'consent-withdrawn', since: at },
      at,
    } as const;
    await isMade();
    await office.activities.settleFormerLogin(former);
    await office.activities.tellFormerSettled({ connectionId, change: 1 });
    const link2 = await office.store.userLinks.find(connectionId, 'tom');
    return { link: link2, told: office.speaker.standing(`changed/${connectionId}/1`) };
  };

  test('is not connected when it is kept for a stand-in, and the office reads that', async () => {
    const { link, told } = await settle('stand-in');
    expect(link).toMatchObject({ state: 'not-connected', cause: 'consent-withdrawn' });
    expect(told).toMatchObject({ result: { kind: 'settled', fate: 'stand-in', works: false } });
    expect(await office.store.grants.has(login.grantId)).toBe(true);
  });

  test('stays its own when somebody else was chosen to stand in meanwhile, and the office reads who', async () => {
    await office.save({ synchronisationUserId: 'petra', login: { ...login, grantId: 'another' } });
    const former = { ...formerOf('tom'), broken: null, at: since };
    await isMade();
    expect(
      await office.activities.settleFormerLogin({ ...former, fate: 'stand-in', placeTakenBy: 'sanne' }),
    ).toEqual({ standsIn: false });
    await office.activities.tellFormerSettled({ connectionId, change: 1 });
    expect(await historyOf('former-stands-in')).toEqual([]);
    expect(await historyOf('former-login-kept')).toMatchObject([{ data: { standIn: 'sanne' } }]);
    const kept = { kind: 'settled', fate: 'kept', standIn: 'Sanne Jansen' };
    expect(office.speaker.standing(`changed/${connectionId}/1`)).toMatchObject({ result: kept });
    expect(office.speaker.standing(`changed/${connectionId}/1/former`)).toMatchObject({ news: kept });
    expect(await office.store.userLinks.find(connectionId, 'tom')).toMatchObject({ state: 'connected' });
  });

  test('is let go of at once when that was chosen', async () => {
    const { link, told } = await settle('let-go');
    expect(link).toMatchObject({ state: 'not-connected', cause: null });
    expect(told).toMatchObject({ result: { kind: 'settled', fate: 'let-go' } });
    expect(await office.store.grants.has(login.grantId)).toBe(false);
  });
});

describe('Who stands in', () => {
  const choice = { connectionId, actionId: 'a', by: 'sanne', person: 'petra' };
  const key = `stand-in/${connectionId}/a`;

  test('is told once, whatever happened to the connection meanwhile, and again when chosen again', async () => {
    await office.activities.tellStandIn(choice);
    await office.save({ companies: 3 });
    await office.activities.tellStandIn(choice);
    expect(office.speaker.keys()).toEqual([key]);
    await office.activities.tellStandIn({ ...choice, actionId: 'b' });
    expect(office.speaker.keys()).toEqual([key, `stand-in/${connectionId}/b`]);
  });

  test('is asked to log in until that is done', async () => {
    await office.activities.tellStandIn(choice);
    expect(office.speaker.all).toMatchObject([
      {
        to: { slackUser: 'U3' },
        announcement: { askedBy: 'Sanne Jansen', synchronisationUser: 'Tom de Vries', login: null },
      },
    ]);
    const signInId = await office.logsIn('petra', 'P.Peeters', { purpose: 'personal' });
    const found = await office.activities.redeemSignIn({ connectionId, signInId });
    if (found.result === 'refused') throw new Error('refused');
    await office.activities.acceptSignIn({ connectionId, signInId, person: 'petra', found });
    await office.activities.tellStandIn(choice);
    expect(office.speaker.standing(key)).toMatchObject({ login: 'P.Peeters' });
  });
});

test('A handover that is called off and planned again for the same day is told again', async () => {
  const plan = { connectionId, from: 'tom', to: 'petra', at: since };
  const news = (actionId: string, kind: 'planned' | 'cancelled') =>
    ({ kind, actionId, by: 'sanne' }) as const;
  for (const news_ of [news('a', 'planned'), news('b', 'cancelled'), news('c', 'planned')])
    for (let turn = 0; turn < 2; turn += 1) await office.activities.tellHandover({ ...plan, news: news_ });
  expect(office.speaker.keys().filter((key) => key.endsWith('/petra'))).toEqual([
    `handover/${connectionId}/a/petra`,
    `handover/${connectionId}/b/petra`,
    `handover/${connectionId}/c/petra`,
  ]);
});

describe('When somebody a connection leans on leaves the office', () => {
  const without = (id: string): Office =>
    withFormerPeople(
      { ...demoOffice, users: demoOffice.users.filter((user) => user.id !== id) },
      demoOffice.users,
    );
  const said = () => office.speaker.all.map(({ announcement }) => announcement);

  test('the office channel reads once that it does not take effect here, and what to do', async () => {
    const later = office.process({ office: without('tom') });
    for (let turn = 0; turn < 2; turn += 1) await later.audit();
    expect(office.speaker.keys()).toEqual(['notice/1', 'notice/2']);
    expect(office.speaker.standing('notice/1')).toMatchObject({
      what: 'leaving',
      part: 'synchronisation-user',
      person: 'Tom de Vries',
      login: 'CX_Basecone',
      superusers: ['Sanne Jansen'],
      over: null,
    });
    expect(office.speaker.standing('notice/2')).toMatchObject({
      what: 'only-responder',
      person: 'Sanne Jansen',
    });
    await office.activities.audit();
    expect(office.speaker.standing('notice/1')).toMatchObject({ over: 'stays' });
    expect(office.speaker.standing('notice/2')).toMatchObject({ isOver: true });
  });

  test('that it is over is said, wherever the first look was killed', async () => {
    const later = office.process({ office: without('tom') });
    const steps = await killedAtEveryStep(office, {
      prepare: () => later.audit(),
      run: (dying) => dying.audit(),
      afterwards: async () => {
        await office.activities.audit();
        expect(office.speaker.standing('notice/1')).toMatchObject({ what: 'leaving', over: 'stays' });
        expect(office.speaker.standing('notice/2')).toMatchObject({ what: 'only-responder', isOver: true });
        expect(await office.store.notices.open()).toEqual([]);
      },
    });
    expect(steps).toBeGreaterThan(4);
  });

  test('it takes effect as soon as a successor is verified and switched to', async () => {
    const later = office.process({ office: without('tom') });
    await later.audit();
    await office.save({ synchronisationUserId: 'petra' });
    await later.tellChanged(changed());
    expect(office.speaker.standing('notice/1')).toMatchObject({ person: 'Tom de Vries', over: 'replaced' });
  });

  test('a stand-in who left is to be replaced, and that is over when another one is chosen', async () => {
    await office.save({ standInId: 'petra' });
    const later = office.process({ office: without('petra') });
    await later.audit();
    expect(said()).toMatchObject([
      { what: 'leaving', part: 'stand-in', person: 'Petra Peeters', synchronisationUser: 'Tom de Vries' },
    ]);
    const choice = { connectionId, actionId: 'a', by: 'tom', person: 'sanne', before: 'petra' };
    await later.tellStandIn(choice);
    expect(office.speaker.standing('notice/1')).toMatchObject({ over: 'replaced' });
  });

  test('they neither take over nor stand in, however well their login works', async () => {
    const later = office.process({ office: without('tom') });
    expect(await office.activities.examineLogin({ connectionId, person: 'tom' })).toMatchObject({
      result: 'found',
    });
    expect(await later.examineLogin({ connectionId, person: 'tom' })).toEqual({ result: 'none' });
    await office.save({ synchronisationUserId: 'petra', login: { ...login, grantId: 'another' } });
    const former = {
      ...formerOf('tom'),
      fate: 'stand-in',
      broken: null,
      at: since,
    } as const;
    expect(await later.settleFormerLogin(former)).toEqual({ standsIn: false });
    expect(await office.store.grants.has(login.grantId)).toBe(false);
  });
});
