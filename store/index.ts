import type { CallBudget } from '../accounting/budget.ts';
import { createBookingNoticeStore, type BookingNoticeStore } from './bookings/booking-notices.ts';
import { createCallBudget } from './calls/call-budget.ts';
import { createCompanyStore, type CompanyStore } from './connections/companies.ts';
import { createConnectionStore, type ConnectionStore } from './connections/connections.ts';
import { createChangeStore, type ChangeStore } from './succession/changes.ts';
import { createDataAgeStore, type DataAgeStore } from './sync/data-ages.ts';
import { deletionGuard, type DeletionGuard } from '../domain/sync/deletion-guard.ts';
import { createCompanyNewsStore, type CompanyNewsStore } from './connections/company-news.ts';
import type { Database } from './database/database.ts';
import { createDeliveryStopStore, type DeliveryStopStore } from './bookings/delivery-stops.ts';
import {
  createDeletionQuestionStore,
  type DeletionQuestionStore,
} from './sync/deletions/deletion-questions.ts';
import { createDoubtStore, type DoubtStore } from './logins/doubts.ts';
import { createGrantStore, type GrantStore, type GrantStoreOptions } from './logins/grants.ts';
import { createHeartbeatStore, type HeartbeatStore } from './heartbeats.ts';
import { createHeardCallStore, type HeardCallStore } from './calls/heard-calls.ts';
import { createHistoryStore, type HistoryStore } from './offices/history.ts';
import { createIncidentPeopleStore, type IncidentPeopleStore } from './incidents/incident-people.ts';
import { createIncidentStore, type IncidentStore } from './incidents/incidents.ts';
import { createInstallationStore, type InstallationStore } from './installation.ts';
import { createLoginRefusalStore, type LoginRefusalStore } from './logins/login-refusals.ts';
import { createMasterDataStore, type MasterDataStore } from './sync/master-data.ts';
import { createDeliveryStore, type DeliveryStore } from './deliveries.ts';
import { createUnreachableStore, type UnreachableStore } from './unreachable.ts';
import { createRightStore, type RightStore } from './verification/rights.ts';
import { createNoticeStore, type NoticeStore } from './incidents/notices.ts';
import { createNamedRows, type NamedRowStore } from './bookings/named-rows.ts';
import { createOfficeClock, type OfficeClockStore } from './offices/office-clock.ts';
import { createOfficePeopleStore, type OfficePeopleStore } from './offices/office-people.ts';
import { createPurchaseBookingStore, type PurchaseBookingStore } from './bookings/purchase-bookings.ts';
import { sharedClock } from './database/shared-clock.ts';
import { createSignInStore, type SignInStore } from './logins/sign-ins.ts';
import { createSyncPositionStore, type SyncPositionStore } from './sync/sync-positions.ts';
import { createUnknownReplyStore, type UnknownReplyStore } from './calls/unknown-replies.ts';
import { createUserLinkStore, type UserLinkStore } from './logins/user-links.ts';
import { createVerificationStore, type VerificationStore } from './verification/verifications.ts';
import { createWholeListStore, type WholeListStore } from './whole-lists.ts';

/** Everything Syncuser remembers. */
export interface Store {
  connections: ConnectionStore;
  changes: ChangeStore;
  officePeople: OfficePeopleStore;
  userLinks: UserLinkStore;
  grants: GrantStore;
  doubts: DoubtStore;
  companies: CompanyStore;
  companyNews: CompanyNewsStore;
  syncPositions: SyncPositionStore;
  dataAges: DataAgeStore;
  masterData: MasterDataStore;
  deletionQuestions: DeletionQuestionStore;
  signIns: SignInStore;
  incidents: IncidentStore;
  incidentPeople: IncidentPeopleStore;
  loginRefusals: LoginRefusalStore;
  notices: NoticeStore;
  deliveries: DeliveryStore;
  unreachable: UnreachableStore;
  wholeLists: WholeListStore;
  history: HistoryStore;
  heardCalls: HeardCallStore;
  callBudget: CallBudget;
  unknownReplies: UnknownReplyStore;
  rights: RightStore;
  verifications: VerificationStore;
  purchaseBookings: PurchaseBookingStore;
  bookingNotices: BookingNoticeStore;
  deliveryStops: DeliveryStopStore;
  namedRows: NamedRowStore;
  heartbeats: HeartbeatStore;
  installation: InstallationStore;
  officeClock: OfficeClockStore;
  /** What time it is for all processes that share the database (shared-clock.ts). */
  sharedClock: { now(): Promise<Date> };
}

/** `now` is only given by tests. */
export type StoreOptions = Omit<GrantStoreOptions, 'now' | 'clock'> & {
  now?: () => Date;
  /** How many rows may vanish at once before a human is asked. @default deletionGuard */
  guard?: DeletionGuard;
};

/**
 * @example
 * const database = await openDatabase({ file: '.local/syncuser.sqlite' });
 * const store = createStore(database, { sealer: createSealer(keyRing) });
 */
export function createStore(
  database: Database,
  { now: played, guard = deletionGuard, ...options }: StoreOptions,
): Store {
  const now = played ?? (() => new Date());
  const clock = sharedClock(database, played);
  return {
    connections: createConnectionStore(database),
    changes: createChangeStore(database),
    officePeople: createOfficePeopleStore(database),
    userLinks: createUserLinkStore(database),
    grants: createGrantStore(database, { ...options, now, clock }),
    doubts: createDoubtStore(database, { now }),
    companies: createCompanyStore(database, { now }),
    companyNews: createCompanyNewsStore(database),
    syncPositions: createSyncPositionStore(database, { now }),
    dataAges: createDataAgeStore(database),
    masterData: createMasterDataStore(database, { now, guard }),
    deletionQuestions: createDeletionQuestionStore(database, { now, guard }),
    signIns: createSignInStore(database, { sealer: options.sealer, now }),
    incidents: createIncidentStore(database),
    incidentPeople: createIncidentPeopleStore(database),
    loginRefusals: createLoginRefusalStore(database, { now }),
    notices: createNoticeStore(database),
    deliveries: createDeliveryStore(database, { now, clock }),
    unreachable: createUnreachableStore(database),
    wholeLists: createWholeListStore(database, { now }),
    history: createHistoryStore(database),
    heardCalls: createHeardCallStore(database, { now }),
    callBudget: createCallBudget(database, { now, clock }),
    unknownReplies: createUnknownReplyStore(database, { now }),
    rights: createRightStore(database, { now }),
    verifications: createVerificationStore(database, { now }),
    purchaseBookings: createPurchaseBookingStore(database, { now, clock }),
    bookingNotices: createBookingNoticeStore(database, { now }),
    deliveryStops: createDeliveryStopStore(database, { now }),
    namedRows: createNamedRows(database),
    heartbeats: createHeartbeatStore(database),
    installation: createInstallationStore(database),
    officeClock: createOfficeClock(database, { now }),
    sharedClock: { now: () => clock(database.db) },
  };
}
