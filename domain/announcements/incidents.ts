import type { LinkCause } from '../causes.ts';
import type { DelayReason } from '../connection.ts';
import type { RungName } from '../incidents/human-step.ts';
import type { SignInOutcome } from '../logins/sign-in.ts';
import type { HowMended } from '../incidents/incident-story.ts';
import type { Moment } from '../master-data.ts';
import type { NamedNews } from '../sync/master-data-news.ts';
import type { ConnectionId } from '../ids.ts';

/** One incident in one channel: since when, why, what is hit, who is on it; later how it ended. */
export interface Disconnection {
  what: 'disconnection';
  incident: number;
  connectionId: ConnectionId;
  connectionName: string;
  systemName: string;
  cause: LinkCause;
  login: string;
  synchronisationUser: string;
  since: Moment;
  /** The companies hit, as far as they concern this channel. */
  companies: { code: string; name: string }[];
  /** Who may mend it, by name. */
  mayReconnect: string[];
  onIt: string | null;
  /** Nobody is reminded until then. */
  snoozed: { by: string; until: Moment } | null;
  /** Null the first time for a while. */
  again: BrokenAgain | null;
  ended: IncidentEnding | null;
  bookedAgain: BookedWhen;
}

/** When documents can be booked once it is over: at once, or after the master data was read; null where nothing is promised. */
export type BookedWhen = 'now' | 'once-read' | null;

/** It had been mended not long ago. */
export interface BrokenAgain {
  /** The how manieth time it is on this day in the office, this one included. */
  timesToday: number;
  /** Who mended it last, by name; null when nobody had to. */
  mendedBy: string | null;
  /** How long it had worked. */
  workedMs: number;
}

/** Connections that broke together, at first for the same cause, in one message per channel and per person who is asked. */
export interface Disconnections {
  what: 'disconnections';
  systemName: string;
  /** When the first of those that are disconnected still broke; of all of them when none is. */
  since: Moment;
  /** How many companies are hit still, as far as they concern the reader. */
  companies: number;
  /** In the order in which they broke, the mended ones too. */
  connections: BrokenConnection[];
  /** Who may mend those that are disconnected still, by name; null where the reader is asked. */
  mayReconnect: string[] | null;
  /** Nobody is reminded of any of them until then. */
  snoozed: { by: string; until: Moment } | null;
}

export interface BrokenConnection {
  connectionId: ConnectionId;
  name: string;
  login: string;
  /** Another one than that of the others when it broke again meanwhile. */
  cause: LinkCause;
  onIt: string | null;
  again: BrokenAgain | null;
  ended: IncidentEnding | null;
}

/** How an incident ended; `by` is null when the login works again without anybody having logged in here. */
export interface IncidentEnding {
  by: string | null;
  at: Moment;
  how: HowMended;
}

/** One person is asked, in a direct message, to mend a connection. Edited as the story goes on. */
export interface MendRequest {
  what: 'mend-request';
  connectionId: ConnectionId;
  connectionName: string;
  systemName: string;
  cause: LinkCause;
  login: string;
  /** Why this person is asked. */
  as: Exclude<RungName, 'channel'>;
  /** This person said that they are on it. */
  isYours: boolean;
  synchronisationUser: string;
  since: Moment;
  /** How many companies are hit. */
  companies: number;
  onIt: string | null;
  snoozed: { by: string; until: Moment } | null;
  again: BrokenAgain | null;
  ended: IncidentEnding | null;
}

/** A line in the thread of such a request: an edit of the request itself would notify nobody. */
export interface MendReminder {
  what: 'mend-reminder';
  /** Null where it is about several. */
  connectionName: string | null;
  /** How many are disconnected still. */
  connections: number;
  openForMs: number;
  /** It is about those that broke since the request: their names. */
  more?: readonly string[];
}

/** Whoever met the error is told once that it is over. */
export interface IncidentOver {
  what: 'incident-over';
  connectionName: string;
  since: Moment;
  ended: IncidentEnding;
  bookedAgain: BookedWhen;
}

/** Somebody who was asked; `slackUser` so that they are called by it, null for whoever is not in Slack. */
export interface Asked {
  name: string;
  slackUser: string | null;
}

/** A line in the thread of an incident. */
export interface IncidentNote {
  what: 'incident-note';
  /** Where several share the message: which of them it is about, by name. */
  about?: string[];
  note:
    | { kind: 'reminder'; openForMs: number; asked: Asked[]; still?: { open: number; all: number } }
    /** Everybody else was asked, and nobody mended it: whoever reads the channel now is called, once. */
    | { kind: 'everybody'; openForMs: number; asked: Asked[] }
    /** More connections broke for the same reason some minutes later. */
    | { kind: 'more'; names: string[] }
    /** `endsSnooze`: reminders had been snoozed, and go on. */
    | { kind: 'taken-up'; by: string; endsSnooze?: boolean }
    | { kind: 'let-go'; by: string; asked: Asked[] }
    | { kind: 'snoozed'; by: string; until: Moment; everybody: boolean }
    | { kind: 'login-refused'; by: string; outcome: SignInOutcome }
    | {
        kind: 'reconnected';
        by: string;
        login: string;
        reachable: number;
        total: number;
        afterMs: number;
        missing: { code: string; name: string }[];
      }
    | { kind: 'changed'; by: string; login: string; afterMs: number }
    | { kind: 'works-again'; login: string; systemName: string; afterMs: number }
    | {
        kind: 'caught-up';
        rowsChanged: number;
        companies: number;
        connectionName: string;
        since: Moment;
        /** The same as clocks in the office showed it, for whoever asks for more. */
        sinceInOffice: string;
        /** What whoever books wants to hear of. */
        news: NamedNews[];
      };
}

/** An accounting system keeps us waiting, for longer than one would not mention. One message for the whole office. */
export interface Delay {
  what: 'delay';
  reason: DelayReason;
  systemName: string;
  since: Moment;
  /** Names of the connections that wait. */
  connections: string[];
  endedAt: Moment | null;
}

/** What changed in one connection while its accounting system kept us waiting, in the thread of that. */
export interface DelayNews {
  what: 'delay-news';
  connectionName: string;
  since: Moment;
  /** The same as clocks in the office showed it, for whoever asks for more. */
  sinceInOffice: string;
  news: NamedNews[];
}
