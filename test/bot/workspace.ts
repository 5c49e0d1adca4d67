import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createStrictControl,
  startSlack,
  type LocalSlack,
  type StrictControl,
} from '@syncuser/slack-sandbox';
import { driveSlack, type SlackDriver } from '../slack-driver.ts';

/** Where no test is about seconds: a busy machine takes many. */
export const muchTime = 60_000;

/** The real local Slack, driven as its people would. */
export interface Workspace extends SlackDriver {
  slack: LocalSlack;
  /** What goes wrong in it, and what was asked of it. */
  strict: StrictControl;
  stop(): Promise<void>;
}

export async function startWorkspace(): Promise<Workspace> {
  const directory = await mkdtemp(join(tmpdir(), 'syncuser-bot-'));
  const slack = await startSlack({ directory });
  const strict = createStrictControl(slack.apiUrl);
  // Tests say in a second what people hear in an hour; who wants the limits turns them on again.
  await strict.turn('rates', { on: false });
  await strict.turn('patience', { ms: muchTime });
  return {
    slack,
    strict,
    ...driveSlack(slack.url),
    async stop() {
      await slack.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
