import { readFile, rename, writeFile } from 'node:fs/promises';
import type { SlackControl, SlackMessage } from './control.ts';
import { localApp } from './workspace.ts';

/**
 * local-slack keeps its messages in memory. The keeper writes them to a file, and after a restart posts them again.
 * Slack gives a message posted again a new timestamp, which is its only id; `moved` leads from every timestamp that was
 * ever given out to the present one, and the API front translates with it.
 */
export interface Kept {
  messages: SlackMessage[];
  moved: Record<string, string>;
}

/** Per channel; a demo workspace should not grow without end. */
const newest = 500;

export function createKeeper(file: string, control: SlackControl) {
  let moved: Record<string, string> = {};
  let written = '';
  let writing: Promise<void> | undefined;

  /** Writes what is there now; who asks while it is being written gets the same answer. */
  function save(): Promise<void> {
    writing ??= write().finally(() => (writing = undefined));
    return writing;
  }

  async function write(): Promise<void> {
    const channels = await control.channels();
    const lists = await Promise.all(channels.map((channel) => control.messages(channel)));
    const messages = lists.flatMap((list) => list.filter(isLasting).slice(-newest));
    const text = JSON.stringify({ messages, moved } satisfies Kept);
    if (text === written) return;
    await writeFile(`${file}.new`, text, { mode: 0o600 });
    await rename(`${file}.new`, file);
    written = text;
  }

  /** Posts what was kept; at the very first start there is nothing. */
  async function putBack(): Promise<void> {
    const kept = await read(file);
    if (!kept) return;
    const again: Record<string, string> = {};
    for (const message of kept.messages) {
      const root = message.thread_ts;
      if (root && !again[root]) continue; // its thread was too old to be kept
      again[message.ts] = await post(control, message, root ? again[root] : undefined);
    }
    const earlier = Object.entries(kept.moved).flatMap(([first, last]) =>
      again[last] ? [[first, again[last]]] : [],
    );
    moved = { ...(Object.fromEntries(earlier) as Record<string, string>), ...again };
    await save();
  }

  return { save, putBack, present: (ts: string): string => moved[ts] ?? ts };
}

/** "Only visible to you" does not outlive a reload in Slack either. */
function isLasting(message: SlackMessage): boolean {
  return message.subtype !== 'ephemeral';
}

async function read(file: string): Promise<Kept | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Kept;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(
      `The messages of the local Slack cannot be read from ${file}; remove it to start afresh`,
      { cause: error },
    );
  }
}

async function post(
  control: SlackControl,
  message: SlackMessage,
  thread: string | undefined,
): Promise<string> {
  const { channel, user, text = '', blocks, attachments, username } = message;
  const where = { channel, text, ...(thread && { thread_ts: thread }) };
  const ts =
    message.bot_id || !user || user === localApp.botUserId
      ? await control.postAsApp({
          ...where,
          ...(blocks && { blocks }),
          ...(attachments && { attachments }),
          ...(username && { username }),
        })
      : await control.postAsPerson({ ...where, user });
  for (const { name, users } of message.reactions ?? []) {
    for (const person of users) await control.react({ channel, ts, user: person, name });
  }
  return ts;
}
