import type { CallBudget } from '../accounting/budget.ts';
import { createBookingNoticeStore, type BookingNoticeStore } from './booking-notices.ts';
import { createCallBudget } from './call-budget.ts';
import { createCompanyStore, type CompanyStore } from './companies.ts';
import { createConnectionStore, type ConnectionStore } from './connections.ts';
import { createDataAgeStore, type DataAgeStore } from './data-ages.ts';
import { deletionGuard, type DeletionGuard } from '../domain/deletion-guard.ts';
import { createCompanyNewsStore, type CompanyNewsStore } from './company-news.ts';
import type { Database } from './database.ts';
import { createDeliveryStopStore, type DeliveryStopStore } from './delivery-stops.ts';
import { createDeletionQuestionStore, type DeletionQuestionStore } from './deletion-questions.ts';
import { createGrantStore, type GrantStore, type GrantStoreOptions } from './grants.ts';
import { createHistoryStore, type HistoryStore } from './history.ts';
import { createIncidentPeopleStore, type IncidentPeopleStore } from './incident-people.ts';
import { createIncidentStore, type IncidentStore } from './incidents.ts';
import { createLoginRefusalStore, type LoginRefusalStore } from './login-refusals.ts';
import { createMasterDataStore, type MasterDataStore } from './master-data.ts';
import { createMessageStore, type MessageStore } from './messages.ts';
import { createRightStore, type RightStore } from './rights.ts';
import { createNoticeStore, type NoticeStore } from './notices.ts';
import { createNamedRows, type NamedRowStore } from './named-rows.ts';
import { createOfficePeopleStore, type OfficePeopleStore } from './office-people.ts';
import { createPurchaseBookingStore, type PurchaseBookingStore } from './purchase-bookings.ts';
import { createSignInStore, type SignInStore } from './sign-ins.ts';
import { createSyncPositionStore, type SyncPositionStore } from './sync-positions.ts';
import { createUnknownReplyStore, type UnknownReplyStore } from './unknown-replies.ts';
import { createUserLinkStore, type UserLinkStore } from './user-links.ts';
import { createVerificationStore, type VerificationStore } from './verifications.ts';

/** Everything Syncuser remembers. */
export interface Store {
  connections: ConnectionStore;
  officePeople: OfficePeopleStore;
  userLinks: UserLinkStore;
  grants: GrantStore;
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
  messages: MessageStore;
  history: HistoryStore;
  callBudget: CallBudget;
  unknownReplies: UnknownReplyStore;
  rights: RightStore;
  verifications: VerificationStore;
  purchaseBookings: PurchaseBookingStore;
  bookingNotices: BookingNoticeStore;
  deliveryStops: DeliveryStopStore;
  namedRows: NamedRowStore;
}

/** `now` is only given by tests. */
export type StoreOptions = Omit<GrantStoreOptions, 'now'> & {
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
  { now = () => new Date(), guard = deletionGuard, ...options }: StoreOptions,
): Store {
  return {
    connections: createConnectionStore(database),
    officePeople: createOfficePeopleStore(database),
    userLinks: createUserLinkStore(database),
    grants: createGrantStore(database, { ...options, now }),
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
    messages: createMessageStore(database, { now }),
    history: createHistoryStore(database),
    callBudget: createCallBudget(database, { now }),
    unknownReplies: createUnknownReplyStore(database, { now }),
    rights: createRightStore(database, { now }),
    verifications: createVerificationStore(database, { now }),
    purchaseBookings: createPurchaseBookingStore(database, { now }),
    bookingNotices: createBookingNoticeStore(database, { now }),
    deliveryStops: createDeliveryStopStore(database, { now }),
    namedRows: createNamedRows(database),
  };
}
