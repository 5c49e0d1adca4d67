import { beforeAll, describe, expect, test } from '@jest/globals';
import * as contract from '../../workflows/contract.ts';
import { loginOf } from '../connected-state.ts';
import { eventually } from '../until.ts';
import { found, hour, minute } from './office-of-fakes.ts';
import { quietRuntime, realTime, skipTime } from './servers.ts';
import { canNoLongerBeUndone, decide, loss, scenarios } from './scenarios.ts';
import { changeTo, clickUntilFresh, connected, loginIs, signIn, story, type Story } from './story.ts';

beforeAll(quietRuntime);

const unchanged = { synchronisationUserId: 'sanne', login: loginOf('CX_Basecone'), changingTo: null };

/** Tom has logged in, and what would be lost is shown. */
async function isShown(story: Story, weighed = loss): Promise<void> {
  story.script.signIns.tom = found('P.Peeters', { person: 'tom' });
  story.script.weighed = weighed;
  await changeTo(story, 'tom');
  await signIn(story, 'tom', 'change');
  await story.untilAsked('tellChangeDecision');
}
const undo = (story: Story, by = 'petra') =>
  story.handle.executeUpdate(contract.undoChange, { args: [story.act(by)] });

describe('A change that loses something', () => {
  test('needs a reason, and a second superuser who is another person', () =>
    story(async (story) => {
      await isShown(story);
      await expect(decide(story, 'agree', 'petra')).rejects.toThrow();
      await expect(decide(story, 'confirm', 'sanne', ' ')).rejects.toThrow();
      await decide(story, 'confirm', 'sanne');
      await story.untilAsked('tellChangeDecision', 2);
      await expect(decide(story, 'agree', 'sanne')).rejects.toThrow();
      expect((await story.state()).synchronisationUserId).toBe('sanne');
      await decide(story, 'agree', 'petra');
      await story.until(({ synchronisationUserId }) => synchronisationUserId === 'tom');
      await story.untilAsked('tellChanged');
      expect(story.inputsOf('tellChanged')).toMatchObject([
        {
          approval: { confirmedBy: 'sanne', reason: 'Company 7 is sold.', agreedBy: 'petra' },
          weighed: { reachBefore: 12, reachAfter: 10 },
        },
      ]);
      expect(story.happened().at(-1)).toMatchObject({
        what: 'synchronisation-user-changed',
        by: 'tom',
        data: { from: 'sanne', to: 'tom', agreedBy: 'petra', reachAfter: 10, hadLinkedIt: false },
      });
      const asked = { from: 'sanne', to: 'tom', askedBy: 'sanne', isUnattended: false };
      const made = {
        ...{ login: 'P.Peeters', formerLogin: 'CX_Basecone', hadLinkedIt: false },
        ...{ reachBefore: 12, reachAfter: 10, lost: 18, gained: 0, uncertain: 0 },
        ...{ confirmedBy: 'sanne', reason: 'Company 7 is sold.', agreedBy: 'petra' },
      };
      expect(story.changeFacts()).toEqual([
        { number: 1, fact: 'asked', asked: expect.objectContaining(asked) },
        { number: 1, fact: 'made', asked: expect.objectContaining(asked), at: expect.any(String), made },
      ]);
      await story.untilAsked('settleChangeQuestion');
    }, connected));

  test('is refused by the second superuser, and everything stays as it was', () =>
    story(async (story) => {
      await scenarios['change-refused'].tell(story);
      expect(await story.state()).toMatchObject(unchanged);
      expect(story.inputsOf('tellChangeResult')).toMatchObject([
        { result: { kind: 'cancelled', by: 'petra' } },
      ]);
      await eventually(() =>
        expect(story.changeFacts().at(-1)).toMatchObject({
          ...{ number: 1, fact: 'unmade', why: 'cancelled', by: 'petra' },
          asked: { from: 'sanne', to: 'tom', askedBy: 'sanne' },
        }),
      );
      expect(story.times('tellChanged')).toBe(0);
      await expect(decide(story, 'agree', 'petra')).rejects.toThrow();
    }, connected));

  test('is refused at once in an office with one superuser', () =>
    story(async (story) => {
      story.script.signIns.tom = found('P.Peeters', { person: 'tom' });
      story.script.weighed = { ...loss, superusers: 1 };
      await changeTo(story, 'tom');
      await signIn(story, 'tom', 'change');
      await story.until(({ changes, changingTo }) => changes === 1 && changingTo === null);
      expect(await story.state()).toMatchObject(unchanged);
      expect(story.inputsOf('tellChangeResult')).toMatchObject([{ result: { kind: 'needs-second' } }]);
      expect(story.times('tellChangeDecision')).toBe(0);
    }, connected));

  test('is cancelled by whoever cancels an invitation', () =>
    story(async (story) => {
      await isShown(story);
      await story.handle.executeUpdate(contract.cancelInvitation, { args: [story.act()] });
      await story.until(({ changingTo }) => changingTo === null);
      expect(await story.state()).toMatchObject(unchanged);
    }, connected));
});

