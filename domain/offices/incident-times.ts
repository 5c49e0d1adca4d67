import { z } from 'zod';
import { parseDuration } from '../duration.ts';

const minute = 60_000;
const hour = 60 * minute;

const duration = z
  .string()
  .transform(parseDuration)
  .refine((ms) => ms > 0 && ms <= 30 * 24 * hour, 'must be a duration like 15m or 4h');
const rising = (times: readonly number[]) => times.every((time, index) => time > (times[index - 1] ?? -1));
const durations = z.array(duration).min(1).refine(rising, 'must be ever longer');

/** How patient Syncuser is while a human has to mend a connection; an office sets what it wants otherwise. */
export const incidentTimesSchema = z.object({
  /** Reminders, in working time since the incident began; afterwards each working morning. */
  reminders: durations.default([15 * minute, hour, 4 * hour]),
  /** When the next one is asked: stand-in, superusers, everybody in the channel. In working time since it began. */
  escalation: durations.default([15 * minute, hour, 4 * hour]),
  /** "I'm on it" counts for so long, if nothing happens. */
  acknowledgementLapses: duration.default(hour),
  /** Whom the first direct message reaches besides the synchronisation user, before anybody is reminded. */
  superusersAtOnce: z.boolean().default(true),
});
export type IncidentTimes = z.output<typeof incidentTimesSchema>;

export function incidentTimesOf(office: { incidents?: IncidentTimes | undefined }): IncidentTimes {
  return office.incidents ?? incidentTimesSchema.parse({});
}
