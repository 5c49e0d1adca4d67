import type { WebClient } from '@slack/web-api';
import type { ModalView } from '@slack/types';
import {
  findUserBySlackId,
  isActive,
  leansOn,
  type KeyPeople,
  type Office,
  type OfficeUser,
} from '../../domain/offices/office.ts';
import type { WholeListStore } from '../../store/whole-lists.ts';
import type { Message } from '../messages/blocks.ts';
import { channelsNotTold } from '../messages/refusal.ts';
import { rethrowTooLate } from './too-late.ts';
import { unknownPerson } from './refusals.ts';

/** One person asking for one thing, whatever they did for it: a typed command, a click, a submitted modal. */
export interface Ask {
  /** The same when Slack delivers the same thing again. */
  actionId: string;
  slackUserId: string;
  /**
   * @param about the connection it is about: whoever it leans on may still mend it after leaving the office
   * @throws RefusedError when the person is not in the office
   */
  user(about?: KeyPeople): OfficeUser;
  /** Only the person sees it. */
  answer(message: Message): Promise<void>;
  /**
   * Everybody in the channel sees it, if it is a channel of the office, else the person; the office's own channel always, and
   * the channels of the teams that are hit.
   */
  answerTeam(message: Message, channels?: readonly string[]): Promise<void>;
  open(view: ModalView): Promise<void>;
  /** Where answers go, for a modal to carry along. */
  replyTo: ReplyTo;
  /** It was clicked on App Home, which has no room for an answer: what is to be seen at once is opened above it. */
  isOnHome: boolean;
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

/** Makes the answer to whatever Slack sent. */
export function createAskFrom(deps: {
  slack: WebClient;
  office: Office;
  wholeLists: Pick<WholeListStore, 'keep'>;
}): AskFrom {
  const { slack, office, wholeLists } = deps;
  const ownChannels = [office.channelId, ...office.teams.map(({ channelId }) => channelId)];

  async function send(
    origin: Origin,
    { whole, ...message }: Message,
    responseType: 'ephemeral' | 'in_channel',
  ): Promise<void> {
    if (whole) await wholeLists.keep(whole);
    if (origin.responseUrl && (await respond(origin.responseUrl, message, responseType))) return;
    const { channel } = await slack.conversations.open({ users: origin.slackUserId });
    await post(channel?.id ?? origin.slackUserId, message);
  }

  async function post(channel: string, { text, blocks }: Message): Promise<void> {
    await slack.chat.postMessage({ channel, text, blocks, unfurl_links: false });
  }

  /**
   * False when the answer cannot be given there: the address has expired (30 minutes, five answers), or does not answer.
   * docs.slack.dev/interactivity/handling-user-interaction
   */
  async function respond(url: string, message: Message, responseType: string): Promise<boolean> {
    const body = { response_type: responseType, replace_original: false, ...message };
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null);
    return response?.ok ?? false;
  }

  /** What concerns everybody was done already, so that a channel that cannot be told is said and no fault. */
  async function tellOffice(origin: Origin, message: Message, channels: readonly string[]): Promise<void> {
    const others = [...new Set([office.channelId, ...channels])].filter((one) => one !== origin.channel);
    const told = await Promise.allSettled(others.map((channel) => post(channel, message)));
    const untold = others.filter((_, index) => told[index]?.status === 'rejected');
    if (untold.length > 0) await send(origin, channelsNotTold(untold), 'ephemeral');
  }

  return (origin) => ({
    actionId: origin.actionId,
    slackUserId: origin.slackUserId,
    replyTo: { responseUrl: origin.responseUrl, channel: origin.channel },
    isOnHome: origin.channel === null && origin.triggerId !== '',
    user(about) {
      const user = findUserBySlackId(office, origin.slackUserId);
      if (user && (isActive(user) || (about && leansOn(about, user.id)))) return user;
      throw unknownPerson(office, origin.slackUserId);
    },
    answer: (message) => send(origin, message, 'ephemeral'),
    async answerTeam(message, channels = []) {
      const isOwn = origin.channel !== null && ownChannels.includes(origin.channel);
      await send(origin, message, isOwn ? 'in_channel' : 'ephemeral');
      await tellOffice(origin, message, channels);
    },
    async open(view) {
      await slack.views.open({ trigger_id: origin.triggerId, view }).catch(rethrowTooLate);
    },
  });
}
