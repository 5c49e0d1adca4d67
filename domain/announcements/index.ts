import type { DeliveriesStopped, UnfitBookings } from './bookings.ts';
import type {
  Delay,
  DelayNews,
  Disconnection,
  Disconnections,
  IncidentNote,
  IncidentOver,
  MendReminder,
  MendRequest,
} from './incidents.ts';
import type { ConnectReminder, ConnectRequest, LoginExpiry, PersonalLinkNews, SetUpNews } from './logins.ts';
import type { Digest, Stuck, Welcome } from './office.ts';
import type { CompaniesNews, RightsChanged, VerificationNews } from './rights.ts';
import type {
  ChangedForYou,
  ChangeDecision,
  ChangeUndone,
  LostByChange,
  ChangeQuestionSettled,
  ChangeResult,
  HandoverNews,
  LeavingNews,
  OnlyMender,
  StandInNews,
  StandInReach,
} from './succession.ts';
import type { DeletionNotice, SyncProgress, WishDone } from './syncing.ts';

/** Everything Syncuser says of its own accord, as facts; the bot turns them into words. */
export type Announcement =
  | ConnectRequest
  | ConnectReminder
  | SyncProgress
  | WishDone
  | DeletionNotice
  | Disconnection
  | Disconnections
  | IncidentNote
  | MendRequest
  | MendReminder
  | IncidentOver
  | Delay
  | DelayNews
  | Digest
  | Stuck
  | ChangeResult
  | ChangeDecision
  | ChangedForYou
  | ChangeUndone
  | LostByChange
  | ChangeQuestionSettled
  | HandoverNews
  | LeavingNews
  | OnlyMender
  | SetUpNews
  | PersonalLinkNews
  | StandInNews
  | StandInReach
  | LoginExpiry
  | UnfitBookings
  | DeliveriesStopped
  | RightsChanged
  | VerificationNews
  | CompaniesNews
  | Welcome;

/**
 * Says an announcement once: the same key edits what was said before, also after a crash between saying and noting it.
 *
 * @example
 * await speaker.say({ key: 'incident/7/C01', to: { channel: 'C01' }, announcement });
 */
export interface Speaker {
  say(statement: Statement): Promise<void>;
}

export interface Statement {
  /** Identifies the message for ever; saying again with the same key edits it. */
  key: string;
  to: { channel: string } | { slackUser: string };
  /** Key of the message whose thread this belongs to. */
  inThreadOf?: string;
  /** Edits what stands there; where nothing was said so far, nothing is. */
  onlyIfSaid?: boolean;
  /** Show a line of a thread in the channel as well, where everybody reads it. */
  alsoInChannel?: boolean;
  announcement: Announcement;
}
