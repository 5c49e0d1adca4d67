import { beforeAll, describe, test } from '@jest/globals';
import { minute, quietRuntime } from './office-of-fakes.ts';
import { chooseCompanies, connected, loginIs, signIn, story } from './story.ts';

beforeAll(quietRuntime);

const slackIsDown = () => {
  throw new Error('Slack does not answer');
};

describe('while Slack does not answer', () => {
  test('master data comes in all the same', () =>
    story(async (story) => {
      Object.assign(story.script.before, { tellSetUpNews: slackIsDown, tellProgress: slackIsDown });
      await signIn(story, 'first', 'set-up');
      await chooseCompanies(story, 'all');
      await story.pass(10 * minute);
      await story.until(({ lastSuccessAt }) => lastSuccessAt !== null);
    }));

  test('a login is redeemed before its code expires, and the connection goes on', () =>
    story(async (story) => {
      loginIs(story, 'broken');
      story.script.before.tellDisconnection = slackIsDown;
      await story.untilAsked('tellDisconnection');
      loginIs(story, 'well');
      await signIn(story, 'first', 'reconnect');
      await story.untilAsked('acceptSignIn');
      await story.pass(10 * minute);
      await story.until(({ link }) => link.state === 'connected');
      story.script.before = {};
      await story.untilAsked('tellMended');
    }, connected));
});
