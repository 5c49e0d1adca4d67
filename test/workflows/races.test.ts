import { beforeAll, describe, expect, test } from '@jest/globals';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import * as contract from '../../workflows/contract.ts';
import { eventually } from '../until.ts';
import { found, hour, minute, waits } from './office-of-fakes.ts';
import { quietRuntime } from './servers.ts';
import {
  changeTo,
  chooseCompanies,
  connected,
  loginIs,
  pause,
  setUp,
  signIn,
  story,
  type Story,
} from './story.ts';

beforeAll(quietRuntime);

describe('an operator who ends a child', () => {
  test('of a round: the connection lives on and plans the next one', () =>
    story(async (story) => {
      const round = story.hold('planRound');
      await story.untilAsked('planRound');
      const { id, round: number } = await story.state();
      await story.env.client.workflow.getHandle(contract.workflowIds.sync(id, number)).cancel();
      await story.until(({ syncingSince, nextSyncAt }) => syncingSince === null && nextSyncAt !== null);
      round.release();
      await story.handle.executeUpdate(contract.syncNow, { args: [story.act()] });
      await story.until(({ lastSuccessAt }) => lastSuccessAt !== connected.state.lastSuccessAt);
    }, connected));

  test('of a former run: the next one begins when it is gone', () =>
    story(async (story) => {
      await story.until(({ syncingSince, round }) => syncingSince === null && round > connected.state.round);
      const former = story.hold('planRound');
      const { id, round } = await story.state();
      const { taskQueue } = await story.handle.describe();
      await story.env.client.workflow.start('syncMasterData', {
        workflowId: contract.workflowIds.sync(id, round + 1),
        taskQueue,
        args: [{ connectionId: id, round: round + 1, planned: true, requests: [], tellProgress: false }],
      });
      await story.handle.executeUpdate(contract.syncNow, { args: [story.act()] });
      await story.until(({ syncingSince }) => syncingSince !== null);
      former.release();
      await story.until(({ syncingSince }) => syncingSince === null);
      expect(story.times('planRound')).toBe(3);
    }, connected));

  test('of a set-up: the person is asked again', () =>
    story(async (story) => {
      await story.untilAsked('tellInvitation');
      const { id } = await story.state();
      await story.env.client.workflow.getHandle(contract.workflowIds.setUp(id)).cancel();
      await story.untilAsked('tellInvitation', 2);
      await setUp(story);
    }));
});

describe('while a round runs', () => {
  test('a change of synchronisation user begins, switches, and the round says nothing about the new login', () =>
    story(async (story) => {
      loginIs(story, 'broken');
      const round = story.hold('planRound');
      await story.untilAsked('planRound');
      story.script.signIns.tom = found('CX_Basecone', { person: 'tom' }); // the same login, with new tokens
      await changeTo(story, 'tom');
      await signIn(story, 'tom', 'change');
      await story.until(({ synchronisationUserId }) => synchronisationUserId === 'tom');
      expect((await story.state()).syncingSince).not.toBeNull();

      story.script.before.planRound = () => loginIs(story, 'well'); // from the next one on
      round.release();
      await story.untilAsked('planRound', 2);
      await story.until(({ lastSuccessAt }) => lastSuccessAt !== connected.state.lastSuccessAt);
      expect(story.times('openIncident')).toBe(0);
    }, connected));

  test('a change can be taken back', () =>
    story(async (story) => {
      story.hold('planRound');
      await story.untilAsked('planRound');
      await changeTo(story, 'tom');
      await story.untilAsked('tellInvitation');
      await story.handle.executeUpdate(contract.cancelInvitation, { args: [story.act()] });
      await story.until(({ changes, changingTo }) => changes === 1 && changingTo === null);
      expect((await story.state()).synchronisationUserId).toBe('sanne');
      story.script.before = {};
    }, connected));

  test('a change is taken back at once while the package does not answer, and nobody is asked to log in', () =>
    story(async (story) => {
      story.script.before.examineLogin = () => Promise.reject(new Error('The package does not answer.'));
      await changeTo(story, 'tom');
      await story.untilAsked('examineLogin', 2);
      await story.handle.executeUpdate(contract.cancelInvitation, { args: [story.act()] });
      await story.until(({ changes, changingTo }) => changes === 1 && changingTo === null);
      await story.untilAsked('tellChangeResult');
      expect(story.inputsOf('tellChangeResult')).toMatchObject([
        { result: { kind: 'cancelled', by: 'sanne' } },
      ]);
      expect(story.times('tellInvitation')).toBe(0);
      story.script.before = {};
    }, connected));

  test('a login that the package does not answer about is let go of when the change is taken back, and says so', () =>
    story(async (story) => {
      await changeTo(story, 'tom');
      await story.untilAsked('tellInvitation');
      story.script.before.redeemSignIn = () => Promise.reject(new Error('The package does not answer.'));
      await signIn(story, 'tom', 'change');
      await story.untilAsked('redeemSignIn', 2);
      await story.handle.executeUpdate(contract.cancelInvitation, { args: [story.act()] });
      await story.until(({ changes, changingTo }) => changes === 1 && changingTo === null);
      expect(story.inputsOf('dismissSignIn')).toEqual([{ signInId: 'tom' }]);
      expect(story.times('acceptSignIn')).toBe(0);
      story.script.before = {};
    }, connected));

  test('companies that are added are brought in right after it', () =>
    story(async (story) => {
      const round = story.hold('syncCompanies');
      await story.untilAsked('syncCompanies');
      await chooseCompanies(story, ['1', '2', '3']);
      round.release();
      await story.untilAsked('planRound', 2);
    }, connected));

  test('a pause is known to the store at once', () =>
    story(async (story) => {
      const round = story.hold('planRound');
      await story.untilAsked('planRound');
      await pause(story);
      await eventually(() => expect(story.saved()?.pausedBy).toBe('sanne'));
      round.release();
    }, connected));
});

