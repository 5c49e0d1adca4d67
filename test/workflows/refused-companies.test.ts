import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RoundPlan } from '../../activities/sync/rounds.ts';
import { minute, waits } from './office-of-fakes.ts';
import { quietRuntime } from './servers.ts';
import { connected, story, type Story } from './story.ts';

beforeAll(quietRuntime);

/** Every company refuses, and was listed a moment before; this is what the package lists when it is asked once more. */
function isRefused(story: Story, then: Partial<RoundPlan>): void {
  const { script, times } = story;
  script.chunk = { ...script.chunk, read: 0, refused: 1 };
  const before = script.plan;
  const rounds = times('planRound');
  script.before.planRound = () => {
    if (times('planRound') > rounds + 1) script.plan = { ...before, ...then };
  };
}

describe('When companies refuse all of a sudden', () => {
  test('the list is asked for once more, and a login that reaches none of them is known in the same round', () =>
    story(async (story) => {
      const { round } = await story.state();
      isRefused(story, { companies: [], stop: { kind: 'broken', cause: 'no-company-access' } });
      await story.until(({ link }) => link.state === 'disconnected');
      expect(await story.state()).toMatchObject({ round: round + 1, link: { cause: 'no-company-access' } });
      expect(story.times('planRound')).toBe(2);
    }, connected));

  test('a list that cannot be had is asked for again soon, and not only at the next planned round', () =>
    story(async (story) => {
      isRefused(story, { unlistedSince: '2026-01-05T09:00:00.000Z' });
      await story.untilAsked('planRound', 2);
      story.script.chunk = { ...story.script.chunk, read: 9, refused: 0 };
      await story.pass(waits.retryDelayed + minute);
      await story.untilAsked('planRound', 3);
    }, connected));

  test('what the list itself showed is asked for once', () =>
    story(async (story) => {
      story.script.plan = { ...story.script.plan, refused: 1 };
      await story.until(({ lastSuccessAt }) => lastSuccessAt !== connected.state.lastSuccessAt);
      await story.pass(waits.retryDelayed + minute);
      expect(story.times('planRound')).toBe(1);
    }, connected));
});
