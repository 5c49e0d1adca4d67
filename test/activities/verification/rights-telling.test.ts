import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { VerificationOrder } from '../../../activities/verification/verification.ts';
import { inWords } from '../../bot/in-words.ts';
import { createWorkbench, type Workbench } from '../../accounting/exact-online/sandbox.ts';
import { onSqlite } from '../../database.ts';
import {
  connectionId,
  killedAtEveryStep,
  inTemporal,
  openOffice,
  type OfficeWithBooks,
} from '../office-with-books.ts';

let bench: Workbench;
let office: OfficeWithBooks;
let divisions: number[];
let grantId: string;
const open = onSqlite();
const user = 'CX_Basecone';
beforeAll(async () => {
  bench = await createWorkbench({ companies: 3, minuteLimit: 5_000 });
  divisions = await bench.divisions();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.turn('reset', {});
  bench.resetClock();
  office = await openOffice(bench, open);
  ({ grantId } = await office.connected(user));
});

let count = 0;
/** Asks for everything anew, as the workflow does; gives the name of the verification. */
async function verified(more: Partial<VerificationOrder> & { finished?: boolean } = {}): Promise<string> {
  const { finished = true, ...rest } = more;
  const verification = String(++count);
  const order: VerificationOrder = {
    connectionId,
    verification,
    grantId,
    reason: 'schedule',
    believedMs: 0,
    ...rest,
  };
  const { companies, kinds } = await inTemporal(() => office.activities.planVerification(order));
  await inTemporal(() => office.activities.verifyCompanies({ ...order, companies, kinds }));
  await office.activities.concludeVerification({ ...order, finished });
  return verification;
}
const mayRead = (index: number, kind: string, allowed: boolean, whose = user) =>
  bench.turn('right', { user: whose, division: divisions[index], kind, allowed });
const tell = (verification: string, activities = office.activities) =>
  activities.tellRights({ connectionId, verification });
const keyOf = (verification: string) => `rights/${connectionId}/${verification}/C-office`;

describe('What the login in use lost', () => {
  test('while Slack was down is told with the next verification, each loss in a message of its own', async () => {
    await tell(await verified());
    await mayRead(0, 'item', false);
    const first = await verified();
    const deaf = office.process({ speaker: { say: () => Promise.reject(new Error('Slack is down')) } });
    await expect(tell(first, deaf)).rejects.toThrow('Slack is down');
    await mayRead(1, 'journal', false);
    const second = await verified();
    await tell(second);
    expect(office.speaker.standing(keyOf(first))).toMatchObject({ lost: [{ kind: 'item' }] });
    expect(office.speaker.standing(keyOf(second))).toMatchObject({ lost: [{ kind: 'journal' }] });
    const said = office.speaker.all.length;
    await tell(await verified());
    expect(office.speaker.all).toHaveLength(said);
  });

  test('and was found by a verification that never came to its end is told with the next', async () => {
    await tell(await verified());
    await mayRead(0, 'item', false);
    const unfinished = await verified({ finished: false });
    await tell(await verified());
    expect(office.speaker.standing(keyOf(unfinished))).toMatchObject({ lost: [{ kind: 'item' }] });
  });

  test('is edited when it is mended, also when Slack was down just then', async () => {
    await tell(await verified());
    await mayRead(0, 'item', false);
    const lost = await verified();
    await tell(lost);
    await mayRead(0, 'item', true);
    const mended = await verified();
    const deaf = office.process({ speaker: { say: () => Promise.reject(new Error('Slack is down')) } });
    await expect(tell(mended, deaf)).rejects.toThrow('Slack is down');
    await tell(mended);
    expect(office.speaker.standing(keyOf(lost))).toMatchObject({ lost: [], mended: [{ kind: 'item' }] });
  });
});

describe('A verification that somebody asked for', () => {
  const show = async (verification: string, ended: { isFinished: boolean } | null) => {
    const told = { connectionId, verification, by: 'sanne', ended: ended && { stop: null, ...ended } };
    await office.activities.tellVerification(told);
    return office.speaker.standing(`verification/${connectionId}/${verification}`);
  };

  test('is one message that says how far it is, and then what cannot be read and where that is mended', async () => {
    const verification = 'asked';
    await office.store.verifications.begin({ connectionId, id: verification, grantId, reason: 'asked' });
    expect(await show(verification, null)).toMatchObject({
      by: 'Sanne Jansen',
      companies: 3,
      looked: 0,
      ended: null,
    });
    await mayRead(2, 'vat-code', false);
    await verified();
    expect(await show(verification, null)).toMatchObject({ looked: 3 });
    const ended = await show(verification, { isFinished: true });
    expect(ended).toMatchObject({
      ended: {
        how: 'finished',
        fine: 2,
        unknown: 0,
        closed: [{ kind: 'vat-code', companies: [{ code: '103' }] }],
      },
    });
    expect(inWords(ended!).text).toContain('Rights > Financial (VAT)');
    expect(new Set(office.speaker.keys()).size).toBe(1);
  });

  test('says that not everything could be asked, and takes nothing unknown for lost', async () => {
    await office.store.verifications.begin({ connectionId, id: 'cut', grantId, reason: 'asked' });
    expect(await show('cut', { isFinished: false })).toMatchObject({
      ended: { how: 'unfinished', closed: [] },
    });
  });
});

