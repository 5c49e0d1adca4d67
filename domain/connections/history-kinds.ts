import type { LinkCause } from '../causes.ts';
import type { Day, MasterDataKind, Moment } from '../master-data.ts';
import type { PersonId } from '../ids.ts';

/**
 * Every kind of thing that is kept in the history of a connection, and what is known of it: ids, counts and words from
 * unions, people by their ids in the office file. No field is ever left out: what is not there is null.
 */
export interface HistoryKinds {
  'set-up-asked': { person: PersonId };
  'set-up-cancelled': { person: PersonId };
  'set-up-lapsed': { person: PersonId };
  /** `of`: whose login it is, where somebody else logged in; it is that of an automation. */
  'logged-in': ByHand & { login: string; reachable: number; total: number; of: string | null };
  'link-ended': { person: PersonId; login: string };
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
  'stand-in-chosen': { person: PersonId; before: PersonId | null };
  'stand-in-removed': { person: null; before: PersonId | null };
  'handover-planned': PlannedHandover;
  'handover-cancelled': PlannedHandover;
  'handover-overtaken': PlannedHandover;
  'handover-begun': { from: PersonId; to: PersonId };
  'change-asked': { from: PersonId; to: PersonId };
  'change-cancelled': UnmadeChange;
  'change-lapsed': UnmadeChange;
  'change-lost': UnmadeChange;
  'change-needs-second': UnmadeChange;
  'change-not-linked': UnmadeChange;
  'change-not-by-itself': UnmadeChange;
  'synchronisation-user-changed': {
    from: PersonId;
    to: PersonId;
    login: string;
    formerLogin: string | null;
    askedBy: PersonId;
    reachBefore: number;
    reachAfter: number;
    lost: number;
    gained: number;
    confirmedBy: PersonId | null;
    reason: string | null;
    agreedBy: PersonId | null;
    /** The login had been linked before anybody asked for the change. */
    hadLinkedIt: boolean;
  };
  'change-undone': { from: PersonId; to: PersonId; login: string };
  'former-stands-in': FormerLogin;
  'former-login-kept': FormerLogin;
  'former-login-let-go': FormerLogin;
}

/** What one login brought about. `outsider`: the name of whom a link was passed on to. */
interface ByHand {
  outsider: string | null;
}

interface PlannedHandover {
  from: PersonId;
  to: PersonId;
  on: Day;
}

interface UnmadeChange {
  to: PersonId | null;
}

/** `standIn`: who stands in instead of the former synchronisation user. */
interface FormerLogin {
  person: PersonId;
  login: string;
  standIn: PersonId | null;
}

/** One thing that happened to a connection, as it is written down. */
export type Happening = OneOf<HistoryKinds>;

/** The same with who did it, null when nobody did. `id`: given by whoever tells it, so that telling it twice leaves one entry. */
export type Happened = Happening & { id: string; at: Moment; by: PersonId | null };

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
export function standInSet(person: PersonId | null, before: PersonId | null): Happening {
  return person === null
    ? { what: 'stand-in-removed', data: { person, before } }
    : { what: 'stand-in-chosen', data: { person, before } };
}

/** What is told of an entry of the history. */
export type ToldEntry = KeptHappening & {
  /** Who did it, by id; null when nobody did. */
  officeUserId: PersonId | null;
};
