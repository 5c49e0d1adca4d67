import { beforeAll, describe, expect, test } from '@jest/globals';
import * as contract from '../../workflows/contract.ts';
import { eventually } from '../until.ts';
import { found, hour, minute } from './office-of-fakes.ts';
import { quietRuntime } from './servers.ts';
import { scenarios, snooze } from './scenarios.ts';
import { connected, loginIs, signIn, story, type Story } from './story.ts';
import { loginOf } from '../connected-state.ts';

beforeAll(quietRuntime);

async function isBroken(
  story: Story,
  cause: 'consent-withdrawn' | 'no-company-access' = 'consent-withdrawn',
) {
  story.script.plan = { ...story.script.plan, stop: { kind: 'broken', cause } };
  await story.untilAsked('tellDisconnection');
}
const takesUp = (story: Story, by: string) =>
  story.handle.executeUpdate(contract.acknowledge, { args: [story.act(by)] });
const remindedOnly = (story: Story) =>
  story.inputsOf('remindOfIncident').map((input) => (input as { only: string | null }).only);

describe('While a human has to mend it', () => {
  test('reminders come after 15 minutes, 1 hour and 4 hours, then every working morning, for weeks', () =>
    story(async (story) => {
      await isBroken(story);
      await story.pass(14 * minute);
      expect(story.times('remindOfIncident')).toBe(0);
      await story.pass(2 * minute);
      await story.untilAsked('remindOfIncident', 1);
      await story.pass(4 * hour);
      await story.untilAsked('remindOfIncident', 3);
      await story.pass(21 * 24 * hour);
      expect(story.times('remindOfIncident')).toBeGreaterThanOrEqual(23);
      expect(story.times('openIncident')).toBe(1);
    }, connected));

  test('nobody is reminded while somebody is on it; that lapses after an hour without a sign of them', () =>
    story(async (story) => {
      await isBroken(story);
      await takesUp(story, 'tom');
      await story.untilAsked('takeUpIncident');
      await story.pass(50 * minute);
      expect(story.times('remindOfIncident')).toBe(0);
      story.script.signIns.other = found('T.deVries');
      await signIn(story, 'other', 'reconnect'); // they tried, so they have not forgotten it
      await story.untilAsked('tellRefusedLogin');
      await story.pass(50 * minute);
      expect(story.times('letGoOfIncident')).toBe(0);
      await story.pass(15 * minute);
      await story.untilAsked('letGoOfIncident');
      expect(story.inputsOf('letGoOfIncident')).toMatchObject([{ by: 'tom' }]);
      await story.untilAsked('remindOfIncident', 1);
      await story.pass(24 * hour);
      expect(story.times('remindOfIncident')).toBeGreaterThan(1);
    }, connected));

  test('it is said once who is on it, however often they click, and again when it goes back to them', () =>
    story(async (story) => {
      await isBroken(story);
      const click = story.act('tom');
      for (let clicks = 0; clicks < 2; clicks += 1)
        await story.handle.executeUpdate(contract.acknowledge, { args: [click] });
      for (const by of ['tom', 'sanne', 'tom']) await takesUp(story, by);
      await story.untilAsked('takeUpIncident', 3);
      expect(story.inputsOf('takeUpIncident')).toMatchObject([{ by: 'tom' }, { by: 'sanne' }, { by: 'tom' }]);
    }, connected));

  test('reminders that were snoozed for everybody come again, and not before', () =>
    story(async (story) => {
      await isBroken(story);
      await snooze(story, 'tom', 10 * hour, true);
      await story.untilAsked('snoozeIncident');
      await story.pass(9 * hour);
      expect(story.times('remindOfIncident')).toBe(0);
      await story.pass(2 * hour);
      await story.untilAsked('remindOfIncident');
      await story.pass(48 * hour);
      expect(remindedOnly(story).length).toBeGreaterThanOrEqual(3);
    }, connected));

  test('whoever put them off for themselves is reminded again when that is over', () =>
    story(async (story) => {
      await isBroken(story);
      await snooze(story, 'tom', 2 * hour, false);
      await story.untilAsked('snoozeIncident');
      await story.pass(3 * hour);
      // Everybody is reminded as well, also in the morning, which may be now.
      const ofTheirOwn = () => remindedOnly(story).filter((only) => only !== null);
      await eventually(() => expect(ofTheirOwn()).toEqual(['tom']));
      expect(remindedOnly(story)[0]).toBeNull();
    }, connected));

  test('they cannot be snoozed for ever', () =>
    story(async (story) => {
      await isBroken(story);
      await expect(snooze(story, 'tom', 60 * 24 * hour, true)).rejects.toThrow();
      await expect(snooze(story, 'tom', -minute, true)).rejects.toThrow();
      expect(story.times('snoozeIncident')).toBe(0);
    }, connected));

  test('the stand-in mends it with the login it had, and the synchronisation user stays who they are', () =>
    story(async (story) => {
      await scenarios['stand-in'].tell(story);
      expect(story.happened()).toMatchObject([{ by: 'sanne', what: 'stand-in-chosen' }]);
      expect(story.inputsOf('closeIncident')).toMatchObject([{ by: 'petra', how: 'reconnected' }]);
      expect(story.inputsOf('acceptSignIn')).toMatchObject([{ person: 'sanne' }]);
      expect(await story.state()).toMatchObject({ synchronisationUserId: 'sanne', standInId: 'petra' });
    }, connected));

  test('a click that comes in the moment it is mended does no harm, and one after it is refused', () =>
    story(async (story) => {
      await isBroken(story);
      const accepted = story.hold('acceptSignIn');
      await signIn(story, 'first', 'reconnect');
      await story.untilAsked('acceptSignIn');
      await takesUp(story, 'sanne');
      loginIs(story, 'well');
      accepted.release();
      await story.until(({ link, incident }) => link.state === 'connected' && incident === null);
      await story.untilAsked('tellMended');
      expect(story.times('takeUpIncident')).toBe(0);
      await expect(takesUp(story, 'sanne')).rejects.toThrow();
      expect(story.times('closeIncident')).toBe(1);
    }, connected));
});

