import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { startSlack, type LocalSlack } from '../../sandbox/slack/server.ts';
import { driveSlack, type SlackDriver } from '../slack-driver.ts';

/** The real local Slack, driven as its people would. */
export interface Workspace extends SlackDriver {
  slack: LocalSlack;
  stop(): Promise<void>;
}

export async function startWorkspace(): Promise<Workspace> {
  const directory = await mkdtemp(join(tmpdir(), 'syncuser-bot-'));
  const slack = await startSlack({ directory, port: await getPort(), apiPort: await getPort() });
  return {
    slack,
    ...driveSlack(slack.url),
    async stop() {
      await slack.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