describe('while somebody is asked for the first login', () => {
  test('a pause is known to the store at once, and holds when they have logged in', () =>
    story(async (story) => {
      await story.untilAsked('tellInvitation');
      await pause(story);
      await eventually(() =>
        expect(story.saved()).toMatchObject({ link: { state: 'connecting' }, pausedBy: 'sanne' }),
      );
      await signIn(story, 'first', 'set-up');
      await chooseCompanies(story, 'all');
      await story.until(({ link }) => link.state === 'connected');
      await story.pass(hour);
      expect(story.times('planRound')).toBe(0);
    }));

  test('the invitation does not lapse on somebody in the moment they come', () =>
    story(async (story) => {
      await story.untilAsked('tellInvitation');
      await story.pass(waits.invitationLapses - 10 * minute);
      await signIn(story, 'first', 'set-up');
      await story.untilAsked('acceptSignIn');
      await story.pass(hour);
      expect(story.times('forgetLogin')).toBe(0);
      await chooseCompanies(story, 'all');
      await story.until(({ link }) => link.state === 'connected');
    }));
});

describe('in the same moment', () => {
  test('a change and a reconnect: the successor stays, with their own login, and the incident ends once', () =>
    story(async (story) => {
      loginIs(story, 'broken');
      await story.untilAsked('tellDisconnection');
      story.script.signIns.tom = found('T.deVries', { person: 'tom' });
      const reconnect = story.hold(
        'acceptSignIn',
        ({ signInId }: { signInId: string }) => signInId === 'first',
      );
      await signIn(story, 'first', 'reconnect');
      await story.untilAsked('acceptSignIn');
      loginIs(story, 'well');
      await changeTo(story, 'tom');
      await signIn(story, 'tom', 'change');
      await story.until(({ synchronisationUserId }) => synchronisationUserId === 'tom');
      reconnect.release();
      await story.until(({ incident }) => incident === null);
      await story.pass(hour);
      expect(await story.state()).toMatchObject({
        link: { state: 'connected' },
        synchronisationUserId: 'tom',
        login: { accountingUserName: 'T.deVries' },
      });
      await eventually(() =>
        expect(story.inputsOf('closeIncident')).toMatchObject([{ by: 'tom', how: 'changed' }]),
      );
    }, connected));

  /** Sanne logs in again while Tom takes over: Sanne's login is being kept when Tom's is in use. */
  const whileTomTakesOver = (tell: (held: { release: () => void }, told: Story) => Promise<void>) =>
    story(async (told) => {
      loginIs(told, 'broken');
      await told.untilAsked('tellDisconnection');
      told.script.signIns.tom = found('T.deVries', { person: 'tom' });
      const held = told.hold('acceptSignIn', ({ signInId }: { signInId: string }) => signInId === 'first');
      await signIn(told, 'first', 'reconnect');
      await told.untilAsked('acceptSignIn');
      loginIs(told, 'well');
      told.script.plan = { ...told.script.plan, grantId: 'grant/T.deVries' };
      await changeTo(told, 'tom');
      await signIn(told, 'tom', 'change');
      await told.until(({ synchronisationUserId }) => synchronisationUserId === 'tom');
      await tell(held, told);
    }, connected);
  const breaksAgain = async (told: Story) => {
    loginIs(told, 'broken');
    await told.handle.executeUpdate(contract.syncNow, { args: [told.act()] });
    await told.until(({ link }) => link.state === 'disconnected');
  };

  test('a reconnect of the former login, and a break of the new one: the break is told at once', () =>
    whileTomTakesOver(async (held, told) => {
      await breaksAgain(told);
      await told.untilAsked('openIncident', 2);
      await told.until(({ incident }) => incident === 2);
      expect(told.inputsOf('openIncident').at(-1)).toMatchObject({ grantId: 'grant/T.deVries' });
      expect(told.inputsOf('closeIncident')).toMatchObject([{ incident: 1, by: 'tom', how: 'changed' }]);
      held.release();
      await told.untilAsked('tellRefusedLogin');
      expect(told.inputsOf('tellRefusedLogin')).toMatchObject([{ incident: 1, signInId: 'first' }]);
      await told.pass(minute);
      expect(await told.state()).toMatchObject({
        link: { state: 'disconnected' },
        synchronisationUserId: 'tom',
        login: { accountingUserName: 'T.deVries' },
        incident: 2,
      });
      told.script.signIns.again = found('T.deVries', { person: 'tom' });
      loginIs(told, 'well');
      await signIn(told, 'again', 'reconnect');
      await told.until(({ link }) => link.state === 'connected');
      await eventually(() =>
        expect(told.inputsOf('closeIncident').at(-1)).toMatchObject({ incident: 2, how: 'reconnected' }),
      );
    }));

  test('a login for the former one that came too late for being kept is not kept', () =>
    story(async (told) => {
      loginIs(told, 'broken');
      await told.untilAsked('tellDisconnection');
      told.script.signIns.tom = found('T.deVries', { person: 'tom' });
      const held = told.hold('redeemSignIn', ({ signInId }: { signInId: string }) => signInId === 'first');
      await signIn(told, 'first', 'reconnect');
      await told.untilAsked('redeemSignIn');
      loginIs(told, 'well');
      await changeTo(told, 'tom');
      await signIn(told, 'tom', 'change');
      await told.untilAsked('closeIncident'); // whoever waits for the former login knows of it then
      held.release();
      await told.untilAsked('dismissSignIn');
      expect(told.inputsOf('dismissSignIn')).toMatchObject([{ signInId: 'first' }]);
      expect(told.inputsOf('acceptSignIn')).toMatchObject([{ signInId: 'tom' }]);
      expect((await told.state()).login).toMatchObject({ accountingUserName: 'T.deVries' });
    }, connected));

  test('two who log in: the second hears that it is no longer needed', () =>
    story(async (story) => {
      loginIs(story, 'broken');
      await story.untilAsked('tellDisconnection');
      const first = story.hold('acceptSignIn');
      await signIn(story, 'first', 'reconnect');
      await story.untilAsked('acceptSignIn');
      await signIn(story, 'second', 'reconnect');
      loginIs(story, 'well');
      first.release();
      await story.until(({ link }) => link.state === 'connected');
      await eventually(() => expect(story.inputsOf('dismissSignIn')).toMatchObject([{ signInId: 'second' }]));
    }, connected));

  test('a cancel and the login it comes too late for: the person who cancels is told', () =>
    story(async (story) => {
      story.script.signIns.tom = found('T.deVries', { person: 'tom' });
      const login = story.hold('acceptSignIn');
      await changeTo(story, 'tom');
      await signIn(story, 'tom', 'change');
      await story.untilAsked('acceptSignIn');
      login.release();
      await story.until(({ synchronisationUserId }) => synchronisationUserId === 'tom');
      await expect(
        story.handle.executeUpdate(contract.cancelInvitation, { args: [story.act()] }),
      ).rejects.toThrow(WorkflowUpdateFailedError);
    }, connected));
});

