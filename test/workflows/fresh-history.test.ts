import { beforeAll, describe, expect, test } from '@jest/globals';
import * as contract from '../../workflows/contract.ts';
import { eventually } from '../until.ts';
import { longHistory, quietRuntime, realTime } from './office-of-fakes.ts';
import { scenarios } from './scenarios.ts';
import { changeTo, connected, pause, signIn, story, type Story } from './story.ts';

beforeAll(quietRuntime);

const runOf = async ({ handle }: Story) => (await handle.describe()).runId;

/** Pauses and resumes until the history is long; returns what was clicked last. */
async function clickUntilLong(story: Story): Promise<contract.Action> {
  const { handle } = story;
  for (let clicks = 0; clicks < longHistory; clicks += 1) {
    await pause(story);
    const last = story.act();
    await handle.executeUpdate(contract.resume, { args: [last] });
    const { historyLength } = await handle.describe();
    if (historyLength > longHistory + 20) return last;
  }
  throw new Error('The history never became long');
}

test('a reconnect that waits for weeks begins a fresh history, and hears of the login all the same', () =>
  story(
    async (story) => {
      await scenarios['reconnect-fresh-history'].tell(story);
      const planned = story.inputsOf('planHumanStep') as { onItSince: string | null }[];
      expect(planned.at(-1)?.onItSince).not.toBeNull(); // whoever was on it is on it still
      expect(story.times('openIncident')).toBe(1);
    },
    connected,
    realTime,
  ));

describe('a connection with a long history begins a fresh one', () => {
  test('and keeps its state, the clicks it has seen and what an operator finds it by', () =>
    story(
      async (story) => {
        await story.until(({ lastSuccessAt }) => lastSuccessAt !== connected.state.lastSuccessAt);
        const firstRun = await runOf(story);
        const before = await story.state();
        const busy = story.hold('syncCompanies'); // a round is under way, so no fresh history may begin
        const click = await clickUntilLong(story);
        expect(await runOf(story)).toBe(firstRun);
        busy.release();
        await eventually(async () => expect(await runOf(story)).not.toBe(firstRun));
        await story.until(({ syncingSince }) => syncingSince === null);

        const after = await story.state();
        expect(after).toMatchObject({
          id: before.id,
          link: before.link,
          login: before.login,
          pausedBy: null,
        });
        expect(after.revision).toBeGreaterThan(before.revision);
        const looks = story.inputsOf('lookAfterLogins');
        expect(looks.filter((input) => (input as { all: boolean }).all)).toHaveLength(1); // not once more in the new one
        await eventually(() => expect(story.saved()).toMatchObject({ revision: after.revision }));
        await story.handle.executeUpdate(contract.resume, { args: [click] }); // answered, though it is not paused
        const described = await story.handle.describe();
        expect(described.searchAttributes).toMatchObject({ SyncuserStatus: ['Login success'] });
      },
      connected,
      realTime,
    ));

  test('but first does what somebody asks for in the last moment', () =>
    story(
      async (story) => {
        await story.until(({ lastSuccessAt }) => lastSuccessAt !== connected.state.lastSuccessAt);
        const firstRun = await runOf(story);
        const handler = story.hold('dismissSignIn');
        const late = signIn(story, 'late', 'change'); // its handler is under way, so no fresh history may begin
        await story.untilAsked('dismissSignIn');
        await clickUntilLong(story);
        expect(await runOf(story)).toBe(firstRun);
        await changeTo(story, 'tom');
        handler.release();
        await late;
        await story.until(({ changingTo }) => changingTo === 'tom');
        await story.untilAsked('tellInvitation');
      },
      connected,
      realTime,
    ));
});
