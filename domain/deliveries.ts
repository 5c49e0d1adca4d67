import type { Announcement } from './announcements/index.ts';
import type { Moment } from './master-data.ts';

/** A channel, or a person in private. */
export type Recipient = { channel: string } | { slackUser: string };

/** What is to be told to one recipient. */
export interface Statement {
  /** Identifies the message for ever; saying again with the same key edits it. */
  key: string;
  to: Recipient;
  /** Key of the message whose thread this belongs to. */
  inThreadOf?: string;
  /** Edits what stands there; where nothing was said so far, nothing is. */
  onlyIfSaid?: boolean;
  /** Show a line of a thread in the channel as well, where everybody reads it. */
  alsoInChannel?: boolean;
  /** What is not said yet of this topic to this recipient is not said any more, for this is newer. */
  topic?: string;
  /** Numbers of the incidents that somebody knows of once this stands in Slack. */
  tellsOf?: readonly number[];
  announcement: Announcement;
}

/**
 * Why Slack did not take something: `passing` is over by waiting; `recipient` concerns this channel or person, until
 * somebody mends it; `message` concerns these words; `installation` concerns everything the bot does.
 */
export type RefusalAbout = 'passing' | 'recipient' | 'message' | 'installation';

/** A refusal as it was sorted, once: deliveries/slack-refusals.ts. */
export interface Refusal {
  /** Slack's word for it, e.g. `not_in_channel`. */
  code: string;
  about: RefusalAbout;
  /** How long Slack wants us to wait, in milliseconds, or null when it does not say. */
  retryAfterMs: number | null;
}

/** `due` is to be said, or said anew; `overtaken` by something newer of the same topic; `given-up` after days of trying. */
export type DeliveryState = 'due' | 'said' | 'overtaken' | 'given-up';

/** One announcement to one recipient: what is to be told, and what became of it. */
export interface Delivery {
  key: string;
  to: Recipient;
  announcement: Announcement;
  /** Key of the message in whose thread it stands. */
  inThreadOf: string | null;
  alsoInChannel: boolean;
  onlyIfSaid: boolean;
  /** Numbers of the incidents of which this tells. */
  tellsOf: readonly number[];
  /** Of which it told when it was posted, or was about to be: an edit notifies nobody. */
  postedTellsOf: readonly number[];
  state: DeliveryState;
  /** Counts up whenever there is something else to say. */
  version: number;
  /** Where it stands, or is about to; null until the first attempt. */
  channel: string | null;
  /** Slack's id of the message; null while none is known of. */
  ts: string | null;
  contentHash: string | null;
  /** When it was last sent without an answer, so that it may stand in Slack unknown to us; or null. */
  sentAt: Moment | null;
  /** The last refusal, or null when it went well. */
  refusal: { code: string; about: RefusalAbout; at: Moment } | null;
  writtenAt: Moment;
  saidAt: Moment | null;
  /** When its reader first did something with it: Slack does not tell who read what. */
  seenAt: Moment | null;
}

/** Channel or person in one word, as a key. */
export const recipientId = (to: Recipient): string => ('channel' in to ? to.channel : to.slackUser);

/** What became of one attempt. `over`: there is nothing to say (any more). */
export type Outcome = { kind: 'said' } | { kind: 'over' } | { kind: 'waits'; refusal: Refusal };

/**
 * Everything that people are told, each recipient by itself.
 *
 * @example
 * await deliveries.say({ key: 'incident/7/C01', to: { channel: 'C01' }, announcement });
 */
export interface Deliveries {
  /**
   * Writes down what is to be said and tries it once. What Slack does not take now is carried out later, so this never
   * fails because of Slack, and waits for it a few seconds at most.
   */
  say(statement: Statement): Promise<Told>;
  /** One more attempt at what is written down under this key. */
  carryOut(key: string): Promise<Outcome>;
  /** It was tried for so long that nobody wants to read it any more: that is kept and logged. */
  giveUp(key: string): Promise<void>;
  /** Whatever has been due for so long (milliseconds) is carried out, should nobody be at it: a process may have died. */
  takeUp(dueForMs: number): Promise<void>;
}

/** `said`: it stands in Slack. `later`: it is written down and will. `nothing`: there was nothing to say. */
export type Told = 'said' | 'later' | 'nothing';

/** The part of it with which activities say something. */
export type Speaker = Pick<Deliveries, 'say'>;