test('A change of which nobody can tell everything is decided by one superuser', () =>
  story(async (story) => {
    await isShown(story, { ...loss, verdict: 'uncertain', lost: 0, uncertain: 3 });
    await decide(story, 'confirm', 'sanne', null);
    await story.until(({ synchronisationUserId }) => synchronisationUserId === 'tom');
  }, connected));

test('A change that only gains happens by itself', () =>
  story(async (story) => {
    story.script.signIns.tom = found('T.deVries', { person: 'tom' });
    story.script.weighed = { ...loss, verdict: 'fits', lost: 0, gained: 9, reachAfter: 13 };
    await changeTo(story, 'tom');
    await signIn(story, 'tom', 'change');
    await story.until(({ synchronisationUserId }) => synchronisationUserId === 'tom');
    expect(story.times('tellChangeDecision')).toBe(0);
  }, connected));

test('A login in another environment, or of another connection, is no candidate; another one may come', () =>
  story(async (story) => {
    story.script.signIns.elsewhere = found('T.deVries', { login: loginOf('T.deVries', 'env-2') });
    story.script.signIns.taken = found('T.deVries', { usedBy: 'The other one' });
    story.script.signIns.tom = found('T.deVries', { person: 'tom' });
    await changeTo(story, 'tom');
    await signIn(story, 'elsewhere', 'change');
    await signIn(story, 'taken', 'change');
    await story.untilAsked('refuseSignIn', 2);
    expect(story.inputsOf('refuseSignIn')).toMatchObject([
      { verdict: 'wrong-environment' },
      { verdict: 'login-in-use' },
    ]);
    expect((await story.state()).synchronisationUserId).toBe('sanne');
    await signIn(story, 'tom', 'change');
    await story.until(({ synchronisationUserId }) => synchronisationUserId === 'tom');
  }, connected));

