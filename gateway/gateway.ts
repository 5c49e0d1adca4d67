import type { DeletionVerdict } from '../domain/sync/deletion-guard.ts';
import type { FormerFate } from '../domain/connection.ts';
import type { Snooze } from '../domain/incidents/snooze.ts';
import type { Moment } from '../domain/master-data.ts';
import type { SyncScope } from '../domain/sync/rounds.ts';
import type { SignInPurpose } from '../domain/logins/sign-in.ts';
import type * as contract from '../workflows/contract.ts';
import type { CompanyId, ConnectionId, PersonId, SignInId } from '../domain/ids.ts';

/**
 * What people cause, handed to the connection's workflow. Every verb may be called twice with the same `actionId`
 * and happens once.
 *
 * All throw {@link ObjectionError} (why not) and {@link UnavailableError} (Temporal or the worker
 * does not answer; nothing has happened or it will happen once, so the caller may try again).
 */
export interface Gateway {
  setUp(request: SetUpRequest): Promise<void>;
  signInReturned(
    connectionId: ConnectionId,
    signIn: { signInId: SignInId; purpose: SignInPurpose },
  ): Promise<void>;
  chooseCompanies(
    connectionId: ConnectionId,
    choice: contract.Action & { companies: string[] | 'all' },
  ): Promise<void>;
  unlinkCompanies(
    connectionId: ConnectionId,
    choice: contract.Action & { companies: string[] },
  ): Promise<void>;
  changeSynchronisationUser(
    connectionId: ConnectionId,
    change: contract.Action & { to: string; fate: FormerFate },
  ): Promise<void>;
  undoChange(connectionId: ConnectionId, action: contract.Action): Promise<void>;
  planHandover(connectionId: ConnectionId, plan: contract.Action & { to: string; at: Moment }): Promise<void>;
  cancelHandover(connectionId: ConnectionId, action: contract.Action): Promise<void>;
  /** What people say to a change that is under way. */
  decideChange(connectionId: ConnectionId, decision: ChangeDecision): Promise<void>;
  acknowledge(connectionId: ConnectionId, action: contract.Action): Promise<void>;
  snooze(connectionId: ConnectionId, asked: contract.Action & Snooze): Promise<void>;
  syncNow(connectionId: ConnectionId, asked: contract.Action & { scope?: SyncScope }): Promise<void>;
  /** The package called us; by is its id. Nobody is refused: what cannot be brought in now comes with the next round. */
  packageCalled(connectionId: ConnectionId, call: contract.Action & { scope: SyncScope }): Promise<void>;
  /** @throws ObjectionError when somebody answered before */
  decideDeletions(
    connectionId: ConnectionId,
    decision: contract.Action & { question: number; verdict: DeletionVerdict },
  ): Promise<void>;
  /** Everybody reads how it goes. */
  verify(connectionId: ConnectionId, action: contract.Action): Promise<void>;
  pause(connectionId: ConnectionId, action: contract.Action): Promise<void>;
  resume(connectionId: ConnectionId, action: contract.Action): Promise<void>;
  cancelInvitation(connectionId: ConnectionId, action: contract.Action): Promise<void>;
  /** Something in the line of bookings of a company was handed over, corrected or withdrawn. */
  bookingsChanged(line: { connectionId: ConnectionId; companyId: CompanyId }): Promise<void>;
  /** Who steps in when the synchronisation user cannot; null for nobody. */
  setStandIn(
    connectionId: ConnectionId,
    choice: contract.Action & { person: PersonId | null },
  ): Promise<void>;
  /** Lets go of a person's own login. */
  unlinkPerson(connectionId: ConnectionId, asked: contract.Action & { person: PersonId }): Promise<void>;
  /** Whether Temporal answers within a second; never throws. */
  reachable(): Promise<boolean>;
}

export interface ChangeDecision extends contract.Action {
  /** Number of the change. */
  change: number;
  /** `confirm`: a superuser wants it in spite of what it may lose; `agree`: another one does too. */
  says: 'confirm' | 'agree' | 'decline';
  /** Why, when something is lost. */
  reason: string | null;
}

export interface SetUpRequest extends contract.Action {
  /** Made from the id of the human action (e.g. the Slack view), so that a double submit is one connection. */
  connectionId: ConnectionId;
  name: string;
  system: string;
  systemName: string;
  synchronisationUserId: PersonId;
}
