import { beforeAll, describe, expect, test } from '@jest/globals';
import * as contract from '../../workflows/contract.ts';
import { eventually } from '../until.ts';
import { hour, minute } from './office-of-fakes.ts';
import { quietRuntime } from './servers.ts';
import { chooseCompanies, connected, loginIs, signIn, story } from './story.ts';

beforeAll(quietRuntime);

const databaseIsDown = () => {
  throw new Error('The database does not answer');
};

describe('while nothing that is to be said can be written down', () => {
  test('master data comes in all the same', () =>
    story(async (story) => {
      Object.assign(story.script.before, { tellSetUpNews: databaseIsDown, tellProgress: databaseIsDown });
      await signIn(story, 'first', 'set-up');
      await chooseCompanies(story, 'all');
      await story.pass(10 * minute);
      await story.until(({ lastSuccessAt }) => lastSuccessAt !== null);
    }));

  test('a login is redeemed before its code expires, and the connection goes on', () =>
    story(async (story) => {
      loginIs(story, 'broken');
      story.script.before.tellDisconnection = databaseIsDown;
      await story.untilAsked('tellDisconnection');
      loginIs(story, 'well');
      await signIn(story, 'first', 'reconnect');
      await story.untilAsked('acceptSignIn');
      await story.pass(10 * minute);
      await story.until(({ link }) => link.state === 'connected');
      story.script.before = {};
      await story.untilAsked('tellMended');
    }, connected));

  test('for an hour, one alert says afterwards how it stands, not one for everything that happened', () =>
    story(async (story) => {
      loginIs(story, 'broken');
      let isDown = true;
      const told = { tellDisconnection: 0, remindOfIncident: 0 };
      for (const activity of ['tellDisconnection', 'remindOfIncident'] as const)
        story.script.before[activity] = () => {
          if (isDown) databaseIsDown();
          told[activity] += 1;
        };
      await story.untilAsked('tellDisconnection');
      for (let turn = 0; turn < 30; turn += 1) {
        const action = story.act(turn % 2 ? 'tom' : 'sanne');
        await story.handle.executeUpdate(contract.acknowledge, { args: [action] });
      }
      await story.untilAsked('takeUpIncident', 30);
      await story.pass(hour + 30 * minute);
      isDown = false;
      await story.pass(5 * minute);
      // The one that was being tried, and one for the thirty clicks.
      await eventually(() => expect(told).toEqual({ tellDisconnection: 2, remindOfIncident: 1 }));
    }, connected));
});
