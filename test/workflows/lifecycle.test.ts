import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import fc from 'fast-check';
import type { Activities } from '../../activities/index.ts';
import type * as contract from '../../workflows/contract.ts';
import { atRest, whenQuiet, type Seen } from './lifecycle-invariants.ts';
import { readerOfRuns, whatIsUnderWay, type Run } from './runs.ts';
import { anyStep, Walker, type Step } from './lifecycle-steps.ts';
import { World } from './lifecycle-world.ts';
import { hour, minute, waits as usual, workflowBundle } from './office-of-fakes.ts';
import { quietRuntime, skipTime } from './servers.ts';
import { connected, signIn, story, type Story } from './story.ts';

beforeAll(quietRuntime);

/** How many connections walk, and from which seed: `WALKS=200 WALK_SEED=7 npm test -- test/workflows/lifecycle.test.ts`. */
const walks = Number(process.env['WALKS'] ?? 3);
const seed = Number(process.env['WALK_SEED'] ?? 1);

const waits: contract.Waits = {
  ...usual,
  keepAliveInterval: 5 * hour,
  verifyInterval: 3 * hour,
  undoChange: 2 * hour,
  invitationLapses: 3 * hour,
};

/** What happens in one moment, and how much time goes by after it. */
interface Turn {
  steps: Step[];
  thenMs: number;
}
interface Walk {
  fromSetUp: boolean;
  turns: Turn[];
}

const oneIn = (count: number) => fc.nat({ max: count - 1 }).map((drawn) => drawn === 0);
const turn: fc.Arbitrary<Turn> = fc.record({
  steps: fc.oneof(
    { weight: 3, arbitrary: fc.array(anyStep, { minLength: 1, maxLength: 1 }) },
    { weight: 2, arbitrary: fc.array(anyStep, { minLength: 2, maxLength: 3 }) },
  ),
  thenMs: fc.constantFrom(0, 0, 0, 30_000, 5 * minute, 5 * minute, 16 * minute, hour),
});
const walk: fc.Arbitrary<Walk> = fc.record({
  fromSetUp: oneIn(4),
  turns: fc.array(turn, { minLength: 8, maxLength: 16, size: 'max' }),
});

const whatSlackHears = (activity: string) =>
  activity.startsWith('tell') || ['remindOfIncident', 'settleChangeQuestion'].includes(activity);

/** How long it takes at most until everybody is answered and nothing is under way; a limit, not an expectation. */
const patience = 60_000;

/** One walk, from the first step to rest. @throws Error with every sentence that does not hold */
async function goFor({ fromSetUp, turns }: Walk): Promise<void> {
  const carried = fromSetUp ? undefined : connected;
  let world = new World(null);
  await story((story) => goThrough(turns, story, world), carried, skipTime, waits, {
    answers() {
      world = new World(carried?.state ?? null);
      return world.answers;
    },
  });
}

