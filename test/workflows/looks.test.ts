import { beforeAll, describe, expect, test } from '@jest/globals';
import { loginBroke } from '../../workflows/contract.ts';
import { hour, minute, waits } from './office-of-fakes.ts';
import { quietRuntime, skipTime } from './servers.ts';
import { roundsAreRare, scenarios } from './scenarios.ts';
import { connected, loginIs, lookFinds, pause, signIn, story, type Story } from './story.ts';

beforeAll(quietRuntime);

const firstRound = (story: Story) =>
  story.until(({ lastSuccessAt }) => lastSuccessAt !== connected.state.lastSuccessAt);
const looksAtAll = (story: Story) =>
  story.inputsOf('checkLogins').filter((input) => (input as { all: boolean }).all).length;

describe('Between the rounds', () => {
  test('a login that broke is found and told before the next round, and not tried again', () =>
    story(
      async (story) => {
        await scenarios['broken-between-rounds'].tell(story);
        expect(await story.state()).toMatchObject({
          link: { state: 'disconnected', cause: 'consent-withdrawn' },
          incident: 1,
        });
        expect(story.times('planRound')).toBe(1);
        const looks = story.times('checkLogins');
        await story.pass(6 * hour);
        expect(story.times('checkLogins')).toBe(looks);

        lookFinds(story, 'well');
        await signIn(story, 'first', 'reconnect');
        await story.until(({ link }) => link.state === 'connected');
        await story.untilAsked('planRound', 2);
      },
      connected,
      skipTime,
      roundsAreRare,
    ));

  test('a booking that is refused tells of the broken login at once, and goes on with the reconnect', () =>
    story(
      async (story) => {
        await scenarios['bookings-break'].tell(story);
        expect(story.times('openIncident')).toBe(1);
        expect(story.times('checkLogins')).toBeLessThan(3);
        expect(story.times('waitingBookings')).toBe(2);
      },
      connected,
      skipTime,
      roundsAreRare,
    ));

  test('a booking refused with a login that is no longer in use says nothing', () =>
    story(async (story) => {
      await firstRound(story);
      const begunAt = new Date(await story.env.currentTimeMs()).toISOString();
      const broken = { grantId: 'grant/S.Jansen', cause: 'consent-withdrawn', begunAt, at: begunAt } as const;
      await story.handle.signal(loginBroke, broken);
      await story.handle.signal(loginBroke, {
        ...broken,
        grantId: 'grant/CX_Basecone',
        begunAt: '2020-01-01T00:00:00.000Z',
      });
      await story.pass(minute);
      expect((await story.state()).link.state).toBe('connected');
    }, connected));

  test('while nobody mends it, the logins of people are kept alive every day, and that one is left alone', () =>
    story(
      async (story) => {
        await scenarios['broken-between-rounds'].tell(story);
        const before = story.times('checkLogins');
        await story.pass(3 * 24 * hour);
        const looks = story.inputsOf('checkLogins').slice(before);
        expect(looks.length).toBeGreaterThanOrEqual(2);
        for (const look of looks) expect(look).toMatchObject({ all: true, inUse: false });
        expect((await story.state()).link.state).toBe('disconnected');
      },
      connected,
      skipTime,
      roundsAreRare,
    ));

  test('what is found of a login that is no longer in use says nothing', () =>
    story(async (story) => {
      await firstRound(story);
      story.script.plan = { ...story.script.plan, grantId: 'grant/S.Jansen' };
      lookFinds(story, 'broken');
      await story.pass(hour);
      expect(story.times('checkLogins')).toBeGreaterThan(1);
      expect((await story.state()).link.state).toBe('connected');
    }, connected));

  test('an odd answer alarms nobody: it is looked at again soon, and the rounds go on', () =>
    story(
      async (story) => {
        await firstRound(story);
        loginIs(story, 'doubtful');
        lookFinds(story, 'doubtful');
        await story.pass(waits.loginCheckInterval + minute);
        await story.until(({ health }) => health.state === 'doubtful');
        await story.pass(minute);
        await story.untilAsked('planRound', 2);
        expect((await story.state()).link.state).toBe('connected');
        loginIs(story, 'well');
        lookFinds(story, 'well');
        await story.pass(4 * minute);
        await story.until(({ health }) => health.state === 'ok');
        for (const alarm of ['openIncident', 'tellDisconnection', 'tellDelay'])
          expect(story.times(alarm)).toBe(0);
      },
      connected,
      skipTime,
      roundsAreRare,
    ));

  test('a doubt that turns out to be a withdrawn consent is told, once', () =>
    story(
      async (story) => {
        await firstRound(story);
        lookFinds(story, 'doubtful');
        loginIs(story, 'broken');
        await story.pass(waits.loginCheckInterval + minute);
        await story.untilAsked('tellDisconnection');
        expect(await story.state()).toMatchObject({
          link: { state: 'disconnected', cause: 'consent-withdrawn' },
          health: { state: 'ok' },
          incident: 1,
        });
        expect(story.times('openIncident')).toBe(1);
      },
      connected,
      skipTime,
      roundsAreRare,
    ));

  test('a package that is down is a delay, and the round after it says when that is over', () =>
    story(
      async (story) => {
        await firstRound(story);
        lookFinds(story, 'rate-limited');
        await story.pass(waits.loginCheckInterval + minute);
        await story.until(({ health }) => health.state === 'delayed');
        lookFinds(story, 'well');
        await story.pass(waits.retryDelayed);
        await story.untilAsked('planRound', 2);
        await story.until(({ health }) => health.state === 'ok');
        expect(story.times('openIncident')).toBe(0);
      },
      connected,
      skipTime,
      roundsAreRare,
    ));

  test('every login is kept alive once a day, also while nothing is synchronised', () =>
    story(
      async (story) => {
        await firstRound(story);
        await pause(story);
        await story.pass(25 * hour);
        expect(looksAtAll(story)).toBe(2);
        expect(story.times('subscribeToChanges')).toBe(2);
        expect(story.times('planRound')).toBe(1);
      },
      connected,
      skipTime,
      { loginCheckInterval: 8 * hour }, // so that it does not take three hundred looks
    ));
});
