import type { LinkCause } from '../causes.ts';
import type { Day, MasterDataKind, Moment } from '../master-data.ts';

/**
 * Every kind of thing that is kept in the history of a connection, and what is known of it: ids, counts and words from
 * unions, people by their ids in the office file. No field is ever left out: what is not there is null.
 */
export interface HistoryKinds {
  'set-up-asked': { person: string };
  'set-up-cancelled': { person: string };
  'set-up-lapsed': { person: string };
  /** `of`: whose login it is, where somebody else logged in; it is that of an automation. */
  'logged-in': ByHand & { login: string; reachable: number; total: number; of: string | null };
  'link-ended': { person: string; login: string };
  'companies-linked': { added: number; linked: number };
  'companies-unlinked': { removed: number; companies: string[] };
  disconnected: { cause: LinkCause; incident: number };
  reconnected: ByHand & { incident: number };
  changed: ByHand & { incident: number };
  'works-again': ByHand & { incident: number };
  paused: Record<string, never>;
  resumed: Record<string, never>;
  'deletions-confirmed': { question: number; kind: MasterDataKind; rows: number };
  'rows-kept': { question: number; kind: MasterDataKind; rows: number };
  'stand-in-chosen': { person: string; before: string | null };
  'stand-in-removed': { person: null; before: string | null };
  'handover-planned': PlannedHandover;
  'handover-cancelled': PlannedHandover;
  'handover-overtaken': PlannedHandover;
  'handover-begun': { from: string; to: string };
  'change-asked': { from: string; to: string };
  'change-cancelled': UnmadeChange;
  'change-lapsed': UnmadeChange;
  'change-lost': UnmadeChange;
  'change-needs-second': UnmadeChange;
  'change-not-linked': UnmadeChange;
  'change-not-by-itself': UnmadeChange;
  'synchronisation-user-changed': {
    from: string;
    to: string;
    login: string;
    formerLogin: string | null;
    askedBy: string;
    reachBefore: number;
    reachAfter: number;
    lost: number;
    gained: number;
    confirmedBy: string | null;
    reason: string | null;
    agreedBy: string | null;
    /** The login had been linked before anybody asked for the change. */
    hadLinkedIt: boolean;
  };
  'change-undone': { from: string; to: string; login: string };
  'former-stands-in': FormerLogin;
  'former-login-kept': FormerLogin;
  'former-login-let-go': FormerLogin;
}

/** What one login brought about. `outsider`: the name of whom a link was passed on to. */
interface ByHand {
  outsider: string | null;
}

interface PlannedHandover {
  from: string;
  to: string;
  on: Day;
}

interface UnmadeChange {
  to: string | null;
}

/** `standIn`: who stands in instead of the former synchronisation user. */
interface FormerLogin {
  person: string;
  login: string;
  standIn: string | null;
}

/** One thing that happened to a connection, as it is written down. */
export type Happening = OneOf<HistoryKinds>;

/** The same with who did it, null when nobody did. `id`: given by whoever tells it, so that telling it twice leaves one entry. */
export type Happened = Happening & { id: string; at: Moment; by: string | null };

/**
 * What is read back of the history also holds what this version cannot read: an entry of another version, or one that is
 * broken. Its kind is known as the word that was written; nobody writes one.
 */
export interface KeptKinds extends HistoryKinds {
  unknown: { kind: string };
}
export type KeptHappening<What extends keyof KeptKinds = keyof KeptKinds> = OneOf<KeptKinds, What>;

type OneOf<Kinds, What extends keyof Kinds = keyof Kinds> = {
  [Kind in What]: { what: Kind; data: Kinds[Kind] };
}[What];

/** Who stands in from now on, or that nobody does. */
export function standInSet(person: string | null, before: string | null): Happening {
  return person === null
    ? { what: 'stand-in-removed', data: { person, before } }
    : { what: 'stand-in-chosen', data: { person, before } };
}

/** What is told of an entry of the history. */
export type ToldEntry = KeptHappening & {
  /** Who did it, by id; null when nobody did. */
  officeUserId: string | null;
};
