import { beforeAll, expect, test } from '@jest/globals';
import * as contract from '../../workflows/contract.ts';
import { quietRuntime } from './servers.ts';
import { connected, story } from './story.ts';

beforeAll(quietRuntime);

test('a round that holds deletions asks about them; the first answer of a human counts, and is said', () =>
  story(async (story) => {
    story.script.chunk = { ...story.script.chunk, questions: 1 };
    await story.untilAsked('tellDeletions');
    story.script.chunk = { rowsChanged: 0, read: 9, failures: 0, refused: 0, stop: null, postponed: null };
    await story.until(({ syncingSince }) => syncingSince === null);
    const told = story.times('tellDeletions');
    const decide = (action: contract.Action, verdict: 'deleted' | 'kept') =>
      story.handle.executeUpdate(contract.decideDeletions, { args: [{ ...action, question: 1, verdict }] });
    const action = story.act();
    await decide(action, 'deleted');
    await decide(action, 'deleted');
    expect(story.inputsOf('settleDeletions')).toMatchObject([
      { question: 1, verdict: 'deleted', by: 'sanne' },
    ]);
    await story.untilAsked('tellDeletions', told + 1);

    story.script.counts = false;
    await expect(decide(story.act('tom'), 'kept')).rejects.toMatchObject({
      cause: { message: 'answered-already' },
    });
  }, connected));
