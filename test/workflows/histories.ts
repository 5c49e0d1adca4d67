import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import proto, { type temporal } from '@temporalio/proto';
import { story, type Story } from './story.ts';
import type { Scenario } from './scenarios.ts';

export type History = temporal.api.history.v1.IHistory;
/** Histories by name: `<scenario>--<workflow type>`. */
export type Histories = Record<string, History>;

const folder = new URL('../histories/', import.meta.url);
const fileOf = (name: string) => new URL(`${name}.json`, folder);

const { History: Message } = proto.temporal.api.history.v1;

/** Where histories are kept, for people. */
export const historiesFolder = fileURLToPath(folder);

export async function keptHistories(): Promise<Histories> {
  const names = (await readdir(folder).catch(() => [])).map((file) => file.replace(/\.json$/, ''));
  const kept: Histories = {};
  for (const name of names.sort())
    kept[name] = Message.fromObject(JSON.parse(await readFile(fileOf(name), 'utf8')) as object);
  return kept;
}

/** Never overwrites: a history is kept because it was made by older code. @throws Error when it is there already */
export async function keepHistory(name: string, history: History, flag: 'w' | 'wx' = 'wx'): Promise<void> {
  await mkdir(folder, { recursive: true });
  const readable = Message.toObject(Message.fromObject(history), {
    enums: String,
    longs: String,
    bytes: String,
  });
  await writeFile(fileOf(name), `${JSON.stringify(readable, null, 1)}\n`, { flag });
}

/** Tells a scenario and gives the history of every type of workflow in it; the longest where there are several. */
export async function recordScenario(
  name: string,
  { tell, carried, openServer, ownWaits }: Scenario,
): Promise<Histories> {
  const recorded: Histories = {};
  await story(
    async (told) => {
      const { runId } = await told.handle.describe();
      await tell(told);
      for (const [type, history] of await historiesOf(told, runId)) {
        const key = `${name}--${type}`;
        if (lengthOf(history) > lengthOf(recorded[key])) recorded[key] = history;
      }
    },
    carried,
    openServer,
    ownWaits,
  );
  return recorded;
}

/**
 * The connection's own history, those of its children, and of what ran beside it: the server that skips time cannot list
 * workflows.
 */
async function historiesOf({ env, handle, besides }: Story, runId: string): Promise<[string, History][]> {
  const own = await env.client.workflow.getHandle(handle.workflowId, runId).fetchHistory();
  const children = (own.events ?? []).flatMap(
    ({ childWorkflowExecutionStartedEventAttributes: started }) => started ?? [],
  );
  const theirs = await Promise.all(
    children.map(async ({ workflowExecution, workflowType }): Promise<[string, History]> => {
      const child = env.client.workflow.getHandle(workflowExecution?.workflowId ?? '');
      return [workflowType?.name ?? '', await child.fetchHistory()];
    }),
  );
  const others = await Promise.all(
    besides.map(async ({ type, workflowId }): Promise<[string, History]> => [
      type,
      await env.client.workflow.getHandle(workflowId).fetchHistory(),
    ]),
  );
  // What has only been started has done nothing yet that it could do otherwise.
  const hasBegun = ([, { events }]: [string, History]) =>
    (events ?? []).some(({ workflowTaskCompletedEventAttributes }) => workflowTaskCompletedEventAttributes);
  return [['connection', own] satisfies [string, History], ...theirs, ...others].filter(hasBegun);
}

const lengthOf = (history?: History) => history?.events?.length ?? 0;
