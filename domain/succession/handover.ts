import type { Objection } from '../objections.ts';
import type { Moment } from '../master-data.ts';
import type { PersonId } from '../ids.ts';

/** The synchronisation user leaves: at this moment somebody else takes over, if nothing is lost. */
export interface Handover {
  /** Who leaves, and is the synchronisation user until then; when somebody else is, the plan is over. */
  from: PersonId;
  to: PersonId;
  /** Who planned it. */
  by: PersonId;
  at: Moment;
  /** Reminders due until then were given. */
  heardUntil: Moment;
}

const dayMs = 24 * 60 * 60_000;
/** So many days before it people are reminded; 0 is the handover itself. */
const daysBefore = [7, 3, 1, 0] as const;

/** What of a planned handover comes next, and when (milliseconds since 1970). */
export function nextOfHandover({ at, heardUntil }: Pick<Handover, 'at' | 'heardUntil'>): {
  days: number;
  dueAt: number;
} {
  const due = daysBefore.map((days) => ({ days, dueAt: Date.parse(at) - days * dayMs }));
  return due.find(({ dueAt }) => dueAt > Date.parse(heardUntil)) ?? { days: 0, dueAt: Date.parse(at) };
}

/**
 * What of a planned handover is due at `now`: in how many days it is, 0 for the handover itself; null while nothing is due.
 * Where several reminders fell due during a wait, the last one says all.
 */
export function dueOfHandover(
  handover: Pick<Handover, 'at' | 'heardUntil'>,
  now: number,
): { days: number; heardUntil: Moment } | null {
  const { days, dueAt } = nextOfHandover(handover);
  if (dueAt > now) return null;
  const heardUntil = new Date(dueAt).toISOString();
  if (days === 0) return { days, heardUntil };
  const left = Math.ceil((Date.parse(handover.at) - now) / dayMs);
  return dueOfHandover({ ...handover, heardUntil }, now) ?? { days: left, heardUntil };
}

/** Nobody plans further ahead; a slip of the finger in the year does. */
const furthestMs = 366 * dayMs;

/** Why nothing can be planned for this moment; null when it can. */
export function objectionToDay(at: Moment, now: number): Objection | null {
  const left = Date.parse(at) - now;
  if (!(left > 0)) return 'day-is-over';
  return left > furthestMs ? 'day-is-too-far' : null;
}
