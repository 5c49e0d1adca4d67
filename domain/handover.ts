import type { Moment } from './master-data.ts';

/** The synchronisation user leaves: at this moment somebody else takes over, if nothing is lost. */
export interface Handover {
  to: string;
  /** Who planned it. */
  by: string;
  at: Moment;
  /** Reminders due until then were given. */
  heardUntil: Moment;
}

const dayMs = 24 * 60 * 60_000;
/** So many days before it people are reminded; 0 is the handover itself. */
const daysBefore = [7, 3, 1, 0] as const;

/** What of a planned handover comes next, and when (milliseconds since 1970). */
export function nextOfHandover({ at, heardUntil }: Handover): { days: number; dueAt: number } {
  const due = daysBefore.map((days) => ({ days, dueAt: Date.parse(at) - days * dayMs }));
  return due.find(({ dueAt }) => dueAt > Date.parse(heardUntil)) ?? { days: 0, dueAt: Date.parse(at) };
}
