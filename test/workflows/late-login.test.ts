import { beforeAll, expect, test } from '@jest/globals';
import * as contract from '../../workflows/contract.ts';
import { quietRuntime } from './servers.ts';
import { pause, signIn, story } from './story.ts';

beforeAll(quietRuntime);

test('a login that comes back during the very last save of a set-up that was called off is dismissed', () =>
  story(async (story) => {
    await story.untilAsked('tellInvitation');
    const saved = story.times('saveConnection');
    const lastOfLoop = story.hold('saveConnection');
    await story.handle.executeUpdate(contract.cancelInvitation, { args: [story.act()] });
    await story.untilAsked('saveConnection', saved + 1);
    await pause(story); // after the loop has ended, so that it is saved once more
    lastOfLoop.release();
    const veryLast = story.hold('saveConnection');
    await story.untilAsked('saveConnection', saved + 2);
    await signIn(story, 'late', 'set-up');
    veryLast.release();
    await story.handle.result();
    expect(story.inputsOf('dismissSignIn')).toEqual([{ signInId: 'late' }]);
  }));