describe('A stand-in', () => {
  const look = async () => {
    await office.activities.tellStandInReach({ connectionId });
    return office.speaker.all.map(({ key }) => key);
  };
  const standsIn = async (as: string) => {
    const signInId = await office.logsIn('petra', as, { purpose: 'personal' });
    const found = await office.activities.redeemSignIn({ connectionId, signInId });
    if (found.result === 'refused') throw new Error('refused');
    await office.activities.acceptSignIn({ connectionId, signInId, person: 'petra', found });
    await office.save({ standInId: 'petra' });
    await verified();
    return found.login.grantId;
  };

  test('who reaches less than the login in use is warned of once, with what is missing and the next step', async () => {
    const own = await standsIn('S.Jansen');
    await mayRead(1, 'item', false, 'S.Jansen');
    expect(await office.activities.standInLogin({ connectionId })).toEqual({ grantId: own });
    await verified({ grantId: own, reason: 'stand-in' });
    expect(await look()).toEqual(['notice/1/sanne']);
    const warning = office.speaker.standing('notice/1/sanne');
    expect(warning).toMatchObject({
      standIn: 'Petra Peeters',
      login: 'S.Jansen',
      loginInUse: user,
      missing: [{ kind: 'item', companies: [{ code: '102' }] }],
      over: null,
    });
    expect(inWords(warning!).text).toContain('Rights > Stock (items)');
    await mayRead(1, 'item', true, 'S.Jansen');
    await verified({ grantId: own, reason: 'stand-in' });
    await look();
    expect(new Set(office.speaker.keys())).toEqual(new Set(['notice/1/sanne']));
    expect(office.speaker.standing('notice/1/sanne')).toMatchObject({ missing: [], over: 'reaches' });
  });

  test('who reaches enough again is no worry any more, wherever the first attempt to say so was killed', async () => {
    const own = await standsIn('S.Jansen');
    const mayReadItems = async (allowed: boolean) => {
      await mayRead(1, 'item', allowed, 'S.Jansen');
      await verified({ grantId: own, reason: 'stand-in' });
    };
    await killedAtEveryStep(office, {
      prepare: async () => {
        await mayReadItems(false);
        await look();
        await mayReadItems(true);
      },
      run: (dying) => dying.tellStandInReach({ connectionId }),
      afterwards: async () => {
        await look();
        expect(office.speaker.standing('notice/1/sanne')).toMatchObject({ over: 'reaches' });
        expect(await office.store.notices.open()).toEqual([]);
      },
    });
  });

  test('of whom nobody can tell what they reach is not said to reach everything', async () => {
    const own = await standsIn('S.Jansen');
    await mayRead(1, 'item', false, 'S.Jansen');
    await verified({ grantId: own, reason: 'stand-in' });
    await look();
    const [, second] = await office.store.companies.linked(connectionId);
    await office.store.rights.record(
      { connectionId, grantId: own },
      {
        verification: 'later',
        companyId: second!.externalId,
        findings: [{ kind: 'item', answer: 'unknown', evidence: 'no-answer', barrier: null }],
      },
    );
    await look();
    expect(office.speaker.standing('notice/1/sanne')).toMatchObject({ over: null });
    expect(await office.store.notices.open()).toHaveLength(1);
  });

  test('who no longer stands in is no worry any more', async () => {
    const own = await standsIn('S.Jansen');
    await mayRead(1, 'item', false, 'S.Jansen');
    await verified({ grantId: own, reason: 'stand-in' });
    await look();
    await office.save({ standInId: null });
    await look();
    expect(office.speaker.standing('notice/1/sanne')).toMatchObject({ over: 'replaced' });
  });

  test('with the login that is in use, or with none that works, needs no verification of their own', async () => {
    await office.save({ standInId: 'sanne' });
    expect(await office.activities.standInLogin({ connectionId })).toEqual({ grantId: null });
    await standsIn(user);
    expect(await office.activities.standInLogin({ connectionId })).toEqual({ grantId: null });
    expect(await look()).toEqual([]);
  });
});
