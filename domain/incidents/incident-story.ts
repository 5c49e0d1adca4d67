import type { Moment } from '../master-data.ts';
import type { Snooze } from './snooze.ts';
import type { PersonId } from '../ids.ts';

/** How an incident may end: somebody logged in again, another login is used, or it works again by itself. */
export const howMended = ['reconnected', 'changed', 'works-again'] as const;
export type HowMended = (typeof howMended)[number];

/**
 * Every kind of thing that happens to an incident, and what is known of it; people by their ids in the office file. Free
 * of text for people: whoever shows it finds the words.
 */
export interface StoryKinds {
  /** Somebody is on it; the last one counts. */
  'taken-up': { by: PersonId };
  /** Whoever was on it let it lie: it is nobody's again. */
  'let-go': { by: PersonId };
  snoozed: Snooze;
  /** Somebody without an account logged in; `by` passed the link on to them. */
  'logged-in-for': { by: PersonId | null; outsider: string };
}

/** One thing that happened to an incident, as it is written down. */
export type StoryEvent = OneOf<StoryKinds>;

/**
 * What is read back of a story also holds what this version cannot read: an event of another version, or one that is
 * broken. Its kind is known as the word that was written: that may decide whose the incident is. Nobody writes one.
 */
export type KeptEvent = OneOf<StoryKinds & { unknown: { kind: string } }>;

type OneOf<Kinds> = { [Kind in keyof Kinds]: { at: Moment; kind: Kind; data: Kinds[Kind] } }[keyof Kinds];

/** What it was, whether or not its facts can be read. */
const whatItWas = (event: KeptEvent) => (event.kind === 'unknown' ? event.data.kind : event.kind);

type TakingUp<Event extends KeptEvent> = Extract<Event, { kind: 'taken-up' }>;
const isTakingUp = <Event extends KeptEvent>(event: Event): event is TakingUp<Event> =>
  event.kind === 'taken-up';

/** Who takes care of an incident now, by id, or null: the last who said so, unless that lapsed. */
export function whoHasTakenUp(story: readonly KeptEvent[]): string | null {
  return takingUp(story)?.data.by ?? null;
}

/**
 * The event by which it became theirs, or null while it is nobody's. Where the last such event cannot be read it counts
 * as nobody's: a reminder too many does less harm than one too few.
 */
export function takingUp<Event extends KeptEvent>(story: readonly Event[]): TakingUp<Event> | null {
  const last = story.findLast((event) => ['taken-up', 'let-go'].includes(whatItWas(event)));
  return last !== undefined && isTakingUp(last) ? last : null;
}

/** What was nobody's again at this moment: the event by which it had become somebody's, or null when nothing lapsed then. */
export function lapsedAt<Event extends KeptEvent>(
  story: readonly Event[],
  moment: Moment,
): TakingUp<Event> | null {
  const lapse = story.findIndex((event) => whatItWas(event) === 'let-go' && event.at === moment);
  const before = story.slice(0, Math.max(0, lapse)).findLast((event) => whatItWas(event) === 'taken-up');
  return before !== undefined && isTakingUp(before) ? before : null;
}

/** Until when nobody is reminded, or null. Whoever takes it up ends that, and so does its end: a new break is a new story. */
export function snoozeOf(story: readonly KeptEvent[], now: Moment): Snooze | null {
  const last = story.findLast(
    (event) => (event.kind === 'snoozed' && event.data.everybody) || whatItWas(event) === 'taken-up',
  );
  return last?.kind === 'snoozed' && last.data.until > now ? last.data : null;
}

/** Whether this person wants no reminder now, for themselves or for everybody. */
export function wantsNoReminder(story: readonly KeptEvent[], person: PersonId, now: Moment): boolean {
  const own = story
    .flatMap((event) => (event.kind === 'snoozed' ? [event.data] : []))
    .findLast(({ by }) => by === person);
  return snoozeOf(story, now) !== null || (own !== undefined && own.until > now);
}
