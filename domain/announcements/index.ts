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
import type { CannotReach, Digest, Stuck, Welcome } from './office.ts';
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
  OnlyResponder,
  StandInNews,
  StandInReach,
} from './succession.ts';
import type { DeletionNotice, SyncProgress, RequestDone } from './syncing.ts';

/** Everything Syncuser says of its own accord, as facts; the bot turns them into words. */
export type Announcement =
  | ConnectRequest
  | ConnectReminder
  | SyncProgress
  | RequestDone
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
  | OnlyResponder
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
  | CannotReach
  | Welcome;
