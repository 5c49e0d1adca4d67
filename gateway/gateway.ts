import type { DeletionVerdict } from '../domain/sync/deletion-guard.ts';
import type { FormerFate } from '../domain/connection.ts';
import type { Snooze } from '../domain/incidents/snooze.ts';
import type { Moment } from '../domain/master-data.ts';
import type { SyncScope } from '../domain/sync/rounds.ts';
import type { SignInPurpose } from '../domain/logins/sign-in.ts';
import type * as contract from '../workflows/contract.ts';

/**
 * What people cause, handed to the connection's workflow. Every verb may be called twice with the same `actionId`
 * and happens once.
 *
 * All throw {@link ObjectionError} (why not) and {@link UnavailableError} (Temporal or the worker
 * does not answer; nothing has happened or it will happen once, so the caller may try again).
 */
export interface Gateway {
  setUp(request: SetUpRequest): Promise<void>;
  signInReturned(connectionId: string, signIn: { signInId: string; purpose: SignInPurpose }): Promise<void>;
  chooseCompanies(
    connectionId: string,
    choice: contract.Action & { companies: string[] | 'all' },
  ): Promise<void>;
  unlinkCompanies(connectionId: string, choice: contract.Action & { companies: string[] }): Promise<void>;
  changeSynchronisationUser(
    connectionId: string,
    change: contract.Action & { to: string; fate: FormerFate },
  ): Promise<void>;
  undoChange(connectionId: string, action: contract.Action): Promise<void>;
  planHandover(connectionId: string, plan: contract.Action & { to: string; at: Moment }): Promise<void>;
  cancelHandover(connectionId: string, action: contract.Action): Promise<void>;
  /** What people say to a change that is under way. */
  decideChange(connectionId: string, decision: ChangeDecision): Promise<void>;
  acknowledge(connectionId: string, action: contract.Action): Promise<void>;
  snooze(connectionId: string, asked: contract.Action & Snooze): Promise<void>;
  syncNow(connectionId: string, asked: contract.Action & { scope?: SyncScope }): Promise<void>;
  /** The package called us; by is its id. Nobody is refused: what cannot be brought in now comes with the next round. */
  packageCalled(connectionId: string, call: contract.Action & { scope: SyncScope }): Promise<void>;
  /** @throws ObjectionError when somebody answered before */
  decideDeletions(
    connectionId: string,
    decision: contract.Action & { question: number; verdict: DeletionVerdict },
  ): Promise<void>;
  /** Everybody reads how it goes. */
  verify(connectionId: string, action: contract.Action): Promise<void>;
  pause(connectionId: string, action: contract.Action): Promise<void>;
  resume(connectionId: string, action: contract.Action): Promise<void>;
  cancelInvitation(connectionId: string, action: contract.Action): Promise<void>;
  /** Something in the line of bookings of a company was handed over, corrected or withdrawn. */
  bookingsChanged(line: { connectionId: string; companyId: string }): Promise<void>;
  /** Who steps in when the synchronisation user cannot; null for nobody. */
  setStandIn(connectionId: string, choice: contract.Action & { person: string | null }): Promise<void>;
  /** Lets go of a person's own login. */
  unlinkPerson(connectionId: string, asked: contract.Action & { person: string }): Promise<void>;
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
  connectionId: string;
  name: string;
  system: string;
  systemName: string;
  synchronisationUserId: string;
}
