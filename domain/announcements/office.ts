import type { IncidentFigures } from '../incident-month.ts';
import type { Moment } from '../master-data.ts';
import type { HoldReason } from '../purchase-booking.ts';

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
  /** It is late; or its workflow has ended, and nobody looks after it any more. */
  why: 'late' | 'gone';
  since: Moment;
  endedAt: Moment | null;
}
