import { beforeAll, describe, expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import type { DeletionVerdict } from '../../domain/sync/deletion-guard.ts';
import * as contract from '../../workflows/contract.ts';
import { eventually } from '../until.ts';
import { longHistory, quietRuntime, realTime, skipTime } from './servers.ts';
import { roundsAreRare } from './scenarios.ts';
import { chooseCompanies, connected, pause, resume, signIn, story, type Story } from './story.ts';

beforeAll(quietRuntime);

const choose = ({ handle }: Story, action: contract.Action, companies: string[] = ['1', '2', '3']) =>
  handle.executeUpdate(contract.chooseCompanies, { args: [{ ...action, companies }] });
const unlink = ({ handle }: Story, action: contract.Action) =>
  handle.executeUpdate(contract.unlinkCompanies, { args: [{ ...action, companies: ['2'] }] });
const decide = ({ handle }: Story, action: contract.Action, verdict: DeletionVerdict = 'kept') =>
  handle.executeUpdate(contract.decideDeletions, { args: [{ ...action, question: 1, verdict }] });
const answeredAlready = { cause: { message: 'answered-already' } };

/** Holds the connection in the middle of what it does, so that what people ask for meanwhile is only noted. */
async function isBusy(story: Story): Promise<{ release: () => void }> {
  await story.until(
    ({ syncingSince, lastSuccessAt }) =>
      syncingSince === null && lastSuccessAt !== connected.state.lastSuccessAt,
  );
  const saved = story.times('saveConnection');
  const held = story.hold('saveConnection');
  await pause(story);
  await story.untilAsked('saveConnection', saved + 1);
  return held;
}
/** Notes are taken in order: one that came after them is answered, so they are there. */
const areNoted = (story: Story) => resume(story);

const rarely = (tell: (story: Story) => Promise<void>, options: Parameters<typeof story>[4] = {}) =>
  story(tell, connected, skipTime, roundsAreRare, options);

test('What people ask for while a connection is busy is noted, done in order, and each reads what came of it', () =>
  rarely(async (story) => {
    const held = await isBusy(story);
    story.script.counts = false;
    const accepted = { waitForStage: 'ACCEPTED' as const };
    const { handle } = story;
    const unlinked = await handle.startUpdate(contract.unlinkCompanies, {
      ...accepted,
      args: [{ ...story.act(), companies: ['2'] }],
    });
    const linked = await handle.startUpdate(contract.chooseCompanies, {
      ...accepted,
      args: [{ ...story.act('tom'), companies: ['1', '2', '3'] }],
    });
    const decided = decide(story, story.act());
    await areNoted(story);
    const works = () =>
      story.asked.flatMap(({ activity }) => (/(linkC|unlinkC|settleD)/.test(activity) ? [activity] : []));
    expect(works()).toEqual([]);
    held.release();
    await Promise.all([unlinked.result(), linked.result()]);
    await expect(decided).rejects.toMatchObject(answeredAlready);
    expect(works()).toEqual(['unlinkCompanies', 'linkCompanies', 'settleDeletions']);
    expect(story.inputsOf('linkCompanies')).toMatchObject([{ by: 'tom', companies: ['1', '2', '3'] }]);
    await eventually(() => expect(story.saved()?.companies).toBe(3));
  }));

test('A click that comes twice while it is being answered is done once and answered alike', () =>
  rarely(async (story) => {
    const held = await isBusy(story);
    story.script.counts = false;
    const click = story.act();
    const answers = Promise.allSettled([decide(story, click), decide(story, click)]);
    await areNoted(story);
    held.release();
    const refused = { status: 'rejected', reason: answeredAlready };
    expect(await answers).toMatchObject([refused, refused]);
    await expect(decide(story, click)).rejects.toMatchObject(answeredAlready);
    expect(story.times('settleDeletions')).toBe(1);
  }));

test('What fails for good is told to who asked, and holds up neither the others nor the connection', () =>
  rarely(async (story) => {
    const held = await isBusy(story);
    story.script.before.linkCompanies = () => {
      throw ApplicationFailure.nonRetryable('The companies cannot be read');
    };
    const click = story.act();
    const answers = Promise.allSettled([choose(story, click), unlink(story, story.act())]);
    await areNoted(story);
    held.release();
    expect(await answers).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled' }]);
    expect((await story.handle.describe()).status.name).toBe('RUNNING');
    await eventually(() => expect(story.saved()?.companies).toBe(11));
    story.script.before = {};
    await choose(story, click); // it may come again
    expect(story.times('linkCompanies')).toBe(2);
    await eventually(() => expect(story.saved()?.companies).toBe(3));
  }));

test('A worker that is killed after every step, and in the work itself, does what was noted and answers', () =>
  rarely(
    async (story) => {
      const died = new Set<string>();
      const diesOnce = (work: string) => () => {
        if (died.has(work)) return;
        died.add(work);
        throw new Error('The worker was killed.');
      };
      for (const work of ['linkCompanies', 'settleDeletions'] as const)
        story.script.before[work] = diesOnce(work);
      await Promise.all([choose(story, story.act()), decide(story, story.act())]);
      expect(story.inputsOf('linkCompanies')).toEqual(Array(2).fill(story.inputsOf('linkCompanies')[0]));
      await eventually(() => expect(story.saved()?.companies).toBe(3));
      await story.untilAsked('tellDeletions');
    },
    { maxCachedWorkflows: 0 },
  ));

test('A decision about deletions of a connection that nobody ever logged in to is refused', () =>
  story(async (story) => {
    await story.untilAsked('tellInvitation');
    await expect(decide(story, story.act())).rejects.toMatchObject({
      cause: { message: 'nobody-logged-in' },
    });
  }));

describe('A fresh history', () => {
  const runOf = async ({ handle }: Story) => (await handle.describe()).runId;
  const isLong = async (story: Story) => {
    for (let length = 0; length < longHistory;) {
      await pause(story);
      await resume(story);
      length = (await story.handle.describe()).historyLength;
    }
  };
  const isFresh = (story: Story, firstRun: string) =>
    eventually(async () => {
      await pause(story);
      await resume(story);
      expect(await runOf(story)).not.toBe(firstRun);
    });

  test('begins after what was noted is done, once, and everybody is answered', () =>
    story(
      async (story) => {
        const linking = story.hold('linkCompanies');
        const click = story.act();
        const linked = choose(story, click);
        await story.untilAsked('linkCompanies');
        const unlinked = unlink(story, story.act());
        const firstRun = await runOf(story);
        await isLong(story);
        expect(await runOf(story)).toBe(firstRun);
        expect(story.times('unlinkCompanies')).toBe(0);
        linking.release();
        await Promise.all([linked, unlinked]);
        await isFresh(story, firstRun);
        await choose(story, click); // answered, and not done again
        expect([story.times('linkCompanies'), story.times('unlinkCompanies')]).toEqual([1, 1]);
        await eventually(() => expect(story.saved()?.companies).toBe(11));
      },
      connected,
      realTime,
    ));

  test('loses nothing that was noted and nobody waits for', () =>
    story(
      async (story) => {
        const held = await isBusy(story);
        const firstRun = await runOf(story);
        await resume(story);
        await isLong(story);
        await signIn(story, 'late', 'change');
        held.release();
        await eventually(() => expect(story.inputsOf('dismissSignIn')).toEqual([{ signInId: 'late' }]));
        await isFresh(story, firstRun);
      },
      connected,
      realTime,
      roundsAreRare,
    ));
});

describe('A login that nobody waits for', () => {
  test('is answered in the main loop', () =>
    rarely(async (story) => {
      const held = await isBusy(story);
      await signIn(story, 'late', 'change');
      expect(story.times('dismissSignIn')).toBe(0);
      held.release();
      await eventually(() => expect(story.inputsOf('dismissSignIn')).toEqual([{ signInId: 'late' }]));
      await signIn(story, 'late', 'change');
      await chooseCompanies(story, ['1']);
      expect(story.times('dismissSignIn')).toBe(1);
    }));

  test('is answered also in the moment in which a set-up that was called off ends', () =>
    story(async (story) => {
      await story.untilAsked('tellInvitation');
      const saved = story.times('saveConnection');
      const held = story.hold('saveConnection');
      await story.handle.executeUpdate(contract.cancelInvitation, { args: [story.act()] });
      await story.untilAsked('saveConnection', saved + 1);
      await signIn(story, 'late', 'set-up');
      held.release();
      await story.handle.result();
      expect(story.inputsOf('dismissSignIn')).toEqual([{ signInId: 'late' }]);
    }));
});
