import { beforeAll, expect, test } from '@jest/globals';
import * as contract from '../../workflows/contract.ts';
import { found, hour, minute, quietRuntime, skipTime, type Script } from './office-of-fakes.ts';
import { loss, planHandover, scenarios } from './scenarios.ts';
import { connected, story, type Story } from './story.ts';

beforeAll(quietRuntime);

/** Days of looks at the login are not what this is about. */
const looksAreRare = { lookInterval: 240 * hour };

const tomIsLinked = ({ script }: Story) =>
  void (script.known = found('T.deVries') as Extract<Script['known'], { result: 'found' }>);
const handedOver = ({ changes, changingTo }: { changes: number; changingTo: string | null }) =>
  changes === 1 && changingTo === null;

test('on its day the successor takes over by himself, after a reminder the day before', () =>
  story(
    async (story) => {
      await scenarios.handover.tell(story);
      expect(await story.state()).toMatchObject({
        synchronisationUserId: 'tom',
        handover: null,
        former: { person: 'sanne', fate: 'let-go' },
      });
      expect(story.inputsOf('tellHandover')).toMatchObject([
        { from: 'sanne', to: 'tom', news: { kind: 'planned' } },
        { news: { kind: 'reminder', days: 1 } },
      ]);
      expect(story.times('tellInvitation')).toBe(0);
    },
    connected,
    skipTime,
    looksAreRare,
  ));

test('a successor without a login that works is a warning, and nothing is switched', () =>
  story(
    async (story) => {
      await planHandover(story, 5 * minute);
      await story.pass(6 * minute);
      await story.until(handedOver);
      expect((await story.state()).synchronisationUserId).toBe('sanne');
      expect(story.inputsOf('tellChangeResult')).toMatchObject([{ result: { kind: 'not-linked' } }]);
    },
    connected,
    skipTime,
    looksAreRare,
  ));

test('a successor who would lose something is a warning, and nobody is asked to agree', () =>
  story(
    async (story) => {
      tomIsLinked(story);
      story.script.weighed = loss;
      await planHandover(story, 5 * minute);
      await story.pass(6 * minute);
      await story.until(handedOver);
      expect((await story.state()).synchronisationUserId).toBe('sanne');
      expect(story.inputsOf('tellChangeResult')).toMatchObject([{ result: { kind: 'not-by-itself' } }]);
      expect(story.times('tellChangeDecision')).toBe(0);
    },
    connected,
    skipTime,
    looksAreRare,
  ));

test('a handover that is cancelled does not happen; and there is one at a time, to somebody else, in the future', () =>
  story(
    async (story) => {
      tomIsLinked(story);
      await expect(planHandover(story, -hour)).rejects.toThrow();
      await expect(planHandover(story, hour, 'sanne')).rejects.toThrow();
      await planHandover(story, 5 * minute);
      await expect(planHandover(story, hour)).rejects.toThrow();
      await story.handle.executeUpdate(contract.cancelHandover, { args: [story.act('petra')] });
      await story.pass(10 * minute);
      expect(await story.state()).toMatchObject({
        synchronisationUserId: 'sanne',
        handover: null,
        changes: 0,
      });
      expect(story.inputsOf('tellHandover').at(-1)).toMatchObject({
        news: { kind: 'cancelled', by: 'petra' },
      });
    },
    connected,
    skipTime,
    looksAreRare,
  ));
