import type { LinkCause } from '../causes.ts';
import type { DaysAhead } from '../logins/expiry.ts';
import type { Moment } from '../master-data.ts';
import type { BarredCompanies } from './rights.ts';
import type { AwaitedPurpose } from '../logins/sign-in.ts';
import type { ConnectionId } from '../ids.ts';

/** A person is asked, in a direct message, to log in to the accounting system. Edited as the story goes on. */
export interface ConnectRequest {
  what: 'connect-request';
  connectionId: ConnectionId;
  connectionName: string;
  systemName: string;
  purpose: AwaitedPurpose;
  askedBy: string;
  reminded: number;
  /** What is known of the rights of a first login, once there is one. */
  reach: SetUpReach | null;
  progress:
    | { step: 'waiting' }
    | { step: 'linked'; login: string; reachable: number; total: number }
    | { step: 'done'; login: string; companies: number }
    | { step: 'not-taken'; login: string }
    | { step: 'lapsed' }
    | { step: 'cancelled'; by: string };
}

/** Kinds of master data that a first login may not read, as far as it was looked at. */
export interface SetUpReach {
  /** Id of the accounting system, for the names of its screens. */
  systemId: string;
  login: string;
  /** Everything was looked at; otherwise it is being looked at now. */
  looked: boolean;
  closed: BarredCompanies[];
  /** In how many companies nobody could see everything yet. */
  unknown: number;
}

/** A line in the thread of a request that nobody answered yet: an edit of the request itself would notify nobody. */
export interface ConnectReminder {
  what: 'connect-reminder';
  connectionName: string;
  systemName: string;
  purpose: AwaitedPurpose;
  askedBy: string;
}

/** How a set-up goes, told to the superuser who asked for it. */
export interface SetUpNews {
  what: 'set-up-news';
  connectionName: string;
  systemName: string;
  synchronisationUser: string;
  reach: SetUpReach | null;
  news:
    | { kind: 'asked' }
    | { kind: 'connected'; login: string; companies: number }
    | { kind: 'lapsed' }
    | { kind: 'cancelled'; by: string };
}

/** How the link of one person with their own accounting-system user is, told to them once it breaks. */
export interface PersonalLinkNews {
  what: 'personal-link-news';
  connectionId: ConnectionId;
  connectionName: string;
  systemName: string;
  personId: string;
  /** Whose link it is, when somebody else is told because nobody reads what is sent to them. */
  of: string | null;
  login: string;
  news: { kind: 'broken'; cause: LinkCause } | { kind: 'mended' } | { kind: 'ended' };
}

/** A login that nobody could renew for long comes to its end; edited when it was renewed after all. */
export interface LoginExpiry {
  what: 'login-expiry';
  connectionName: string;
  systemName: string;
  login: string;
  synchronisationUser: string;
  expiresAt: Moment;
  /** Null: it was renewed, and nothing is to be done. */
  daysAhead: DaysAhead | null;
  /** A line in the thread of the first warning; an edit of that would notify nobody. */
  inThread: boolean;
}