describe('A change that was made', () => {
  const stillKept = canNoLongerBeUndone('stand-in');
  const standsIn = { ...connected, state: { ...connected.state, standInId: 'tom' } };
  const toTom = async (story: Story) => {
    await scenarios['change-done'].tell(story);
    expect(await story.state()).toMatchObject({ synchronisationUserId: 'tom', standInId: null });
  };

  test('from standing in is undone to standing in', () =>
    story(async (story) => {
      await toTom(story);
      await undo(story);
      await story.until(({ synchronisationUserId }) => synchronisationUserId === 'sanne');
      expect(await story.state()).toMatchObject({ standInId: 'tom', former: null });
    }, standsIn));

  test('is undone without taking the place of whoever was chosen to stand in since', () =>
    story(async (story) => {
      await toTom(story);
      await story.handle.executeUpdate(contract.setStandIn, { args: [{ ...story.act(), person: 'joost' }] });
      await undo(story);
      await story.until(({ synchronisationUserId }) => synchronisationUserId === 'sanne');
      expect(await story.state()).toMatchObject({ standInId: 'joost' });
    }, standsIn));

  test('is undone within a day, by anybody, once, and back to the login it was', () =>
    story(async (story) => {
      await scenarios['change-undone'].tell(story);
      expect(await story.state()).toMatchObject({ ...unchanged, former: null });
      expect(story.inputsOf('tellUndone')).toMatchObject([
        { by: 'petra', from: 'tom', to: 'sanne', login: 'CX_Basecone' },
      ]);
      const facts = story.changeFacts().map(({ number, fact }) => [number, fact]);
      expect(facts).toEqual([
        [1, 'asked'],
        [1, 'made'],
        [1, 'undone'],
      ]);
      expect(story.changeFacts().at(-1)).toMatchObject({ by: 'petra' });
      expect(story.happened().at(-1)).toMatchObject({
        what: 'change-undone',
        by: 'petra',
        data: { from: 'tom', to: 'sanne', login: 'CX_Basecone' },
      });
      await expect(undo(story)).rejects.toThrow();
      expect(story.times('settleFormerLogin')).toBe(0);
    }, connected));

  test('keeps the former login for a stand-in once it cannot be undone, if that was chosen', () =>
    story(async (story) => {
      await scenarios['change-kept'].tell(story);
      expect(await story.state()).toMatchObject({ standInId: 'tom', former: null });
      expect(story.inputsOf('settleFormerLogin')).toMatchObject([{ person: 'tom', fate: 'stand-in' }]);
      await expect(undo(story)).rejects.toThrow();
    }, canNoLongerBeUndone('stand-in')));

  test('does not let the former user take the place of whoever was chosen to stand in since', () =>
    story(
      async (story) => {
        await scenarios['change-kept'].tell(story);
        expect(await story.state()).toMatchObject({ standInId: 'joost', former: null });
        expect(story.inputsOf('settleFormerLogin')).toMatchObject([{ placeTakenBy: 'joost' }]);
      },
      { ...stillKept, state: { ...stillKept.state, standInId: 'joost' } },
    ));

  test('lets go of the former login otherwise', () =>
    story(async (story) => {
      await scenarios['change-kept'].tell(story);
      expect((await story.state()).standInId).toBeNull();
      expect(story.inputsOf('settleFormerLogin')).toMatchObject([{ person: 'tom', fate: 'let-go' }]);
    }, canNoLongerBeUndone('let-go')));

  test('is not undone to a login that was broken', () =>
    story(async (story) => {
      await scenarios['change-mends'].tell(story);
      expect((await story.state()).former).toBeNull();
      await expect(undo(story)).rejects.toThrow();
    }, connected));
});

describe('A change that mends a broken login', () => {
  const mends = (fate: 'stand-in' | 'let-go', check: (story: Story) => Promise<void>) =>
    story(async (story) => {
      loginIs(story, 'broken');
      await story.untilAsked('tellDisconnection');
      loginIs(story, 'well');
      story.script.signIns.tom = found('T.deVries', { person: 'tom' });
      await changeTo(story, 'tom', fate);
      await signIn(story, 'tom', 'change');
      await story.untilAsked('tellFormerSettled');
      expect(story.inputsOf('settleFormerLogin')).toMatchObject([
        {
          change: 1,
          person: 'sanne',
          login: loginOf('CX_Basecone'),
          fate,
          broken: { cause: 'consent-withdrawn' },
        },
      ]);
      await check(story);
    }, connected);

  test('keeps who was the synchronisation user as stand-in at once, if that was chosen', () =>
    mends('stand-in', (story) => story.until(({ standInId }) => standInId === 'sanne')));

  test('lets go of the former login at once otherwise', () =>
    mends('let-go', async (story) =>
      expect(await story.state()).toMatchObject({ standInId: null, former: null }),
    ));
});

