import type { WebClient } from '@slack/web-api';
import type { ModalView } from '@slack/types';
import {
  findUserBySlackId,
  isActive,
  leansOn,
  type Bearers,
  type Office,
  type OfficeUser,
} from '../domain/office.ts';
import type { Message } from './messages/blocks.ts';
import { plainly } from './plain-slack.ts';
import { unknownPerson } from './refusals.ts';

/** One person asking for one thing, whatever he did for it: a typed command, a click, a submitted modal. */
export interface Ask {
  /** The same when Slack delivers the same thing again. */
  actionId: string;
  slackUserId: string;
  /**
   * @param leaning the connection it is about: whoever it leans on may still mend it after leaving the office
   * @throws RefusedError when the person is not in the office
   */
  user(leaning?: Bearers): OfficeUser;
  /** Only the person sees it. */
  answer(message: Message): Promise<void>;
  /** Everybody in the channel sees it, if it is a channel of the office; otherwise only the person. */
  answerTeam(message: Message): Promise<void>;
  open(view: ModalView): Promise<void>;
  /** Where answers go, for a modal to carry along. */
  replyTo: ReplyTo;
}

export interface ReplyTo {
  /** Absent for what was clicked on App Home. */
  responseUrl: string | null;
  channel: string | null;
}

/** What Slack tells about where something came from. */
export interface Origin extends ReplyTo {
  actionId: string;
  slackUserId: string;
  triggerId: string;
}

export type AskFrom = (origin: Origin) => Ask;

/** Makes the answer to whatever Slack sent. `drawsLikeSlack`: see plain-slack.ts. */
export function createAskFrom(deps: { slack: WebClient; office: Office; drawsLikeSlack: boolean }): AskFrom {
  const { slack, office } = deps;
  const ownChannels = [office.channelId, ...office.teams.map(({ channelId }) => channelId)];

  async function send(
    origin: Origin,
    message: Message,
    responseType: 'ephemeral' | 'in_channel',
  ): Promise<void> {
    if (origin.responseUrl && (await respond(origin.responseUrl, message, responseType))) return;
    await slack.chat.postMessage({ channel: origin.slackUserId, ...message, unfurl_links: false });
  }

  /** False when the address has expired (30 minutes, five answers): docs.slack.dev/interactivity/handling-user-interaction */
  async function respond(url: string, message: Message, responseType: string): Promise<boolean> {
    const body = { response_type: responseType, replace_original: false, ...message };
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(deps.drawsLikeSlack ? body : plainly(body, office.timeZone)),
      signal: AbortSignal.timeout(10_000),
    });
    return response.ok;
  }

  return (origin) => ({
    actionId: origin.actionId,
    slackUserId: origin.slackUserId,
    replyTo: { responseUrl: origin.responseUrl, channel: origin.channel },
    user(leaning) {
      const user = findUserBySlackId(office, origin.slackUserId);
      if (user && (isActive(user) || (leaning && leansOn(leaning, user.id)))) return user;
      throw unknownPerson(office, origin.slackUserId);
    },
    answer: (message) => send(origin, message, 'ephemeral'),
    answerTeam: (message) =>
      send(
        origin,
        message,
        origin.channel && ownChannels.includes(origin.channel) ? 'in_channel' : 'ephemeral',
      ),
    async open(view) {
      await slack.views.open({ trigger_id: origin.triggerId, view });
    },
  });
}
