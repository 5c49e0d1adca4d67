import type { LinkCause } from './causes.ts';
import type { Handover } from './succession/handover.ts';
import type { Moment } from './master-data.ts';
import type { SyncRequest } from './sync/rounds.ts';
import type { ConnectionId, GrantId, PersonId } from './ids.ts';

/**
 * The state of one connection on its three axes (docs/architecture.md, "State"). The connection workflow is the
 * only writer; the store keeps a copy for screens. Plain JSON: it crosses continue-as-new.
 */
export interface ConnectionState {
  id: ConnectionId;
  name: string;
  /** Id of the accounting system in the registry, e.g. `exact-online`. */
  system: string;
  link: LinkState;
  health: Health;
  /** Office user who paused the synchronisation, or null. Survives a reconnect. */
  pausedBy: PersonId | null;
  /** Office user whose link the connection uses. */
  synchronisationUserId: PersonId;
  /** Office user who steps in when the synchronisation user cannot, or null. */
  standInId: PersonId | null;
  /** The login inside the package behind that link; null until the first login is verified. */
  login: Login | null;
  /** Office user who asked for the connection. */
  requestedBy: PersonId;
  /** Number of the open incident, or null. */
  incident: number | null;
  /** How many companies are linked. */
  companies: number;
  /** Number of the last round that was started. */
  round: number;
  /** Number of the last change of synchronisation user that was started. */
  changes: number;
  /** When the last round ended that went through all companies and read something. */
  lastSuccessAt: Moment | null;
  /** Since when a round is under way, or null. */
  syncingSince: Moment | null;
  nextSyncAt: Moment | null;
  /** What was asked to be brought in beside the planned rounds and is not done yet. */
  requests: SyncRequest[];
  /** A change of synchronisation user is under way to this office user. */
  changingTo: PersonId | null;
  /** A planned handover, or null. */
  handover: Handover | null;
  /** Who was the synchronisation user until the last change, while it can be undone; then null. */
  former: Former | null;
  /** The incident after which the next good round is the catch-up, or null. */
  catchingUpAfter: number | null;
  /** Counts up with every saved change; an older copy never overwrites a newer one. */
  revision: number;
}

/** What becomes of the login of a former synchronisation user once the change cannot be undone any more. */
export const formerFates = ['stand-in', 'let-go'] as const;
export type FormerFate = (typeof formerFates)[number];

/** Where a change of synchronisation user can be undone to. The grant of this login is kept alive meanwhile. */
export interface Former {
  /** Number of the change. */
  change: number;
  person: PersonId;
  login: Login;
  /** When the change was made; whatever the person links for themselves after that is no former login. */
  changedAt: Moment;
  until: Moment;
  fate: FormerFate;
  /** Who stood in right after the change: only if that is so still may the former user take that place. */
  standIn: PersonId | null;
  /** Who stood in before the change, and does so again when it is undone. */
  standInBefore: PersonId | null;
}

export type LinkState =
  | { state: 'connecting'; since: Moment }
  | { state: 'connected'; since: Moment }
  | { state: 'disconnected'; since: Moment; cause: LinkCause }
  | { state: 'abandoned'; since: Moment };

/**
 * `delayed`: the package is down or limits us. `doubtful`: an odd answer about the login is being looked at twice, next at
 * `until`. Nothing for a human to do in either, so never a Connect button.
 */
export type Health =
  | { state: 'ok' }
  | { state: 'delayed'; reason: DelayReason; since: Moment; until: Moment | null }
  | { state: 'doubtful'; since: Moment; until: Moment };

export type DelayReason = 'outage' | 'rate-limit';

/** Who is logged in, and where: read back after every login and never taken on trust. */
export interface Login {
  /** Under which id the grant of this login is kept: one per connection and accounting-system user. */
  grantId: GrantId;
  /** The package's id of the user. */
  accountingUserId: string;
  /** What people call the login, e.g. `CX_Basecone`. */
  accountingUserName: string;
  /** The package's environment (licence, database); another one is another world. */
  environmentId: string;
  environmentName: string;
}

/** May a round run now? Only when connected, not paused, and with companies to bring in. */
export function maySync(state: Pick<ConnectionState, 'link' | 'pausedBy' | 'companies'>): boolean {
  return state.link.state === 'connected' && state.pausedBy === null && state.companies > 0;
}
