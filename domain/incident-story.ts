import type { Moment } from './master-data.ts';

/** One thing that happened to an incident. Free of text for people: whoever shows it finds the words. */
export interface StoryEvent {
  at: Moment;
  kind: string;
  data: Record<string, unknown>;
}

/** Who takes care of an incident now, by id, or null: the last who said so, unless that lapsed or it broke again. */
export function whoHasTakenUp(story: readonly StoryEvent[]): string | null {
  const by = takingUp(story)?.data['by'];
  return typeof by === 'string' ? by : null;
}

/** The event by which it became theirs, or null while it is nobody's. */
export function takingUp<Event extends StoryEvent>(story: readonly Event[]): Event | null {
  const last = story.findLast(({ kind }) => ['taken-up', 'let-go', 'reopened'].includes(kind));
  return last?.kind === 'taken-up' ? last : null;
}

/** What was nobody's again at this moment: the event by which it had become somebody's, or null when nothing lapsed then. */
export function lapsedAt<Event extends StoryEvent>(story: readonly Event[], moment: Moment): Event | null {
  const lapse = story.findIndex(({ kind, at }) => kind === 'let-go' && at === moment);
  return story.slice(0, Math.max(0, lapse)).findLast(({ kind }) => kind === 'taken-up') ?? null;
}

export interface Snooze {
  by: string;
  until: Moment;
}

/** Until when nobody is reminded, or null. Whoever takes it up, or a new break, ends that. */
export function snoozeOf(story: readonly StoryEvent[], now: Moment): Snooze | null {
  const last = story.findLast(
    ({ kind, data }) =>
      (kind === 'snoozed' && data['everybody'] === true) || ['taken-up', 'reopened'].includes(kind),
  );
  return last?.kind === 'snoozed' && String(last.data['until']) > now ? snoozeIn(last) : null;
}

/** Whether this person wants no reminder now, for himself or for everybody. */
export function wantsNoReminder(story: readonly StoryEvent[], person: string, now: Moment): boolean {
  const own = story.findLast(({ kind, data }) => kind === 'snoozed' && data['by'] === person);
  return snoozeOf(story, now) !== null || (own !== undefined && snoozeIn(own).until > now);
}

const snoozeIn = ({ data }: StoryEvent): Snooze => ({ by: String(data['by']), until: String(data['until']) });
