import type { BookingNoticeRow, DeliveryStopRow, PurchaseBookingRow } from './schema-bookings.ts';
import type { HeartbeatRow } from './schema-installation.ts';
import type {
  CallAllowanceRow,
  CallMishapsRow,
  CompanyNewsRow,
  CompanyRow,
  ConnectionRow,
  HeardCallRow,
  HistoryRow,
  UnknownReplyRow,
} from './schema-connections.ts';
import type {
  DeliveryRow,
  IncidentEventRow,
  IncidentPersonRow,
  IncidentRow,
  LoginRefusalRow,
  NoticeRow,
  UnreachableRow,
  WholeListRow,
} from './schema-incidents.ts';
import type {
  OfficeClockRow,
  ChangeFeedRow,
  DeletionQuestionRow,
  HeldDeletionRow,
  MasterDataTableRow,
  PassPageRow,
  SyncPositionRow,
} from './schema-master-data.ts';
import type {
  GrantRow,
  LoginDoubtRow,
  OfficePersonRow,
  RightChangeRow,
  RightRow,
  SignInRow,
  UserLinkRow,
  VerificationRow,
} from './schema-people.ts';
import type { ChangeRow } from './schema-succession.ts';
import type { ConnectionId } from '../../domain/ids.ts';

export type * from './schema-bookings.ts';
export type * from './schema-connections.ts';
export type * from './schema-incidents.ts';
export type * from './schema-master-data.ts';
export type * from './schema-people.ts';
export type * from './schema-succession.ts';

/**
 * The tables as they are (migrations/). Times are ISO text in UTC, booleans 0 or 1, JSON is text; the mapper in each
 * entity's file turns them into domain words. `connections` is a copy of what the connection workflow knows and may
 * lag behind it, so nothing has a foreign key to it.
 */
export interface Schema {
  installation: { id: string };
  heartbeats: HeartbeatRow;
  feed_epochs: { connection_id: ConnectionId; epoch: string };
  office_people: OfficePersonRow;
  connections: ConnectionRow;
  changes: ChangeRow;
  user_links: UserLinkRow;
  grants: GrantRow;
  login_doubts: LoginDoubtRow;
  companies: CompanyRow;
  sync_positions: SyncPositionRow;
  pass_pages: PassPageRow;
  deletion_questions: DeletionQuestionRow;
  held_deletions: HeldDeletionRow;
  change_feeds: ChangeFeedRow;
  master_data: MasterDataTableRow;
  sign_ins: SignInRow;
  incidents: IncidentRow;
  incident_events: IncidentEventRow;
  incident_people: IncidentPersonRow;
  login_refusals: LoginRefusalRow;
  notices: NoticeRow;
  deliveries: DeliveryRow;
  unreachable: UnreachableRow;
  whole_lists: WholeListRow;
  history: HistoryRow;
  call_allowances: CallAllowanceRow;
  call_mishaps: CallMishapsRow;
  heard_calls: HeardCallRow;
  unknown_replies: UnknownReplyRow;
  rights: RightRow;
  right_changes: RightChangeRow;
  verifications: VerificationRow;
  purchase_bookings: PurchaseBookingRow;
  booking_notices: BookingNoticeRow;
  delivery_stops: DeliveryStopRow;
  company_news: CompanyNewsRow;
  office_clock: OfficeClockRow;
}