describe('What somebody does after it was decided is refused, with why, and a retry of the same click as well', () => {
  const cancel = (told: Story, action = told.act()) =>
    told.handle.executeUpdate(contract.cancelInvitation, { args: [action] });
  const saying = (words: string) => ({ cause: { message: expect.stringContaining(words) } });

  test('a Cancel while a set-up whose companies are chosen is still being finished', () =>
    story(async (told) => {
      await told.untilAsked('tellInvitation');
      await signIn(told, 'first', 'set-up');
      await told.untilAsked('acceptSignIn');
      const linking = told.hold('linkCompanies');
      await chooseCompanies(told, 'all');
      await told.untilAsked('linkCompanies');
      const click = told.act();
      await expect(cancel(told, click)).rejects.toMatchObject(saying('companies-chosen-already'));
      await expect(cancel(told, click)).rejects.toMatchObject(saying('companies-chosen-already'));
      linking.release();
      await told.until(({ link }) => link.state === 'connected');
      await expect(cancel(told, click)).rejects.toMatchObject(saying('companies-chosen-already'));
    }));

  test('companies that are chosen before anybody logged in', () =>
    story(async (told) => {
      await told.untilAsked('tellInvitation');
      await expect(chooseCompanies(told, 'all')).rejects.toMatchObject(saying('nobody-logged-in'));
      await signIn(told, 'first', 'set-up');
      await chooseCompanies(told, 'all');
      await told.until(({ link }) => link.state === 'connected');
    }));

  test('companies that are chosen after a Cancel', () =>
    story(async (told) => {
      await told.untilAsked('tellInvitation');
      await signIn(told, 'first', 'set-up');
      await told.untilAsked('acceptSignIn');
      const forgetting = told.hold('forgetLogin');
      await cancel(told);
      await told.untilAsked('forgetLogin');
      await expect(chooseCompanies(told, 'all')).rejects.toMatchObject(saying('set-up-has-ended'));
      forgetting.release();
      await told.handle.result();
      expect(told.times('linkCompanies')).toBe(0);
    }));
});