async function goThrough(turns: Turn[], story: Story, world: World): Promise<void> {
  for (const activity of Object.keys(story.activities).filter(whatSlackHears))
    story.script.before[activity as keyof Activities] = () => world.hear();
  const walker = new Walker(story, world);
  const read = readerOfRuns(story.watched);
  /** A connection that has ended is asked nothing any more. */
  const isOver = () => world.saved?.link.state === 'abandoned';
  await look();
  for (const { steps, thenMs } of turns) {
    if (isOver()) break;
    const before = await story.state();
    const first = walker.taken.length;
    const takeAll = async () => {
      const all = Promise.all(steps.map((step) => walker.take(step, before)));
      all.catch(() => undefined);
      if (await Promise.race([all, sleep(patience, null)])) return;
      throw new Error(`Nobody is answered: ${JSON.stringify(steps)}`);
    };
    await takeAll();
    await expectAll(whenQuiet, first);
    if (thenMs === 0 || isOver()) continue;
    await pass(thenMs);
    await expectAll(whenQuiet);
  }
  await comeToRest();
  expect(await wrongReplays(await read())).toEqual([]);

  async function pass(ms: number): Promise<void> {
    const endsAt = Date.now() + patience;
    const passes = story.pass(ms, isStuck).then(() => true);
    passes.catch(() => undefined);
    while (!(await Promise.race([passes, sleep(50, false)]))) {
      if (isOver()) return;
      if (Date.now() > endsAt) throw new Error(`${ms} ms never go by`);
    }
  }

  /** Waits until nothing is under way any more but what cannot go on, and looks at everything then. */
  async function look(first = walker.taken.length): Promise<Seen> {
    const endsAt = Date.now() + patience;
    for (;;) {
      const askedBefore = story.asked.length;
      await sleep(15);
      if (story.asked.length > askedBefore) continue;
      const runs = await read();
      const waitsFor = runs.flatMap((run) => whatIsUnderWay(run, runs, isStuck));
      if (waitsFor.length === 0) {
        const state = isOver() ? world.saved! : await story.state();
        const now = await story.env.currentTimeMs();
        const { asked } = story;
        const { taken } = walker;
        if (asked.length === askedBefore)
          return { state, world, asked, runs, now, waits, taken, fresh: taken.slice(first) };
      }
      if (Date.now() > endsAt) {
        throw new Error(`It is never quiet: ${waitsFor.join()}`);
      }
    }
  }

  function isStuck(what: string): boolean {
    return (
      (world.slack !== 'takes' && whatSlackHears(what)) || (world.down !== null && what === 'examineLogin')
    );
  }

  async function expectAll(sentences: typeof whenQuiet, first?: number): Promise<void> {
    if (walker.taken.slice(first).some(({ step }) => ['slack-is', 'package-is'].includes(step.do)))
      await pass(minute + 5_000); // what was refused is tried again
    const wrong = complaints(sentences, await look(first));
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  }

  /** Everything is mended, everybody answers, and time goes by. */
  async function comeToRest(): Promise<void> {
    if (isOver()) return;
    world.slack = 'takes';
    world.upSince = await story.env.currentTimeMs();
    world.down = null;
    world.mendAll();
    await pass(2 * minute);
    const { state } = await look();
    if (isOver()) return;
    const act = async (step: Step) => walker.take(step, await story.state());
    if (state.pausedBy !== null) await act({ do: 'resume', by: 'sanne' });
    if (state.changingTo !== null) await act({ do: 'cancel', by: 'sanne' });
    if (state.link.state === 'connecting') await signIn(story, 'CX_Basecone/right/sanne/0', 'set-up');
    if (state.link.state === 'disconnected')
      await signIn(
        story,
        `${state.login?.accountingUserName}/right/${state.synchronisationUserId}/0`,
        'reconnect',
      );
    await look();
    if ((await story.state()).companies === 0) await act({ do: 'choose-companies', companies: 'all' });
    let seen = await look();
    for (let times = 0; times < 8; times += 1) {
      await pass(30 * minute);
      seen = await look();
      const wrong = complaints(whenQuiet, seen);
      if (wrong.length > 0) throw new Error(wrong.join('\n'));
      if (complaints(atRest, seen).length === 0) return;
    }
    throw new Error(complaints(atRest, seen).join('\n'));
  }
}

function complaints(sentences: typeof whenQuiet, seen: Seen): string[] {
  return Object.entries(sentences).flatMap(([sentence, check]) =>
    check(seen).flatMap((what) => (what ? [`It does not hold that ${sentence}: ${what}`] : [])),
  );
}

/** What does not go on in the same way when it is read again. */
async function wrongReplays(runs: Run[]): Promise<string[]> {
  const histories = runs.map(({ workflowId, events }) => ({ workflowId, history: { events } }));
  const wrong: string[] = [];
  const bundle = await workflowBundle();
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: bundle }, histories))
    if (error) wrong.push(`${workflowId}: ${error.message}`);
  return wrong;
}

test(
  'whatever happens to a connection, in whatever order, it holds what it promises, and comes to rest',
  async () => {
    const wrong: string[] = [];
    for (let one = seed; one < seed + walks; one += 1) {
      const [path] = fc.sample(walk, { seed: one, numRuns: 1 });
      await goFor(path!).catch((error: unknown) =>
        wrong.push(`WALKS=1 WALK_SEED=${one}: ${String(error)}\n${fc.stringify(path)}`),
      );
    }
    expect(wrong).toEqual([]);
  },
  24 * hour,
);
