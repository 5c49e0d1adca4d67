import type { IncidentFigures } from '../incidents/incident-month.ts';
import type { Moment } from '../master-data.ts';
import type { HoldReason } from '../bookings/purchase-booking.ts';

/** The first words in the office channel. */
export interface Welcome {
  what: 'welcome';
  officeName: string;
}

/** What the office should know in the morning. */
export interface Digest {
  what: 'digest';
  /** In the first one of a month: how the incidents of the month before were. */
  lastMonth: { month: string; figures: IncidentFigures } | null;
  lines: {
    about: 'disconnected' | 'waits-for-login' | 'paused' | 'stale' | 'login-ends';
    /** The connection. */
    name: string;
    since: Moment | null;
    /** Who is on it, was asked, or paused it. */
    who: string | null;
  }[];
  /** Purchase bookings that have been waiting for more than a moment, by connection. */
  bookings: {
    /** The connection. */
    name: string;
    count: number;
    /** When the first of them was handed over. */
    since: Moment;
    /** What the first one waits for; `correction`: they do not fit. */
    waitFor: HoldReason | 'correction';
  }[];
}

/** A connection that should have moved and does not: a fault of ours, or of where we run. */
export interface Stuck {
  what: 'stuck';
  name: string;
  /** It is late; its workflow has ended, and nobody looks after it any more; or a workflow of it cannot go on. */
  why: 'late' | 'gone' | 'cannot-go-on';
  since: Moment;
  endedAt: Moment | null;
}

/** Slack does not let us reach a channel or a person; told to the superusers once, and edited when it is over. */
export interface CannotReach {
  what: 'cannot-reach';
  kind: 'channel' | 'person';
  /** Slack's id. */
  recipient: string;
  /** Name of the person, of the channel's team, or of the office; null when it is nobody's any more. */
  name: string | null;
  /** Slack's word for why, e.g. `not_in_channel`. */
  code: string;
  since: Moment;
  over: boolean;
}
