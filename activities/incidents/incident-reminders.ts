import type { Asked } from '../../domain/announcements/incidents.ts';
import { lapsedAt, snoozeOf, wantsNoReminder, whoHasTakenUp } from '../../domain/incidents/incident-story.ts';
import { responders } from '../../domain/offices/office.ts';
import type { Incident } from '../../store/incidents/incidents.ts';
import { peopleReached } from '../audience.ts';
import {
  groupOf,
  firstOf,
  isOpen,
  nameOfOnly,
  sharesMessages,
  sinceOf,
  type Broken,
} from './incident-group.ts';
import type { ActivityDeps } from '../deps.ts';
import { brokenLink } from './incident-facts.ts';
import { createPersonalTelling } from './incident-people.ts';
import type { IncidentThread } from './incident-thread.ts';
import type { GroupTelling } from './group-telling.ts';

/** A reminder that was due at a moment; with `only`, for one person whose snooze is over. */
interface Due {
  at: string;
  only: string | null;
}

/** What is said again when nobody mends it: to people in person, and in the thread. */
export function createIncidentReminders(
  deps: ActivityDeps,
  { thread, group }: { thread: IncidentThread; group: GroupTelling },
) {
  const { office } = deps;
  const personal = createPersonalTelling(deps);

  async function remindOfOne(incident: Incident, { at, only }: Due): Promise<void> {
    const now = Date.parse(at);
    const key = `reminder/${at}`;
    await personal.askInPerson(incident, now);
    await personal.nudge(incident, { key, now, only });
    if (only !== null) return;
    const { asked, channelToo } = await personal.askedSoFar(incident, now);
    const openForMs = now - Date.parse(incident.openedAt);
    if (channelToo && (await callEverybody(incident, { openForMs, asked }))) return;
    const words = { kind: 'reminder', openForMs, asked } as const;
    await thread.note(incident, key, words, { alsoInChannel: channelToo, topic: topicOf(incident) });
  }

  /** The last step of the ladder: whoever reads the channel now is called. True the one time that it is done. */
  async function callEverybody(
    incident: Incident,
    { openForMs, asked }: { openForMs: number; asked: Asked[] },
  ): Promise<boolean> {
    const key = 'everybody';
    const known = (await deps.store.deliveries.get(`incident/${firstOf(incident)}/${key}`))?.announcement;
    const isAnother =
      known?.what === 'incident-note' &&
      known.note.kind === 'everybody' &&
      known.note.openForMs !== openForMs;
    if (isAnother) return false;
    await thread.note(
      incident,
      key,
      { kind: 'everybody', openForMs, asked },
      { alsoInChannel: true, about: [] },
    );
    return true;
  }

  /**
   * A reminder of all that share their messages: of those that fall due each at its own time, one speaks. What lapsed
   * after one click is everybody's news, and one line for all that it was said of.
   */
  async function remindOfAll(incident: Incident, due: Due): Promise<void> {
    const [first, now] = [firstOf(incident), Date.parse(due.at)];
    const lapsed = lapsedAt(incident.story, due.at);
    const key = `reminder/${lapsed?.id ?? due.at}`;
    const all = await groupOf(deps, first);
    const own = all.find((one) => one.incident.number === incident.number);
    if (own) await group.noteAsked(own, now);
    await group.tell(first, { mayWait: false });
    if (due.only !== null) return nudgeOfAll(first, all, { key, now, only: due.only });
    if (!lapsed && speakerOf(all, due.at)?.incident.number !== incident.number) return;
    await nudgeOfAll(first, all, { key, now, only: null });
    const open = all.filter(isOpen);
    const { asked, channelToo } = await personal.askedSoFar(incident, now);
    const openForMs = now - sinceOf(open);
    if (channelToo && (await callEverybody(incident, { openForMs, asked }))) return;
    const still = { open: open.length, all: all.length };
    const words = { kind: 'reminder', openForMs, asked, still } as const;
    const more = { alsoInChannel: channelToo, about: [], topic: topicOf(incident) };
    await thread.note(incident, key, words, more);
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
    const still = new Map<string, Broken[]>();
    const whoseTurn = async ({ incident, state }: Broken): Promise<string[]> =>
      reminder.only === null
        ? peopleReached(deps, brokenLink(state, incident), reminder.now)
        : responders(office, state).flatMap(({ id }) => (id === reminder.only ? [id] : []));
    for (const one of broken.filter(isOpen))
      for (const person of await whoseTurn(one))
        if (!wantsNoReminder(one.incident.story, person, at))
          still.set(person, [...(still.get(person) ?? []), one]);
    await Promise.all(
      [...still].map(([person, those]) =>
        personal.sayBelow(
          { person, below: first, key: reminder.key },
          {
            connectionName: nameOfOnly(those),
            connections: those.length,
            openForMs: reminder.now - sinceOf(those),
          },
        ),
      ),
    );
  }

  return async function remind(incident: Incident, due: Due): Promise<void> {
    await ((await sharesMessages(deps, incident)) ? remindOfAll(incident, due) : remindOfOne(incident, due));
  };
}

/** After an hour without Slack people want the newest reminder, not all of them. */
const topicOf = (incident: Incident) => `incident/${firstOf(incident)}/reminder`;

/** Who speaks for all of them when something falls due by itself: the first that nobody takes care of or snoozed. */
function speakerOf(broken: readonly Broken[], moment: string): Broken | null {
  const isFree = ({ incident: { story } }: Broken) =>
    whoHasTakenUp(story) === null && snoozeOf(story, moment) === null;
  return broken.find((one) => isOpen(one) && isFree(one)) ?? null;
}
