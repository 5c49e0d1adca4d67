import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import type { KnownBlock } from '@slack/types';
import type { Delivery, Recipient } from '../domain/deliveries.ts';
import type { Moment } from '../domain/master-data.ts';
import { createPace } from './pace.ts';

/** One thing the bot says: `text` is what notifications and screen readers get. */
export interface Message {
  text: string;
  blocks: KnownBlock[];
}

/** Clocks of Slack and of this machine may differ by this much. */
const clockMarginMs = 60_000;

/** What a message that Slack refuses for its form is cut to. */
const plainLength = 3_000;

export type SlackMessages = ReturnType<typeof createSlackMessages>;

/**
 * Messages in Slack that can be found again. Slack has no idempotency key (github.com/slackapi/slack-api-specs/issues/10),
 * so each carries a hash of its key in a `block_id`. Everything throws the errors of the client (slack-refusals.ts).
 */
export function createSlackMessages(slack: WebClient) {
  const pace = createPace();

  async function post(
    { key, announcement: _, ...where }: Pick<Delivery, 'key' | 'alsoInChannel' | 'announcement'>,
    message: Message,
    place: { channel: string; threadTs: string | null },
  ): Promise<string> {
    const { channel, threadTs } = place;
    await pace.turn(channel);
    const { ts } = await slack.chat.postMessage({
      channel,
      text: message.text,
      blocks: marked(key, message),
      ...(threadTs ? inThread(threadTs, where.alsoInChannel) : {}),
      unfurl_links: false,
    });
    if (!ts) throw new Error(`Slack took the message ${key} but did not say where it is`);
    return ts;
  }

  return {
    post,

    /** The conversation in which this recipient reads. */
    async channelOf(to: Recipient): Promise<string> {
      if ('channel' in to) return to.channel;
      const { channel } = await slack.conversations.open({ users: to.slackUser });
      if (!channel?.id) throw new Error('Slack did not open the direct message');
      return channel.id;
    },

    async edit(
      key: string,
      message: Message,
      { channel, ts }: { channel: string; ts: string },
    ): Promise<void> {
      await slack.chat.update({ channel, ts, text: message.text, blocks: marked(key, message) });
    },

    /** Looks for a message that may have been posted since then without our knowing. */
    async find(
      key: string,
      { channel, threadTs, since }: { channel: string; threadTs: string | null; since: Moment },
    ): Promise<{ ts: string; contentHash: string } | null> {
      const oldest = String((Date.parse(since) - clockMarginMs) / 1000);
      const mark = markOf(key);
      for (let cursor: string | undefined; ;) {
        const query = { channel, oldest, limit: 200, ...(cursor ? { cursor } : {}) };
        const page = threadTs
          ? await slack.conversations.replies({ ...query, ts: threadTs })
          : await slack.conversations.history(query);
        for (const message of page.messages ?? []) {
          const blockId = message.blocks?.map((block) => block.block_id).find((id) => id?.startsWith(mark));
          if (blockId && message.ts) return { ts: message.ts, contentHash: blockId.slice(mark.length) };
        }
        cursor = page.response_metadata?.next_cursor;
        if (!cursor) return null;
      }
    },
  };
}

/** The same in a form that Slack surely takes, when it refuses the form: better short than not at all. */
export function plainer({ text }: Message): Message {
  const short = [...new Intl.Segmenter().segment(text.slice(0, plainLength))].slice(0, -1);
  const words = text.length <= plainLength ? text : `${short.map(({ segment }) => segment).join('')}…`;
  return {
    text: words,
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: words, verbatim: true } }],
  };
}

export const contentHash = (message: Message): string => shortHash(JSON.stringify(message));

/**
 * The message with its mark in the first block. Slack wants a new `block_id` when a message is edited
 * (docs.slack.dev/reference/block-kit/blocks), so the hash of the content is part of it.
 */
function marked(key: string, message: Message): KnownBlock[] {
  const id = `${markOf(key)}${contentHash(message)}`;
  return message.blocks.map((block, index) => (index === 0 ? { ...block, block_id: id } : block));
}

/** Slack's types want the two apart, though the one only adds to the other. */
const inThread = (thread_ts: string, alsoInChannel: boolean) =>
  alsoInChannel ? { thread_ts, reply_broadcast: true as const } : { thread_ts };

const markOf = (key: string) => `said-${shortHash(key)}-`;
const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);
