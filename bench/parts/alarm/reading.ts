import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { StrictControl } from '@syncuser/slack-sandbox';

/** A message as it stands in the local Slack, and what nobody can see there any more once it was edited. */
export interface SeenMessage {
  conversation: string;
  ts: string;
  /** When it was posted, in milliseconds since 1970. No edit changes that, and no edit notifies anybody. */
  postedAt: number;
  /** It stands in a thread of this message only, so that in a channel nobody is notified. */
  onlyInThreadOf: string | null;
  /** The thread it belongs to, also when it went to the channel as well. */
  threadOf: string | null;
  /** What marks one announcement to one recipient: a hash of its key (deliveries/slack-messages.ts), or null. */
  mark: string | null;
  /** Every wording it ever had, with the moment in which it was seen first; the newest last. */
  wordings: { text: string; seenAt: number }[];
}

const messagesSchema = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      text: z.string().default(''),
      thread_ts: z.string().optional(),
      bot_id: z.string().optional(),
      blocks: z.array(z.object({ block_id: z.string().optional() })).optional(),
    }),
  ),
});

/** Reads these conversations as they stand in the local Slack, over and over. */
export function createReading(
  { slackUrl, strict }: { slackUrl: string; strict: StrictControl },
  conversations: readonly string[],
) {
  const seen = new Map<string, SeenMessage>();
  const posted = new Map<string, { at: number; text: string; alsoInChannel: boolean }>();
  let notedUntil: string | undefined;

  async function notePosts(): Promise<void> {
    const calls = await strict.calls({
      method: 'chat.postMessage',
      ...(notedUntil !== undefined && { since: notedUntil }),
    });
    for (const { at, channel, posted: where } of calls) {
      if (where) posted.set(`${channel} ${where.ts}`, { ...where, at: Date.parse(at) });
      notedUntil = at;
    }
  }

  async function read(conversation: string): Promise<void> {
    const response = await fetch(`${slackUrl}/_control/messages/${conversation}`);
    const { messages } = messagesSchema.parse(await response.json());
    await notePosts();
    for (const { ts, text, thread_ts: threadOf = null, bot_id: bot, blocks = [] } of messages) {
      if (bot === undefined) continue;
      const id = `${conversation} ${ts}`;
      const post = posted.get(id);
      const known = seen.get(id);
      if (known) {
        if (known.wordings.at(-1)?.text !== text) known.wordings.push({ text, seenAt: Date.now() });
        continue;
      }
      // It is noted a moment after it stands there: the next time, then.
      if (!post) continue;
      seen.set(id, {
        ...{ conversation, ts, threadOf },
        postedAt: post.at,
        onlyInThreadOf: post.alsoInChannel ? null : threadOf,
        mark:
          blocks.map(({ block_id: own }) => /^said-[0-9a-f]+-/.exec(own ?? '')?.[0]).find(Boolean) ?? null,
        // It may have been edited before anybody read it here, and people were notified of what was posted.
        wordings: [
          { text: post.text, seenAt: post.at },
          ...(text === post.text ? [] : [{ text, seenAt: Date.now() }]),
        ],
      });
    }
  }

  async function readAll(): Promise<void> {
    for (const conversation of conversations) await read(conversation);
  }

  return {
    messages: () => [...seen.values()],
    readAll,
    /** Reads until it is ended. @returns rejects when Slack cannot be read */
    async keepReading(over: AbortSignal, everyMs: number): Promise<void> {
      while (!over.aborted) {
        await readAll();
        await sleep(everyMs);
      }
    },
  };
}

export type Reading = ReturnType<typeof createReading>;
