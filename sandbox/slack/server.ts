import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApiFront } from './api-front.ts';
import { createSlackControl } from './control.ts';
import { createKeeper } from './keeper.ts';
import { localSlackProgram } from './program.ts';
import { readDemoOffice, workspaceConfig } from './workspace.ts';

export interface LocalSlack {
  /** Where a person opens the workspace; its control API is below `/_control`. */
  url: string;
  /** What the app uses as SLACK_API_URL. */
  apiUrl: string;
  pid: number;
  /** Resolves when local-slack is gone, wanted or not. */
  ended: Promise<void>;
  /** Keeps the messages and ends it. */
  stop: () => Promise<void>;
}

/**
 * The local Slack workspace of the demo office, with the messages of the last time.
 * @throws Error when the program is not installed or does not answer
 */
export async function startSlack(options: {
  directory: string;
  port: number;
  apiPort: number;
}): Promise<LocalSlack> {
  await mkdir(options.directory, { recursive: true });
  const config = join(options.directory, 'workspace.json');
  await writeFile(config, JSON.stringify(workspaceConfig(readDemoOffice()), null, 2));
  const files = join(options.directory, 'files');
  const args = ['--config', config, '--port', `${options.port}`, '--files-dir', files];
  const child = spawn(localSlackProgram(), args, { stdio: ['ignore', 'ignore', 'inherit'] });
  let running = true;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve(void (running = false))));

  const url = `http://localhost:${options.port}`;
  const control = createSlackControl(url);
  const keeper = createKeeper(join(options.directory, 'messages.json'), control);
  try {
    await untilItAnswers(
      () => control.channels(),
      () => running,
    );
    await keeper.putBack();
    const front = await startApiFront({ port: options.apiPort, target: url, present: keeper.present });
    const timer = setInterval(() => void keeper.save().catch(() => undefined), 1000);
    void ended.then(() => {
      clearInterval(timer);
      front.closeAllConnections();
      front.close();
    });
    const stop = async () => {
      await keeper.save().catch(() => undefined);
      child.kill('SIGTERM');
      await ended;
    };
    return { url, apiUrl: `http://127.0.0.1:${options.apiPort}/api/`, pid: child.pid ?? 0, ended, stop };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

async function untilItAnswers(ask: () => Promise<unknown>, isRunning: () => boolean): Promise<void> {
  for (let attempt = 0; isRunning() && attempt < 300; attempt += 1) {
    const answered = await ask().then(
      () => true,
      () => false,
    );
    if (answered) return;
    await sleep(100);
  }
  throw new Error(
    isRunning() ? 'The local Slack does not answer' : 'The local Slack ended while it was starting',
  );
}
