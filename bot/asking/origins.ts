import type { BlockAction, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import type { SlackEvent } from '@slack/types';
import { RefusedError } from './refused.ts';
import type { Origin } from './ask.ts';
import { carried } from '../modals/carried.ts';

/** Where a request came from, in the three shapes in which Slack tells it. */
export function originOfCommand(command: SlashCommand): Origin {
  return {
    actionId: `command/${command.trigger_id}`,
    slackUserId: command.user_id,
    triggerId: command.trigger_id,
    responseUrl: command.response_url,
    channel: command.channel_id,
  };
}

/** A click on App Home has no channel, so nothing can be answered there. */
export function originOfClick(body: BlockAction): Origin {
  const channel = body.channel?.id || null;
  return {
    actionId: `click/${body.trigger_id}`,
    slackUserId: body.user.id,
    triggerId: body.trigger_id,
    responseUrl: channel && body.response_url ? body.response_url : null,
    channel,
  };
}

/**
 * A modal answers where it was opened from, or in person where it does not say. Its id is the same for a double submit.
 */
export function originOfSubmission(body: ViewSubmitAction): Origin {
  const { responseUrl, channel } = whereOpened(body.view.private_metadata);
  return {
    actionId: `view/${body.view.id}`,
    slackUserId: body.user.id,
    triggerId: '',
    responseUrl,
    channel,
  };
}

function whereOpened(metadata: string): Pick<Origin, 'responseUrl' | 'channel'> {
  try {
    return carried(metadata);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return { responseUrl: null, channel: null }; // whoever judges the modal refuses it
  }
}

/** What a person writes to the bot, and where. */
export interface Spoken extends Origin {
  channel: string;
  isDirect: boolean;
}

/** A mention of the bot, or a direct message to it; null for every other event, and for what bots write. */
export function originOfSpoken(event: SlackEvent): Spoken | null {
  const isDirect = event.type === 'message';
  if (!isDirect && event.type !== 'app_mention') return null;
  if (isDirect && (event.subtype !== undefined || event.channel_type !== 'im' || event.bot_id)) return null;
  if (!event.user) return null;
  const { user: slackUserId, channel, ts } = event;
  // The same message may come under several event ids (github.com/slackapi/node-slack-sdk/issues/2141).
  const actionId = `spoken/${channel}/${ts}`;
  return { actionId, slackUserId, triggerId: '', responseUrl: null, channel, isDirect };
}

/** Where the answer to a failed request goes; null when nobody waits for words (an event). */
export function originOf(body: object): Origin | null {
  if ('command' in body) return originOfCommand(body as SlashCommand);
  const type = 'type' in body ? body.type : undefined;
  if (type === 'block_actions') return originOfClick(body as BlockAction);
  if (type === 'view_submission') return originOfSubmission(body as ViewSubmitAction);
  if (type === 'event_callback') return originOfSpoken((body as { event: SlackEvent }).event);
  return null;
}
