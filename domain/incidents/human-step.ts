import { incidentTimesOf } from '../offices/incident-times.ts';
import { objectionToSnooze } from './snooze.ts';
import { findUser, isActive, superusers, type Office } from '../offices/office.ts';
import {
  afterWorkingTime,
  isWorkingTime,
  localDay,
  localMoment,
  nextOpening,
  workingHoursOf,
} from '../offices/working-hours.ts';
import type { PersonId } from '../ids.ts';

/** Whoever is reminded while nobody mends a connection: the first one alone, then one more at a time. */
export type RungName = 'synchronisation-user' | 'stand-in' | 'superusers' | 'channel';

export interface Rung {
  name: RungName;
  /** Office user ids; none for the channel. */
  people: string[];
}

/** A connection whose login is broken, as far as it matters for who is asked when. */
export interface BrokenLink {
  synchronisationUserId: PersonId;
  standInId: PersonId | null;
  /** When the incident began, in milliseconds. */
  openedAt: number;
}

/**
 * Whom to turn to, in order: synchronisation user, stand-in, superusers, channel. Who left the office, or was
 * named before, is passed over, so that the next one is not kept waiting.
 */
export function ladder(office: Office, { synchronisationUserId, standInId }: BrokenLink): Rung[] {
  const rungs: Rung[] = [
    { name: 'synchronisation-user', people: [synchronisationUserId] },
    { name: 'stand-in', people: standInId === null ? [] : [standInId] },
    { name: 'superusers', people: superusers(office).map(({ id }) => id) },
  ];
  const named = new Set<string>();
  const present = rungs.map(({ name, people }) => {
    const isThere = (id: string) => {
      const user = findUser(office, id);
      return user !== undefined && isActive(user);
    };
    const next = people.filter((id) => isThere(id) && !named.has(id));
    next.forEach((id) => named.add(id));
    return { name, people: next };
  });
  return [...present.filter(({ people }) => people.length > 0), { name: 'channel', people: [] }];
}

/** The rungs that were reached by `now`, the first one at once; only working time counts. */
export function reached(office: Office, broken: BrokenLink, now: number): Rung[] {
  const hours = workingHoursOf(office);
  const { escalation } = incidentTimesOf(office);
  const passed = escalation.filter((ms) => afterWorkingTime(hours, broken.openedAt, ms) <= now).length;
  return ladder(office, broken).slice(0, passed + 1);
}

/** Everybody who is asked in person by `now`; whoever is reached on the ladder, and who is asked from the start. */
export function askedInPerson(office: Office, broken: BrokenLink, now: number): string[] {
  const climbed = reached(office, broken, now).flatMap(({ people }) => people);
  const { superusersAtOnce } = incidentTimesOf(office);
  return [...new Set([...climbed, ...(superusersAtOnce ? superusers(office).map(({ id }) => id) : [])])];
}

/**
 * When the next reminder is due after this moment, or the next one is asked: never later than the next working morning,
 * however long it has lasted.
 */
export function nextReminder(office: Office, openedAt: number, after: number): number {
  const hours = workingHoursOf(office);
  const { reminders, escalation } = incidentTimesOf(office);
  const due = [...reminders, ...escalation]
    .map((ms) => afterWorkingTime(hours, openedAt, ms))
    .filter((at) => at > after);
  return Math.min(...due, nextOpening(hours, after));
}

export interface SnoozeChoice {
  name: 'an-hour' | 'this-afternoon' | 'next-morning';
  until: number;
}

/**
 * Until when reminders may be snoozed, said at `now`: what is offered is never refused for its length, and there is an
 * afternoon only while people are at work in it. Whatever is chosen ends: they are never silenced for ever.
 */
export function snoozeChoices(office: Office, now: number): SnoozeChoice[] {
  const hours = workingHoursOf(office);
  const today = localDay(hours.timeZone, now);
  const afternoon = localMoment(hours.timeZone, today, '13:30');
  const choices: SnoozeChoice[] = [
    { name: 'an-hour', until: now + 3_600_000 },
    ...(isWorkingTime(hours, afternoon) ? [{ name: 'this-afternoon', until: afternoon } as const] : []),
    { name: 'next-morning', until: nextOpening(hours, now) },
  ];
  return choices.filter(({ until }) => objectionToSnooze(until, now) === null);
}
