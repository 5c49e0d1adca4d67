import { beforeAll, describe, expect, test } from '@jest/globals';
import * as contract from '../../workflows/contract.ts';
import { eventually } from '../until.ts';
import { found } from './office-of-fakes.ts';
import { quietRuntime, realTime } from './servers.ts';
import { roundsAreRare } from './scenarios.ts';
import { changeTo, clickUntilFresh, connected, loginIs, signIn, story, type Story } from './story.ts';

beforeAll(quietRuntime);

const terminate = ({ env }: Story, workflowId: string) =>
  env.client.workflow.getHandle(workflowId).terminate('somebody clicked it');

/** Whoever asked for the change hears of it, and another one ends well. */
async function lostChangeIsTold(story: Story): Promise<void> {
  await story.until(({ changingTo }) => changingTo === null);
  await story.untilAsked('tellChangeResult');
  expect(story.inputsOf('tellChangeResult')).toMatchObject([
    { person: 'tom', askedBy: 'sanne', result: { kind: 'lost' } },
  ]);
  expect(story.happened()).toContainEqual(
    expect.objectContaining({ what: 'change-lost', by: null, data: { to: 'tom' } }),
  );
  expect(story.changeFacts().at(-1)).toMatchObject({
    ...{ number: 1, fact: 'unmade', why: 'lost', by: null },
    asked: { from: 'sanne', to: 'tom', askedBy: 'sanne' },
  });
  story.script.signIns.again = found('T.deVries', { person: 'tom' });
  await changeTo(story, 'tom');
  await signIn(story, 'again', 'change');
  await story.until(({ synchronisationUserId }) => synchronisationUserId === 'tom');
}

describe('A change that is terminated is told to who asked for it, and another one can be made', () => {
  test('at once', () =>
    story(
      async (story) => {
        await changeTo(story, 'tom');
        await story.untilAsked('tellInvitation');
        const { id, changes } = await story.state();
        await terminate(story, contract.workflowIds.change(id, changes));
        await lostChangeIsTold(story);
      },
      connected,
      realTime,
    ));

  test('while a fresh history of its connection begins', () =>
    story(
      async (story) => {
        await changeTo(story, 'tom');
        await story.untilAsked('tellInvitation');
        const { id, changes } = await story.state();
        // Nothing looks at it in the old history any more, and nothing is known of it yet in the new one.
        const looked = story.hold('lookAtWorkflow');
        await clickUntilFresh(story);
        await terminate(story, contract.workflowIds.change(id, changes));
        looked.release();
        await lostChangeIsTold(story);
      },
      connected,
      realTime,
    ));

  test('and somebody logs in for it after a fresh history: nobody waits for ten minutes', () =>
    story(
      async (story) => {
        await changeTo(story, 'tom');
        await story.untilAsked('tellInvitation');
        const { id, changes } = await story.state();
        await clickUntilFresh(story);
        await story.untilAsked('lookAtWorkflow');
        await terminate(story, contract.workflowIds.change(id, changes));
        await signIn(story, 'late', 'change');
        await eventually(() => expect(story.inputsOf('dismissSignIn')).toMatchObject([{ signInId: 'late' }]));
        await lostChangeIsTold(story);
      },
      connected,
      realTime,
    ));

  test('also when a child of its own failed', () =>
    story(
      async (story) => {
        story.script.signIns.tom = found('T.deVries', { person: 'tom' });
        const looked = story.hold('planVerification');
        await changeTo(story, 'tom');
        await signIn(story, 'tom', 'change');
        await story.untilAsked('planVerification');
        const { id, changes } = await story.state();
        await terminate(story, contract.workflowIds.verify(id, `change-${changes}-candidate`));
        looked.release();
        await lostChangeIsTold(story);
      },
      connected,
      realTime,
    ));
});

test('A reconnect that is terminated after a fresh history is sent anew, and ends well', () =>
  story(
    async (story) => {
      loginIs(story, 'broken');
      await story.untilAsked('tellDisconnection');
      const { id, incident } = await story.state();
      await clickUntilFresh(story);
      await story.untilAsked('lookAtWorkflow');
      await terminate(story, contract.workflowIds.reconnect(id, incident ?? 0));
      const isOnIt = story.handle.executeUpdate(contract.acknowledge, { args: [story.act('tom')] });
      await story.untilAsked('openIncident', 2);
      await isOnIt;
      loginIs(story, 'well');
      await signIn(story, 'first', 'reconnect');
      await story.until(({ link, incident }) => link.state === 'connected' && incident === null);
    },
    connected,
    realTime,
  ));

test('A verification that is terminated after a fresh history is begun once more, for who asked for it', () =>
  story(
    async (story) => {
      const verified = story.hold('verifyCompanies');
      await story.handle.executeUpdate(contract.verify, { args: [story.act('tom')] });
      await story.untilAsked('verifyCompanies');
      const { id } = await story.state();
      const looked = story.hold('lookAtWorkflow');
      await clickUntilFresh(story);
      await terminate(story, contract.workflowIds.verify(id, '1'));
      looked.release();
      verified.release();
      await story.untilAsked('concludeVerification');
      await eventually(() =>
        expect(story.inputsOf('tellVerification').at(-1)).toMatchObject({
          verification: '2',
          by: 'tom',
          ended: { isFinished: true },
        }),
      );
    },
    connected,
    realTime,
    { ...roundsAreRare, retryDelayed: 500 },
  ));

test('A round that is terminated after a fresh history is followed by the next one', () =>
  story(
    async (story) => {
      const planned = story.hold('planRound');
      await story.untilAsked('planRound');
      const { id, round } = await story.state();
      const looked = story.hold('lookAtWorkflow');
      await clickUntilFresh(story);
      await terminate(story, contract.workflowIds.sync(id, round));
      looked.release();
      planned.release();
      await story.until(({ lastSuccessAt }) => lastSuccessAt !== connected.state.lastSuccessAt);
    },
    connected,
    realTime,
  ));
