import { beforeAll, expect, test } from '@jest/globals';
import type { Activities } from '../../activities/index.ts';
import { loginOf } from '../connected-state.ts';
import { found } from './office-of-fakes.ts';
import { quietRuntime, skipTime } from './servers.ts';
import { roundsAreRare } from './scenarios.ts';
import { changeTo, connected, signIn, story, type Story } from './story.ts';

beforeAll(quietRuntime);

/** A worker that remembers nothing from one step to the next, as if it was killed after every one. */
const killedAfterEveryStep = { maxCachedWorkflows: 0 };

/** And it is killed in every activity: what it did is done, and nobody heard of it. `held` waits besides. */
function killInEveryActivity({ script, activities }: Story, held: Partial<Record<string, Promise<void>>>) {
  const answersLost = new Set<string>();
  for (const activity of Object.keys(activities) as (keyof Activities)[])
    script.before[activity] = (input) => {
      const call = `${activity} ${JSON.stringify(input)}`;
      if (answersLost.has(call)) return held[activity];
      answersLost.add(call);
      throw new Error('The worker was killed.');
    };
  return answersLost;
}

test('A change while a round runs, with the worker killed at each step, ends as if nothing had happened', () =>
  story(
    async (story) => {
      let release = () => {};
      const roundIsHeld = new Promise<void>((resolve) => (release = resolve));
      try {
        const lost = killInEveryActivity(story, { syncCompanies: roundIsHeld });
        await story.untilAsked('syncCompanies', 2);
        story.script.signIns.tom = found('T.deVries', { person: 'tom' });
        await changeTo(story, 'tom');
        await signIn(story, 'tom', 'change');
        await story.untilAsked('tellChanged', 2);
        expect((await story.state()).syncingSince).not.toBeNull();
        for (const activity of [
          'redeemSignIn',
          'verifyCompanies',
          'weighChange',
          'acceptSignIn',
          'tellChanged',
        ])
          expect([...lost].filter((call) => call.startsWith(`${activity} `))).not.toEqual([]);
      } finally {
        release();
      }
      await story.until(({ syncingSince, lastSuccessAt }) => syncingSince === null && lastSuccessAt !== null);

      expect(await story.state()).toMatchObject({
        synchronisationUserId: 'tom',
        login: loginOf('T.deVries'),
        changingTo: null,
        former: { person: 'sanne', login: loginOf('CX_Basecone') },
        link: { state: 'connected' },
      });
      for (const once of ['acceptSignIn', 'tellChanged'])
        expect(distinct(story.inputsOf(once))).toHaveLength(1);
      // One round, in which every company was brought in with the login it began with.
      expect(distinct(story.inputsOf('planRound'))).toHaveLength(1);
      expect(distinct(story.inputsOf('syncCompanies'))).toHaveLength(2);
      expect(story.inputsOf('syncCompanies')).toEqual(
        story.inputsOf('syncCompanies').map(() => expect.objectContaining({ grantId: 'grant/CX_Basecone' })),
      );
    },
    connected,
    skipTime,
    roundsAreRare,
    killedAfterEveryStep,
  ));

const distinct = (inputs: unknown[]) => [...new Set(inputs.map((input) => JSON.stringify(input)))];
