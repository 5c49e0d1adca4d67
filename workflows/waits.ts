import type { DelayReason } from '../domain/connection.ts';

/** Every wait, in milliseconds. It comes in from outside, so that tests and offices choose their own. */
export interface Waits {
  /** From one round to the next. */
  syncInterval: number;
  /** From one look at the login in use to the next, when no round uses it meanwhile. */
  loginCheckInterval: number;
  /** From one renewal of all logins, also of those that nothing uses, to the next. */
  keepAliveInterval: number;
  /** From one verification of what the login may read to the next. */
  verifyInterval: number;
  /** After a delay (outage, rate limit) without a known end. */
  retryDelayed: number;
  /** A delay is told to the office when it has lasted so long; otherwise domain/incidents/incident-rules.ts says when. */
  tellDelayAfter?: Record<DelayReason, number>;
  /** Reminders while a person is asked to connect or reconnect, each counted from the one before; the last repeats. */
  reminders: number[];
  /** A change of synchronisation user can be undone for so long. */
  undoChange: number;
  /** An unanswered invitation to connect (set-up, change), or a change nobody decides, lapses after this. */
  invitationLapses: number;
}

/** Waits of a line of bookings, in milliseconds. */
export interface BookingWaits {
  /** How soon a held booking is looked at again; each further look takes twice as long … */
  firstLook: number;
  /** … up to this. */
  longestLook: number;
  /** How long after an attempt without an answer the package may still be busy with it. */
  settle: number;
}
