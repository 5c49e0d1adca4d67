import { beforeAll, describe, expect, test } from '@jest/globals';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import * as contract from '../../workflows/contract.ts';
import { eventually } from '../until.ts';
import { found, hour, minute, quietRuntime, waits } from './office-of-fakes.ts';
import { changeTo, chooseCompanies, connected, loginIs, pause, setUp, signIn, story } from './story.ts';

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
        args: [{ connectionId: id, round: round + 1, planned: true, wishes: [], tellProgress: false }],
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
      await story.handle.executeUpdate(contract.cancelInvitation, { args: [story.act()] });
      await story.until(({ changes, changingTo }) => changes === 1 && changingTo === null);
      expect((await story.state()).synchronisationUserId).toBe('sanne');
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
  test('a pause is known to the store at once, and holds when he has logged in', () =>
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

  test('the invitation does not lapse on him in the moment he comes', () =>
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
  test('a change and a reconnect: the successor stays, with his own login, and the incident ends once', () =>
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
