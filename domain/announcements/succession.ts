import type { FormerFate } from '../connection.ts';
import type { Part } from '../succession/leaving.ts';
import type { Moment } from '../master-data.ts';
import type { BarredCompanies } from './rights.ts';
import type { ConnectionId } from '../ids.ts';

/** What came of a change of synchronisation user, told to who asked for it. */
export interface ChangeResult {
  what: 'change-result';
  connectionId: ConnectionId;
  connectionName: string;
  systemName: string;
  from: string;
  to: string;
  login: string | null;
  result:
    | { kind: 'decided' }
    | {
        kind: 'changed';
        /** Linked companies, and how many of them the new login gets into. */
        companies: number;
        reached: number;
        /** Who decided that it happens although something is lost; null when nothing is. */
        despiteLoss: { confirmedBy: string; agreedBy: string; reason: string } | null;
        /** Of something that could be read before nobody could tell. */
        uncertain: boolean;
        undoUntil: Moment | null;
      }
    | { kind: 'undone'; by: string }
    | {
        kind: 'settled';
        /** `kept`: they keep the login for themselves, because somebody else stands in or they logged in with it anew. */
        fate: FormerFate | 'kept';
        formerLogin: string;
        /** Who stands in instead of them, where their login is only kept. */
        standIn: string | null;
        /** The former login works; otherwise its person has to log in again before it is of use. */
        works: boolean;
        whereToRevoke: string | null;
      }
    /** A planned handover that would lose something, or a loss that nobody else is there to agree to. */
    | { kind: 'not-by-itself' | 'needs-second'; lost: BarredCompanies[]; superusers: string[] }
    | { kind: 'not-linked' }
    /** `lost`: it ended without a result, which nobody meant. */
    | { kind: 'lapsed' | 'lost' }
    | { kind: 'cancelled'; by: string };
}

/** What a change means for the successor or for whom they replaced, in person; edited when it is undone or settled. */
export interface ChangedForYou {
  what: 'changed-for-you';
  connectionName: string;
  systemName: string;
  reader: 'successor' | 'former';
  /** The other of the two. */
  other: string;
  /** The login of the successor, and the one before it. */
  login: string;
  formerLogin: string | null;
  news:
    | { kind: 'changed'; undoUntil: Moment | null; fate: FormerFate | null }
    | Extract<ChangeResult['result'], { kind: 'undone' | 'settled' }>;
}

/** A line below what somebody had been told in person of a change: it is undone. */
export interface ChangeUndone {
  what: 'change-undone';
  connectionName: string;
  systemName: string;
  by: string;
  /** Who is the synchronisation user again; null when that is the reader. */
  synchronisationUser: string | null;
}

/** A team reads which of its companies an agreed change loses; edited when it is undone. */
export interface LostByChange {
  what: 'lost-by-change';
  connectionName: string;
  systemName: string;
  synchronisationUser: string;
  login: string;
  lost: BarredCompanies[];
  news:
    | { kind: 'decided'; confirmedBy: string; agreedBy: string; reason: string }
    | { kind: 'undone'; by: string };
}

/** What a change of synchronisation user gains and loses, before it is decided. */
export interface ChangeDecision {
  what: 'change-decision';
  connectionId: ConnectionId;
  connectionName: string;
  systemName: string;
  change: number;
  from: string;
  to: string;
  login: string;
  lost: BarredCompanies[];
  gained: BarredCompanies[];
  /** Can be read now, and nobody could tell of the new login. */
  uncertain: BarredCompanies[];
  stage:
    | { kind: 'undecided' }
    | { kind: 'waits-for-second' }
    /** To a second superuser. */
    | { kind: 'asks-second'; by: string; reason: string };
}

/** A second superuser need not agree any more. */
export interface ChangeQuestionSettled {
  what: 'change-question-settled';
  connectionName: string;
  systemName: string;
}

/** A planned handover: told to who leaves, to their successor and to the superusers. */
export interface HandoverNews {
  what: 'handover-news';
  connectionId: ConnectionId;
  connectionName: string;
  systemName: string;
  from: string;
  to: string;
  at: Moment;
  /** Whether the successor has a login of their own that works. */
  successor: 'connected' | 'not-connected';
  /** The successor by id when they are the reader: they may connect. */
  connectAs: string | null;
  news:
    | { kind: 'planned' }
    | { kind: 'reminder'; days: number }
    | { kind: 'cancelled'; by: string }
    /** `by` became the synchronisation user before that day. */
    | { kind: 'overtaken'; by: string };
}

/** A person hears that they stand in for the synchronisation user. */
export interface StandInNews {
  what: 'stand-in-news';
  connectionId: ConnectionId;
  connectionName: string;
  systemName: string;
  personId: string;
  askedBy: string;
  synchronisationUser: string;
  /** Their own login, or null while they have none that works. */
  login: string | null;
}

/** Somebody a connection leans on was taken out of the office; edited when it is over. */
export interface LeavingNews {
  what: 'leaving';
  connectionId: ConnectionId;
  connectionName: string;
  systemName: string;
  person: string;
  part: Part;
  /** The login in use meanwhile, and whether it works. */
  login: string;
  works: boolean;
  synchronisationUser: string;
  handover: { to: string; at: Moment } | null;
  superusers: string[];
  /** Somebody else took the place, or the person is in the office again. */
  over: 'replaced' | 'stays' | null;
}

/** One person only could mend a connection; edited when that is over. */
export interface OnlyResponder {
  what: 'only-responder';
  connectionId: ConnectionId;
  connectionName: string;
  systemName: string;
  person: string;
  isOver: boolean;
}

/** Whoever stands in reaches less than the login in use, told to the superusers; edited when that is over. */
export interface StandInReach {
  what: 'stand-in-reach';
  connectionId: ConnectionId;
  connectionName: string;
  /** Id of the accounting system, for the names of its screens. */
  systemId: string;
  systemName: string;
  standIn: string;
  synchronisationUser: string;
  /** The login of the stand-in, and the one in use. */
  login: string;
  loginInUse: string;
  missing: BarredCompanies[];
  over: 'reaches' | 'replaced' | null;
}
