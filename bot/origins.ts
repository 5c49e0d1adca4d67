import type { BlockAction, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import type { Origin } from './ask.ts';
import { carried } from './modals/carried.ts';

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

/** A modal answers where it was opened from. Its id is the same for a double submit. */
export function originOfSubmission(body: ViewSubmitAction): Origin {
  const { responseUrl, channel } = carried(body.view.private_metadata);
  return {
    actionId: `view/${body.view.id}`,
    slackUserId: body.user.id,
    triggerId: '',
    responseUrl,
    channel,
  };
}

/** Where the answer to a failed request goes; null when nobody asked (an event). */
export function originOf(body: object): Origin | null {
  if ('command' in body) return originOfCommand(body as SlashCommand);
  const type = 'type' in body ? body.type : undefined;
  if (type === 'block_actions') return originOfClick(body as BlockAction);
  if (type === 'view_submission') return originOfSubmission(body as ViewSubmitAction);
  return null;
}