test('A change that is cancelled while both logins are looked at changes nothing, whatever was found', () =>
  story(async (story) => {
    const weighed = story.hold('weighChange');
    story.script.signIns.tom = found('T.deVries', { person: 'tom' });
    await changeTo(story, 'tom');
    await signIn(story, 'tom', 'change');
    await story.untilAsked('weighChange');
    await story.handle.executeUpdate(contract.cancelInvitation, { args: [story.act()] });
    weighed.release();
    await story.until(({ changes, changingTo }) => changes === 1 && changingTo === null);
    expect(await story.state()).toMatchObject(unchanged);
    await story.untilAsked('tellChangeResult');
    expect(story.inputsOf('tellChangeResult')).toMatchObject([
      { result: { kind: 'cancelled', by: 'sanne' } },
    ]);
    expect(story.times('tellChanged')).toBe(0);
  }, connected));

test('Whoever comes back by a change keeps the login that was kept for them', () =>
  story(async (story) => {
    await scenarios['change-done'].tell(story);
    expect((await story.state()).former).toMatchObject({ person: 'sanne' });
    story.script.signIns.back = found('CX_Basecone');
    await changeTo(story, 'sanne');
    await signIn(story, 'back', 'change');
    await story.untilAsked('tellChanged', 2);
    expect(await story.state()).toMatchObject({
      synchronisationUserId: 'sanne',
      former: { change: 2, person: 'tom' },
    });
    expect(story.times('settleFormerLogin')).toBe(0);
  }, connected));

test('Whoever comes back with another login: the one that was kept for them is let go of', () =>
  story(async (story) => {
    await scenarios['change-done'].tell(story);
    story.script.signIns.back = found('S.Jansen');
    await changeTo(story, 'sanne', 'stand-in');
    await signIn(story, 'back', 'change');
    await story.untilAsked('tellChanged', 2);
    expect(story.inputsOf('settleFormerLogin')).toMatchObject([
      { change: 1, person: 'sanne', login: loginOf('CX_Basecone'), fate: 'let-go' },
    ]);
  }, connected));

test('A change that nobody decides lapses, and everything stays as it was', () =>
  story(
    async (story) => {
      await isShown(story);
      await story.pass(hour + minute);
      await story.until(({ changes, changingTo }) => changes === 1 && changingTo === null);
      expect(await story.state()).toMatchObject(unchanged);
      expect(story.inputsOf('tellChangeResult')).toMatchObject([{ result: { kind: 'lapsed' } }]);
      const inHistory = story.happened();
      expect(inHistory).toMatchObject([
        { by: 'sanne', what: 'change-asked', data: { from: 'sanne', to: 'tom' } },
        { by: null, what: 'change-lapsed', data: { to: 'tom' } },
      ]);
    },
    connected,
    skipTime,
    { invitationLapses: hour },
  ));

test('A change that nobody answers outlives a fresh history of its connection', () =>
  story(
    async (story) => {
      await changeTo(story, 'tom');
      await story.untilAsked('tellInvitation');
      await clickUntilFresh(story);
      expect((await story.state()).changingTo).toBe('tom');
      story.script.signIns.tom = found('T.deVries', { person: 'tom' });
      await signIn(story, 'tom', 'change');
      await story.untilAsked('tellChanged');
      expect((await story.state()).synchronisationUserId).toBe('tom');
    },
    connected,
    realTime,
  ));

test('A change that waits does not try a login that broke meanwhile; what is known of it counts', () =>
  story(async (story) => {
    story.script.signIns.tom = found('T.deVries', { person: 'tom' });
    await changeTo(story, 'tom');
    await story.untilAsked('tellInvitation');
    story.script.inUseIsWell = false;
    const before = story.times('planVerification');
    await signIn(story, 'tom', 'change');
    await story.untilAsked('weighChange');
    const looked = story.inputsOf('planVerification').slice(before);
    expect(looked).toMatchObject([{ grantId: 'grant/T.deVries' }]);
    await story.until(({ synchronisationUserId }) => synchronisationUserId === 'tom');
  }, connected));
