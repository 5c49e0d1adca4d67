import { beforeAll, describe, expect, test } from '@jest/globals';
import * as contract from '../../workflows/contract.ts';
import { eventually } from '../until.ts';
import { found, hour, minute, type Script } from './office-of-fakes.ts';
import { quietRuntime, skipTime } from './servers.ts';
import { loss, planHandover, scenarios } from './scenarios.ts';
import { changeTo, connected, pause, signIn, story, type Story } from './story.ts';

beforeAll(quietRuntime);

/** Days of looks at the login are not what this is about. */
const looksAreRare = { loginCheckInterval: 240 * hour };

const tomIsLinked = ({ script }: Story) =>
  void (script.known = found('T.deVries') as Extract<Script['known'], { result: 'found' }>);
const handedOver = ({ changes, changingTo }: { changes: number; changingTo: string | null }) =>
  changes === 1 && changingTo === null;

test('on its day the successor takes over automatically, after a reminder the day before', () =>
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
      const hadLinkedIt = true; // before anybody asked for the change
      expect(story.happened().at(-1)).toMatchObject({
        what: 'synchronisation-user-changed',
        data: { to: 'tom', hadLinkedIt },
      });
      expect(story.changeFacts()).toMatchObject([
        { fact: 'asked', asked: { isUnattended: true } },
        { fact: 'made', asked: { isUnattended: true }, made: { hadLinkedIt } },
      ]);
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

/** Holds the connection in the middle of what it does, so that what people ask for meanwhile is there all at once. */
async function busySaving(story: Story): Promise<{ release: () => void }> {
  await story.until(({ syncingSince, nextSyncAt }) => syncingSince === null && nextSyncAt !== null);
  const saved = story.times('saveConnection');
  const held = story.hold('saveConnection');
  await pause(story);
  await story.untilAsked('saveConnection', saved + 1);
  return held;
}

describe('When a change comes before it', () => {
  const loggedIn = async (story: Story, person: string, login: string) => {
    story.script.signIns[person] = found(login, { person });
    await signIn(story, person, 'change');
    await story.until(({ synchronisationUserId }) => synchronisationUserId === person);
  };

  test('a handover is over, which is told and kept; on its day nobody is replaced', () =>
    story(
      async (story) => {
        await planHandover(story, 5 * minute);
        await changeTo(story, 'petra');
        await loggedIn(story, 'petra', 'P.Peeters');
        await story.untilAsked('tellHandover', 2);
        expect((await story.state()).handover).toBeNull();
        tomIsLinked(story);
        await story.pass(10 * minute);
        expect(await story.state()).toMatchObject({ synchronisationUserId: 'petra', changes: 1 });
        expect(story.inputsOf('tellHandover').at(-1)).toMatchObject({
          from: 'sanne',
          to: 'tom',
          news: { kind: 'overtaken', by: 'petra' },
        });
        expect(story.happened()).toContainEqual(
          expect.objectContaining({ what: 'handover-overtaken', by: 'petra' }),
        );
      },
      connected,
      skipTime,
      looksAreRare,
    ));

  test('an undone change ends it too', () =>
    story(
      async (story) => {
        await changeTo(story, 'petra');
        await loggedIn(story, 'petra', 'P.Peeters');
        await planHandover(story, 5 * minute);
        await story.handle.executeUpdate(contract.undoChange, { args: [story.act()] });
        await story.until(({ handover }) => handover === null);
        await story.untilAsked('tellHandover', 2);
        expect(story.inputsOf('tellHandover').at(-1)).toMatchObject({
          from: 'petra',
          news: { kind: 'overtaken', by: 'sanne' },
        });
      },
      connected,
      skipTime,
      looksAreRare,
    ));

  test('one that falls due meanwhile waits for its end, and happens when nothing was changed', () =>
    story(
      async (story) => {
        await planHandover(story, 5 * minute);
        await changeTo(story, 'petra');
        await story.untilAsked('tellInvitation');
        await story.pass(10 * minute);
        expect((await story.state()).changingTo).toBe('petra');
        tomIsLinked(story);
        await story.handle.executeUpdate(contract.cancelInvitation, { args: [story.act()] });
        await story.until(({ synchronisationUserId }) => synchronisationUserId === 'tom');
      },
      connected,
      skipTime,
      looksAreRare,
    ));

  test('one that falls due in the moment in which a person wants a change never takes its place', () =>
    story(
      async (story) => {
        // Both are there when the connection looks what comes next.
        const { release } = await busySaving(story);
        await planHandover(story, 1_000);
        const dueAt = (await story.env.currentTimeMs()) + 1_000;
        await eventually(async () => expect(await story.env.currentTimeMs()).toBeGreaterThan(dueAt));
        await changeTo(story, 'petra');
        release();
        await story.until(({ changes }) => changes === 1);
        expect((await story.state()).changingTo).toBe('petra');
        await loggedIn(story, 'petra', 'P.Peeters');
        await story.untilAsked('tellHandover', 2);
        expect(story.inputsOf('tellHandover').at(-1)).toMatchObject({ news: { kind: 'overtaken' } });
      },
      connected,
      skipTime,
      looksAreRare,
    ));
});

test('of the reminders that fell due during a wait only the last is given', () =>
  story(
    async (story) => {
      await planHandover(story, 8 * 24 * hour);
      await changeTo(story, 'petra');
      await story.untilAsked('tellInvitation');
      await story.pass((7 * 24 - 1) * hour);
      await story.handle.executeUpdate(contract.cancelInvitation, { args: [story.act()] });
      await story.until(({ changingTo }) => changingTo === null);
      await story.untilAsked('tellHandover', 2);
      await story.pass(hour / 2);
      expect(story.inputsOf('tellHandover').slice(1)).toMatchObject([
        { news: { kind: 'reminder', days: 2 } },
      ]);
    },
    connected,
    skipTime,
    { ...looksAreRare, syncInterval: 240 * hour },
  ));

test('a change that is wanted while the last one is being undone is refused, with why', () =>
  story(async (story) => {
    await changeTo(story, 'tom');
    story.script.signIns.tom = found('T.deVries', { person: 'tom' });
    await signIn(story, 'tom', 'change');
    await story.until(({ synchronisationUserId }) => synchronisationUserId === 'tom');
    const { release } = await busySaving(story);
    await story.handle.executeUpdate(contract.undoChange, { args: [story.act()] });
    await expect(changeTo(story, 'sanne')).rejects.toMatchObject({
      cause: { message: 'undo-is-under-way' },
    });
    release();
    await story.until(({ synchronisationUserId }) => synchronisationUserId === 'sanne');
  }, connected));
