import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import v8 from 'node:v8';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime, type LogEntry } from '@temporalio/worker';
import { ensureTemporalBinaries } from '@syncuser/temporal-sandbox';
import { searchAttributeNames, searchAttributes } from '../../workflows/search-attributes.ts';

/** Kept in histories, which are kept in the repository; the default names the machine. */
export const identity = 'the test';

/**
 * The SDK notes where every promise of a workflow was made, for a query about its stack, which no test asks. That takes half
 * of the time of a workflow here, where jest looks up the source of every line.
 */
function withoutStacksOfPromises(): void {
  v8.promiseHooks.createHook = () => () => undefined;
}

/** Once per test file, before anything else of Temporal: only errors are shown. */
export function quietRuntime(): void {
  withoutStacksOfPromises();
  const logger = new DefaultLogger('WARN', (entry) => {
    if (isRefusedCancel(entry)) taskLost('refused a cancelled timer or activity');
    else if (entry.level === 'ERROR') process.stderr.write(`${entry.message} ${inspect(entry.meta)}\n`);
  });
  const filter = makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' });
  Runtime.install({ logger, telemetryOptions: { logging: { filter, forward: {} } } });
}

/** The server that skips time: only durations mean something there, never dates. */
export async function skipTime(): Promise<TestWorkflowEnvironment> {
  const { testServer } = await ensureTemporalBinaries();
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: testServer } },
    client: { identity },
  });
  const keyword = 2; // temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
  await env.connection.operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: Object.fromEntries(searchAttributeNames.map((name) => [name, keyword])),
  });
  return env;
}

/** How many events of a history are long, on {@link realTime}. */
export const longHistory = 100;

/** The real development server, where time takes its time and a history is long soon. */
export const realTime = () => realServer([`limit.historyCount.suggestContinueAsNew=${longHistory}`]);

/** The same, with the limits that a server has by itself. */
export const realLimits = () => realServer([]);

async function realServer(settings: string[]): Promise<TestWorkflowEnvironment> {
  const { cli } = await ensureTemporalBinaries();
  return TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: cli },
      searchAttributes: Object.values(searchAttributes),
      extraArgs: settings.flatMap((setting) => ['--dynamic-config-value', setting]),
      log: { format: 'pretty', level: 'error' },
    },
    client: { identity },
  });
}

/**
 * The server that skips time refuses a workflow that cancels a timer in the moment it fires, or an activity in the moment it
 * is done, and gives it no task ever again: github.com/temporalio/sdk-java, issues 2606 and 3088. The real server takes
 * both. Nothing can be learned from what is told there from then on.
 */
class TaskLost extends Error {}
let taskLost = (_how: string) => {};
/** Hours that are skipped in one go lost a task three times in a row once; each try takes seconds. */
const mostTries = 10;
/** Whatever is told there, something is asked of an activity every few seconds, or the time of the server goes by. */
const hangsAfterMs = 45_000;
/** A client tries a call again after up to five seconds, with jitter; a server that hangs has let it come to that. */
const longestRetryMs = 7_000;
let lastAsked = 0;

/** An activity was asked for something, so the server did not stop to skip time. */
export const asked = () => void (lastAsked = Date.now());

function isRefusedCancel({ message, meta }: LogEntry): boolean {
  return (
    message === 'Error while completing workflow activation' &&
    ['invalid history builder state for action', 'ACTIVITY_UNKNOWN'].some((why) =>
      String(meta?.['error']).includes(why),
    )
  );
}

/**
 * Tells something on a server of its own, and ends that. Where the server that skips time lost a task it is told again
 * on another one, and that is said. `orLost` is to be told inside of a running worker.
 */
export async function onServer(
  open: () => Promise<TestWorkflowEnvironment>,
  tell: (
    env: TestWorkflowEnvironment,
    orLost: (telling: () => Promise<void>) => Promise<void>,
  ) => Promise<void>,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const env = await open();
    // A call that is tried again after its channel was closed would end the process.
    const abandoned = new AbortController();
    setMaxListeners(0, abandoned.signal); // every call under way listens
    const lost = new Promise<never>((_, reject) => {
      taskLost = (how) => {
        if (env.supportsTimeSkipping) reject(new TaskLost(how));
      };
    });
    lost.catch(() => {}); // whoever waits for it hears of it
    // It may also stop to skip time without a word. What hangs for a reason of ours hangs on the second server too.
    let isLost = false;
    asked();
    const looking = setInterval(() => {
      if (tries === 1 && Date.now() - lastAsked > hangsAfterMs) taskLost('stood still');
    }, 1_000);
    try {
      return await tell(env, (telling) =>
        Promise.race([env.connection.withAbortSignal(abandoned.signal, telling), lost]),
      );
    } catch (error) {
      isLost = error instanceof TaskLost;
      if (!isLost || tries === mostTries) throw error;
      process.stderr.write(
        `The server that skips time ${(error as TaskLost).message}; told again on another one.\n`,
      );
    } finally {
      clearInterval(looking);
      taskLost = () => {};
      abandoned.abort();
      await sleep(isLost ? longestRetryMs : 200); // until a call is tried again, or is known to be given up
      await env.teardown();
    }
  }
}
