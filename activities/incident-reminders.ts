import { reached } from '../domain/human-step.ts';
import { lapsedAt, snoozeOf, wantsNoReminder, whoHasTakenUp } from '../domain/incident-story.ts';
import { menders } from '../domain/office.ts';
import type { Incident } from '../store/incidents.ts';
import { brokenTogether, firstOf, isOpen, sharesMessages, sinceOf, type Broken } from './broken-together.ts';
import type { ActivityDeps } from './deps.ts';
import { brokenLink } from './incident-facts.ts';
import { createPersonalTelling } from './incident-people.ts';
import type { IncidentThread } from './incident-thread.ts';
import type { TogetherTelling } from './incident-together.ts';

/** A reminder that was due at a moment; with `only`, for one person whose snooze is over. */
interface Due {
  at: string;
  only: string | null;
}

/** What is said again when nobody mends it: to people in person, and in the thread. */
export function createIncidentReminders(
  deps: ActivityDeps,
  { thread, together }: { thread: IncidentThread; together: TogetherTelling },
) {
  const { office } = deps;
  const personal = createPersonalTelling(deps);

  async function remindOfOne(incident: Incident, { at, only }: Due): Promise<void> {
    const now = Date.parse(at);
    const key = `reminder/${at}`;
    await personal.askInPerson(incident, now);
    await personal.nudge(incident, { key, now, again: false, only });
    if (only !== null) return;
    const { names, channelToo } = await personal.askedSoFar(incident, now);
    const words = { kind: 'reminder', openForMs: now - Date.parse(incident.openedAt), asked: names } as const;
    await thread.note(incident, key, words, { alsoInChannel: channelToo });
  }

  /**
   * A reminder of all that share their messages: of those that fall due each at its own time, one speaks. What lapsed
   * after one click is everybody's news, and one line for all that it was said of.
   */
  async function remindOfAll(incident: Incident, due: Due): Promise<void> {
    const [first, now] = [firstOf(incident), Date.parse(due.at)];
    const lapsed = lapsedAt(incident.story, due.at);
    const key = `reminder/${lapsed?.id ?? due.at}`;
    const all = await brokenTogether(deps, first);
    const own = all.find((one) => one.incident.number === incident.number);
    if (own) await together.noteAsked(own, now);
    await together.tell(first, { mayWait: false });
    if (due.only !== null) return nudgeOfAll(first, all, { key, now, only: due.only });
    if (!lapsed && speakerOf(all, due.at)?.incident.number !== incident.number) return;
    await nudgeOfAll(first, all, { key, now, only: null });
    const open = all.filter(isOpen);
    const { names, channelToo } = await personal.askedSoFar(incident, now);
    const still = { open: open.length, all: all.length };
    const words = { kind: 'reminder', openForMs: now - sinceOf(open), asked: names, still } as const;
    await thread.note(incident, key, words, { alsoInChannel: channelToo, about: [] });
  }

  /**
   * A new line for everybody whose turn it is for one of those that are open, and who wants to hear it; with `only`, for
   * one person whose snooze is over.
   */
  async function nudgeOfAll(
    first: number,
    broken: readonly Broken[],
    reminder: { key: string; now: number; only: string | null },
  ): Promise<void> {
    const at = new Date(reminder.now).toISOString();
    const still = new Map<string, number>();
    const whoseTurn = ({ incident, state }: Broken) =>
      reminder.only === null
        ? reached(office, brokenLink(state, incident), reminder.now).flatMap(({ people }) => people)
        : menders(office, state).flatMap(({ id }) => (id === reminder.only ? [id] : []));
    for (const { incident, state } of broken.filter(isOpen))
      for (const person of whoseTurn({ incident, state }))
        if (!wantsNoReminder(incident.story, person, at)) still.set(person, (still.get(person) ?? 0) + 1);
    const openForMs = reminder.now - sinceOf(broken);
    for (const [person, connections] of still)
      await personal.sayBelow(
        { person, below: first, key: reminder.key },
        { connectionName: null, connections, openForMs, again: false },
      );
  }

  return async function remind(incident: Incident, due: Due): Promise<void> {
    await ((await sharesMessages(deps, incident)) ? remindOfAll(incident, due) : remindOfOne(incident, due));
  };
}

/** Who speaks for all of them when something falls due by itself: the first that nobody takes care of or snoozed. */
function speakerOf(broken: readonly Broken[], moment: string): Broken | null {
  const isFree = ({ incident: { story } }: Broken) =>
    whoHasTakenUp(story) === null && snoozeOf(story, moment) === null;
  return broken.find((one) => isOpen(one) && isFree(one)) ?? null;
}
