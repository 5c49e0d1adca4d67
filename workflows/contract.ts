import type { Objection } from '../domain/objections.ts';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ConnectionState, FormerFate } from '../domain/connection.ts';
import type { Snooze } from '../domain/incidents/snooze.ts';
import type { DeletionVerdict } from '../domain/sync/deletion-guard.ts';
import type { Moment } from '../domain/master-data.ts';
import type { SyncScope, SyncRequest } from '../domain/sync/rounds.ts';
import type { AwaitedPurpose } from '../domain/logins/sign-in.ts';
import type { Action, BrokenLogin, Sent } from './inputs.ts';
import type { CompanyId, ConnectionId, PersonId, SignInId } from '../domain/ids.ts';

export type {
  Action,
  BookingsInput,
  Break,
  BrokenLogin,
  ChangeEnd,
  ChangeInput,
  ChangeResult,
  ConnectionInput,
  DeliverInput,
  InvitationInput,
  LinkPersonInput,
  ReconnectInput,
  ReconnectResult,
  Sent,
  RefusedAction,
  SetUpResult,
  SyncInput,
  SyncResult,
  UnlinkPersonInput,
  VerifyInput,
  VerifyResult,
} from './inputs.ts';
export type { BookingWaits, Waits } from './waits.ts';

/**
 * What the bot, the web pages and the workflows say to each other: ids, queue, messages and their inputs.
 * Payloads carry ids and counts, never rows or secrets.
 */
export const taskQueue = 'syncuser';

/** The one place where workflow ids are made; an operator reads them in Temporal UI. */
export const workflowIds = {
  connection: (connectionId: ConnectionId) => `connection/${connectionId}`,
  setUp: (connectionId: ConnectionId) => `set-up/${connectionId}`,
  sync: (connectionId: ConnectionId, round: number) => `sync/${connectionId}/${round}`,
  reconnect: (connectionId: ConnectionId, incident: number) => `reconnect/${connectionId}/${incident}`,
  change: (connectionId: ConnectionId, change: number) => `change/${connectionId}/${change}`,
  personal: (connectionId: ConnectionId, action: string) => `personal/${connectionId}/${action}`,
  bookings: (connectionId: ConnectionId, companyId: CompanyId) => `bookings/${connectionId}/${companyId}`,
  deliver: (key: string) => `deliver/${key}`,
  verify: (connectionId: ConnectionId, verification: string) => `verify/${connectionId}/${verification}`,
} as const;

/** Updates a person causes. All validate and note; the work is in the main loop, and some wait for what came of it. */
/** Answers once the connection exists; sent together with its start. */
export const begun = defineUpdate<void, []>('begun');
export const signInReturned = defineUpdate<void, [{ signInId: SignInId; purpose: AwaitedPurpose }]>(
  'signInReturned',
);
export const chooseCompanies = defineUpdate<void, [Action & { companies: string[] | 'all' }]>(
  'chooseCompanies',
);
/** Nothing of these companies is brought in any more; what is stored stays. */
export const unlinkCompanies = defineUpdate<void, [Action & { companies: string[] }]>('unlinkCompanies');
export const changeSynchronisationUser = defineUpdate<void, [Action & { to: PersonId; fate: FormerFate }]>(
  'changeSynchronisationUser',
);
/** At this moment somebody else takes over automatically, if nothing is lost. */
export const planHandover = defineUpdate<void, [Action & { to: PersonId; at: Moment }]>('planHandover');
export const cancelHandover = defineUpdate<void, [Action]>('cancelHandover');
export const undoChange = defineUpdate<void, [Action]>('undoChange');
export const acknowledge = defineUpdate<void, [Action]>('acknowledge');
/** No reminders until then: for whoever asks, or for everybody. */
export const snooze = defineUpdate<void, [Action & Snooze]>('snooze');
/** Without a scope everything is brought in. */
export const syncNow = defineUpdate<void, [Action & { scope?: SyncScope }]>('syncNow');
/** What a superuser says of rows that seem to be gone. */
export const decideDeletions = defineUpdate<void, [Action & { question: number; verdict: DeletionVerdict }]>(
  'decideDeletions',
);
/** What the login in use may read, in every company; everybody reads how it goes. */
export const verify = defineUpdate<void, [Action]>('verify');
export const pause = defineUpdate<void, [Action]>('pause');
export const resume = defineUpdate<void, [Action]>('resume');
/** To a change that is under way. A superuser wants it in spite of what it may lose; `reason` when something is lost. */
export const confirmChange = defineUpdate<void, [Action & { reason: string | null }]>('confirmChange');
/** Another superuser agrees to the loss. */
export const agreeToChange = defineUpdate<void, [Action]>('agreeToChange');
export const declineChange = defineUpdate<void, [Action]>('declineChange');
/** Null: nobody stands in any more. */
export const setStandIn = defineUpdate<void, [Action & { person: PersonId | null }]>('setStandIn');
export const cancelInvitation = defineUpdate<void, [Action]>('cancelInvitation');

/** For an operator in Temporal UI, and for tests: Syncuser itself reads it from the history (gateway/truths.ts). */
export const connectionState = defineQuery<ConnectionState>('connectionState');

/** Signals from the connection to whichever child is waiting for a human. */
export const signedIn = defineSignal<[{ signInId: SignInId } & Sent]>('signedIn');
export const companiesChosen =
  defineSignal<[Action & { companies: string[] | 'all' } & Sent]>('companiesChosen');
export const acknowledged = defineSignal<[Action & Sent]>('acknowledged');
export const snoozed = defineSignal<[Action & Snooze & Sent]>('snoozed');
export const cancelled = defineSignal<[Action]>('cancelled');
/** A child takes what was passed on to it, or objects. */
export interface Answer {
  actionId: string;
  objection: Objection | null;
}
/** From such a child to its connection. */
export const answered = defineSignal<[Answer]>('answered');
/** To the round that is under way: bring this in as well, now. */
export const requested = defineSignal<[SyncRequest]>('requested');
/** From a child to its connection, which may have begun a fresh history meanwhile; null when it brings nothing. */
export const childEnded = defineSignal<[{ workflowId: string; result: unknown }]>('childEnded');
/** To a child, from a fresh history of its connection, which no longer sees how it ends. */
export const adopted = defineSignal('adopted');
/** A person's own login is known and works; who stands in with it is verified. */
export const personLinked = defineSignal<[{ person: PersonId }]>('personLinked');
export const mendedElsewhere = defineSignal<[{ by: PersonId }]>('mendedElsewhere');

/** Error types an update may be refused with; the message of a refusal is an `Objection`. */
export const refusal = 'Refused';
/** A fresh history is about to begin: the same again, in a moment. */
export const tryAgain = 'TryAgain';

/** To the connection: its package called us, because something changed. Many may, so they do not count as updates. */
export const packageCalled = defineSignal<[Action & { scope: SyncScope } & Sent]>('packageCalled');

/** To the connection: whoever used its login was refused. */
export const loginBroke = defineSignal<[BrokenLogin & Sent]>('loginBroke');

/** To what says something until Slack takes it: there is something newer to say. Sent together with its start. */
export const again = defineSignal('again');

/** Something was handed over, corrected or withdrawn; sent together with the start of the line. */
export const bookingsChanged = defineSignal('bookingsChanged');
