import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startApiFront } from './web-api/api-front.ts';
import { answerFor } from './app/answers.ts';
import { createDeliveries, type Envelope } from './app/deliveries.ts';
import { createIncoming } from './app/incoming.ts';
import { connectUpstream } from './app/upstream.ts';
import { createCalls } from './calls.ts';
import { createSlackControl } from './local/control.ts';
import { createKeeper } from './local/keeper.ts';
import { startLocalProgram } from './local/start-program.ts';
import { createMisfortunes } from './misfortunes.ts';
import { startPageFront } from './page/page-front.ts';
import { createRates } from './web-api/rates.ts';
import { createResponseUrls } from './web-api/response-urls.ts';
import { isObject } from './rules/check.ts';
import { createSwitches } from './switches.ts';
import { createTriggers } from './web-api/triggers.ts';
import { createWebApi } from './web-api/web-api.ts';
import { readWorkspace, workspaceConfig, type Workspace } from './local/workspace.ts';
import { createWorkspaceState } from './workspace-state.ts';

export interface LocalSlack {
  /** Where a person opens the workspace; its control API is below `/_control`. */
  url: string;
  /** What the app uses as SLACK_API_URL; the switches are beside it, below `/_strict`. */
  apiUrl: string;
  pid: number;
  /** Resolves when local-slack is gone, wanted or not. */
  ended: Promise<void>;
  /** Keeps the messages and ends it. */
  stop: () => Promise<void>;
}

/**
 * A Slack workspace, that of the demo office unless told otherwise, with the messages of the last time: the local Slack, and
 * in front of it a server that refuses what Slack refuses (README.md). A port of zero takes a free one.
 * @throws Error when the program is not installed, does not answer, or a port is taken
 */
export async function startSlack(options: {
  directory: string;
  port?: number;
  apiPort?: number;
  workspace?: Workspace;
}): Promise<LocalSlack> {
  const workspace = options.workspace ?? readWorkspace();
  await mkdir(options.directory, { recursive: true });
  const config = join(options.directory, 'workspace.json');
  await writeFile(config, JSON.stringify(workspaceConfig(workspace), null, 2));
  const program = await startLocalProgram([
    ...['--config', config],
    ...['--files-dir', join(options.directory, 'files')],
  ]);
  const atEnd: (() => void)[] = [];
  const target = program.url;
  try {
    const keeper = createKeeper(join(options.directory, 'messages.json'), createSlackControl(target));
    await keeper.putBack();
    const deliveries = createDeliveries({ onChange: (connected) => page.appIsConnected(connected) });
    atEnd.push(() => deliveries.close());
    const page = await startPageFront({
      ...{ port: options.port ?? 0, target, timeZone: workspace.timeZone },
      appConnected: () => deliveries.connected() > 0,
    });
    atEnd.push(() => page.close());
    const pageUrl = `http://localhost:${page.port}`;
    const front = await startStrictFront({ target, pageUrl, port: options.apiPort ?? 0, deliveries, keeper });
    atEnd.push(() => front.close());
    const timer = setInterval(() => void keeper.save().catch(() => undefined), 1000);
    atEnd.push(() => clearInterval(timer));
    void program.ended.then(() => atEnd.forEach((end) => end()));
    const stop = async () => {
      await keeper.save().catch(() => undefined);
      program.kill('SIGTERM');
      await program.ended;
    };
    return { url: pageUrl, apiUrl: `${front.url}/api/`, pid: program.pid, ended: program.ended, stop };
  } catch (error) {
    atEnd.forEach((end) => end());
    program.kill('SIGKILL');
    throw error;
  }
}

/** Everything the app sees: the Web API with its rules, the sockets, and the switches. */
async function startStrictFront(deps: {
  target: string;
  pageUrl: string;
  port: number;
  deliveries: ReturnType<typeof createDeliveries>;
  keeper: { present: (ts: string) => string };
}) {
  const { target, deliveries } = deps;
  const state = createWorkspaceState(target);
  const [rates, triggers, responseUrls] = [createRates(), createTriggers(), createResponseUrls()];
  const [misfortunes, calls] = [createMisfortunes(), createCalls()];
  const inside = { target, state, rates, triggers, misfortunes, calls, deliveries };
  const front = await startApiFront({
    ...inside,
    ...{ port: deps.port, pageUrl: deps.pageUrl, present: deps.keeper.present, responseUrls },
    call: createWebApi({ ...inside, openSocket: () => front.openSocket() }),
    turn: createSwitches(inside),
  });
  const asSlackWrites = createIncoming({ triggers, responseUrls, ownUrl: () => front.url });
  const upstream = await connectUpstream(target, async (envelope) => {
    const written = asSlackWrites(envelope);
    if (envelope.type === 'events_api') {
      if (!isOutOfSight(envelope, state.changes.left)) void deliveries.tell(written);
      return undefined;
    }
    const { payload, outcome } = answerFor(written, await deliveries.ask(written));
    const { channel_id: channel, user_id: user } = envelope.payload;
    calls.note({
      method: `answer to ${envelope.type}`,
      channel: nameOf(channel),
      user: nameOf(user),
      outcome,
    });
    return payload;
  });
  return {
    url: front.url,
    close() {
      upstream.close();
      front.close();
    },
  };
}

const nameOf = (value: unknown) => (typeof value === 'string' ? value : null);

/** The app hears nothing of a channel it was removed from. */
function isOutOfSight({ payload: { event } }: Envelope, left: ReadonlySet<string>): boolean {
  return isObject(event) && left.has(String(event['channel']));
}