describe('What may be mended in the package itself', () => {
  test('is looked at again now and then, and goes on by itself when it works', () =>
    story(async (story) => {
      await isBroken(story, 'no-company-access');
      await story.pass(20 * minute);
      await story.untilAsked('checkAgain');
      expect((await story.state()).link.state).toBe('disconnected');
      loginIs(story, 'well');
      story.script.worksAgain = loginOf('CX_Basecone');
      await story.pass(16 * minute);
      await story.until(({ link }) => link.state === 'connected');
      await eventually(() =>
        expect(story.inputsOf('closeIncident')).toMatchObject([{ by: null, how: 'works-again' }]),
      );
      await story.untilAsked('tellCaughtUp');
    }, connected));

  test('goes on although somebody said in the same moment that they are on it', () =>
    story(async (story) => {
      await isBroken(story, 'no-company-access');
      const look = story.hold('checkAgain');
      const passes = story.pass(16 * minute); // no time is skipped while an activity is held
      await story.untilAsked('checkAgain');
      await takesUp(story, 'tom');
      loginIs(story, 'well');
      story.script.worksAgain = loginOf('CX_Basecone');
      look.release();
      await passes;
      await story.until(({ link, incident }) => link.state === 'connected' && incident === null);
      await story.untilAsked('tellCaughtUp');
      expect(story.times('takeUpIncident')).toBe(0);
      expect(story.inputsOf('closeIncident')).toMatchObject([{ by: null, how: 'works-again' }]);
      await expect(takesUp(story, 'tom')).rejects.toThrow();
    }, connected));

  test('and is somebody’s by then, is closed all the same, and nobody is said to have mended it', () =>
    story(async (story) => {
      await scenarios['works-again'].tell(story);
      expect(story.inputsOf('takeUpIncident')).toMatchObject([{ by: 'tom' }]);
      expect(story.inputsOf('closeIncident')).toMatchObject([{ by: null, how: 'works-again' }]);
      await story.pass(2 * hour);
      expect(story.times('letGoOfIncident')).toBe(0);
    }, connected));

  test('is never tried when only a new login helps', () =>
    story(async (story) => {
      await isBroken(story);
      await story.pass(3 * 24 * hour);
      expect(story.times('checkAgain')).toBe(0);
    }, connected));
});

describe('A package that keeps us waiting', () => {
  test('is not told when it is over soon', () =>
    story(async (story) => {
      story.script.plan = { ...story.script.plan, stop: { kind: 'delayed', reason: 'outage', until: null } };
      await story.until(({ health }) => health.state === 'delayed');
      await story.pass(10 * minute);
      loginIs(story, 'well');
      await story.pass(10 * minute);
      await story.until(({ health }) => health.state === 'ok');
      expect(story.times('tellDelay')).toBe(0);
    }, connected));

  test('is told once when it lasts, and once more when it is over; nobody is asked for a login', () =>
    story(async (story) => {
      story.script.plan = { ...story.script.plan, stop: { kind: 'delayed', reason: 'outage', until: null } };
      await story.until(({ health }) => health.state === 'delayed');
      await story.pass(40 * minute);
      expect(story.inputsOf('tellDelay')).toMatchObject([{ lasts: true }]);
      loginIs(story, 'well');
      await story.pass(5 * minute);
      await story.untilAsked('tellDelay', 2);
      const [began, over] = story.inputsOf('tellDelay');
      expect(over).toEqual({ ...(began as object), lasts: false });
      expect(story.times('openIncident')).toBe(0);
    }, connected));
});
