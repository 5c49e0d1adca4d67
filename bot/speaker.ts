import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import type { Speaker, Statement } from '../domain/announcements/index.ts';
import { inWords } from './messages/announcement.ts';
import type { MessageStore, SaidMessage } from '../store/messages.ts';
import type { Message } from './messages/blocks.ts';

/** The part of the store that remembers what was said. */
export type SpeakerMessages = Pick<MessageStore, 'get' | 'intend' | 'posted' | 'forget'>;

/** Slack asks to wait; saying it again after `retryAfterMs` is safe. */
export class SlackRateLimitError extends Error {
  override name = 'SlackRateLimitError';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number, options?: ErrorOptions) {
    super(`Slack asks to wait ${retryAfterMs} ms`, options);
    this.retryAfterMs = retryAfterMs;
  }
}

/** Clocks of Slack and of this machine may differ by this much. */
const clockMarginMs = 60_000;

/**
 * Says every statement once. Slack has no idempotency key (github.com/slackapi/slack-api-specs/issues/10), so the
 * intent is noted before posting, the message carries a hash of its key in a `block_id`, and an intent without a
 * posted message is looked up in the channel before anything is posted again.
 *
 * `say` throws {@link SlackRateLimitError} and the errors of the client; after any of them it may be called again.
 */
export function createSpeaker(deps: { slack: WebClient; messages: SpeakerMessages }): Speaker {
  const { slack, messages } = deps;
  const underWay = new Map<string, Promise<void>>();

  async function say(statement: Statement): Promise<void> {
    const content = inWords(statement.announcement);
    const hash = shortHash(JSON.stringify(content));
    const known = await messages.get(statement.key);
    const mayPost = !statement.onlyIfSaid;
    if (known?.ts) {
      if (known.contentHash === hash) return;
      if (await edit(known.key, known.channel, known.ts, content, hash)) return;
      await messages.forget(statement.key);
    }
    if (!mayPost && (!known || known.ts)) return;
    const channel = await channelOf(statement.to, known);
    const intent = await messages.intend(statement.key, channel, statement.inThreadOf);
    const threadTs = statement.inThreadOf ? (await messages.get(statement.inThreadOf))?.ts : undefined;
    const lost = known && !known.ts ? await findPosted(intent, threadTs) : undefined;
    if (lost?.hash === hash) return messages.posted(intent.key, lost.ts, hash);
    if (lost && (await edit(intent.key, intent.channel, lost.ts, content, hash))) return;
    if (!mayPost) return messages.forget(intent.key);
    const { ts } = await slack.chat.postMessage({
      channel: intent.channel,
      text: content.text,
      blocks: marked(intent.key, content, hash),
      ...(threadTs ? inThread(threadTs, statement.alsoInChannel ?? false) : {}),
      unfurl_links: false,
    });
    if (!ts) throw new Error(`Slack took the message ${intent.key} but did not say where it is`);
    await messages.posted(intent.key, ts, hash);
  }

  async function channelOf(to: Statement['to'], known: SaidMessage | null): Promise<string> {
    if ('channel' in to) return to.channel;
    if (known) return known.channel;
    const { channel } = await slack.conversations.open({ users: to.slackUser });
    if (!channel?.id) throw new Error('Slack did not open the direct message');
    return channel.id;
  }

  /** False when Slack does not have the message any more. */
  async function edit(
    key: string,
    channel: string,
    ts: string,
    content: Message,
    hash: string,
  ): Promise<boolean> {
    try {
      await slack.chat.update({ channel, ts, text: content.text, blocks: marked(key, content, hash) });
    } catch (error) {
      if (error instanceof WebAPIPlatformError && error.data.error === 'message_not_found') return false;
      throw error;
    }
    await messages.posted(key, ts, hash);
    return true;
  }

  /** Looks for a message that was posted but not noted, because this process died in between. */
  async function findPosted(
    intent: SaidMessage,
    threadTs: string | null | undefined,
  ): Promise<{ ts: string; hash: string } | undefined> {
    const oldest = String((Date.parse(intent.intendedAt) - clockMarginMs) / 1000);
    const mark = markOf(intent.key);
    for (let cursor: string | undefined; ;) {
      const query = { channel: intent.channel, oldest, limit: 200, ...(cursor ? { cursor } : {}) };
      const page = threadTs
        ? await slack.conversations.replies({ ...query, ts: threadTs })
        : await slack.conversations.history(query);
      for (const message of page.messages ?? []) {
        const blockId = message.blocks?.map((block) => block.block_id).find((id) => id?.startsWith(mark));
        if (blockId && message.ts) return { ts: message.ts, hash: blockId.slice(mark.length) };
      }
      cursor = page.response_metadata?.next_cursor;
      if (!cursor) return undefined;
    }
  }

  return {
    /** Two calls with the same key wait for each other. */
    say(statement) {
      const before = underWay.get(statement.key) ?? Promise.resolve();
      const turn = before.catch(() => undefined).then(() => say(statement).catch(rethrowRateLimit));
      underWay.set(statement.key, turn);
      const done = () => {
        if (underWay.get(statement.key) === turn) underWay.delete(statement.key);
      };
      turn.then(done, done);
      return turn;
    },
  };
}

/**
 * The message with its mark in the first block. Slack wants a new `block_id` when a message is edited
 * (docs.slack.dev/reference/block-kit/blocks), so the hash of the content is part of it.
 */
function marked(key: string, content: Message, hash: string): Message['blocks'] {
  return content.blocks.map((block, index) =>
    index === 0 ? { ...block, block_id: `${markOf(key)}${hash}` } : block,
  );
}

/** Slack's types want the two apart, though the one only adds to the other. */
const inThread = (thread_ts: string, alsoInChannel: boolean) =>
  alsoInChannel ? { thread_ts, reply_broadcast: true as const } : { thread_ts };

const markOf = (key: string) => `said-${shortHash(key)}-`;
const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

function rethrowRateLimit(error: unknown): never {
  if (error instanceof WebAPIRateLimitedError)
    throw new SlackRateLimitError(error.retryAfter * 1000, { cause: error });
  throw error;
}
