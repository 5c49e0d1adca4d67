import { describe } from '@jest/globals';
import { breaking } from './breaking.ts';
import { changing } from './changing.ts';
import { deliveringWhatWasKept, handingOver, handingOverMeanwhile } from './handing-over.ts';
import { killPostgresOverAndOver } from './killing.ts';
import { keepingUp } from './keeping-up.ts';
import { lookingBack } from './looking-back.ts';
import { mending } from './mending.ts';
import { refusing } from './refusing.ts';
import { settingUp } from './setting-up.ts';
import { beginStory } from './story.ts';
import type { SystemOfStory } from './system.ts';

/**
 * The whole product from the outside, as `npm start` runs it; the same story on every accounting system. Where PostgreSQL
 * is to die meanwhile, so many times, it is kept there.
 */
export function wholeStory(system: SystemOfStory, { postgresDies = 0, seed = 1 } = {}): void {
  describe(`With ${system.name}`, () => {
    const story = beginStory(system, { onPostgres: postgresDies > 0 });
    let dying: Promise<void>;
    if (postgresDies > 0)
      story.step('PostgreSQL begins to die, over and over', async ({ syncuser }) => {
        dying = killPostgresOverAndOver(syncuser, { times: postgresDies, seed });
        dying.catch(() => undefined); // told by the last step
      });
    describe('setting up', () => settingUp(story));
    describe('keeping up', () => keepingUp(story));
    describe('a booking is handed over', () => handingOver(story));
    describe('what is wrong or forged', () => refusing(story));
    describe('the login breaks', () => breaking(story));
    describe('bookings go on coming', () => handingOverMeanwhile(story));
    describe('somebody mends it', () => mending(story));
    describe('bookings that were kept', () => deliveringWhatWasKept(story));
    describe('another synchronisation user', () => changing(story));
    if (postgresDies > 0) story.step(`PostgreSQL died ${postgresDies} times`, () => dying);
    describe('looking back', () => lookingBack(story, { isDisturbed: postgresDies > 0 }));
  });
}
