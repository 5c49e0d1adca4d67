import type { IncidentNote } from '../../domain/announcements/incidents.ts';
import { lapsedAt, snoozeOf } from '../../domain/incidents/incident-story.ts';
import type { Incident, IncidentEvent } from '../../store/incidents/incidents.ts';
import { groupOf, firstOf, sharesMessages, type Broken } from './incident-group.ts';
import type { ActivityDeps } from '../deps.ts';
import { alertKey } from './incident-facts.ts';
import { createPersonalTelling } from './incident-people.ts';
import { nameOf } from '../names.ts';

/** What happens to an incident, told in the thread below its message in the office channel. */
export function createIncidentThread(deps: ActivityDeps) {
  const { speaker, office } = deps;
  const personal = createPersonalTelling(deps);

  /** A line in the thread; what was done at once to several that share the message is one line. */
  async function note(
    incident: Incident,
    key: string,
    words: IncidentNote['note'],
    {
      alsoInChannel = false,
      about = null,
      ...more
    }: { alsoInChannel?: boolean; about?: string[] | null; topic?: string } = {},
  ): Promise<void> {
    // A thread below what was never to be said tells nobody anything.
    if (!(await personal.wasWritten(alertKey(firstOf(incident), office.channelId)))) return;
    const names = about ?? (await whichOf(incident, key));
    await speaker.say({
      key: `incident/${firstOf(incident)}/${key}`,
      to: { channel: office.channelId },
      inThreadOf: alertKey(firstOf(incident), office.channelId),
      ...(alsoInChannel && { alsoInChannel }),
      ...more,
      announcement: { what: 'incident-note', note: words, ...(names.length > 0 && { about: names }) },
    });
  }

  /** By name, those that share the message and to which the same thing happened; none where it has its own. */
  async function whichOf(incident: Incident, key: string): Promise<string[]> {
    if (!(await sharesMessages(deps, incident))) return [];
    const all = await groupOf(deps, firstOf(incident));
    const happened = ({ incident: one }: Broken) =>
      one.number === incident.number ||
      one.story.some(({ id, at }) => id === key || lapseKey(one, at) === key);
    return all.filter(happened).map(({ state }) => state.name);
  }

  async function tellEvent(incident: Incident, event: IncidentEvent): Promise<void> {
    const { id, at, kind, data } = event;
    switch (kind) {
      case 'taken-up': {
        const by = nameOf(deps, data.by);
        return note(incident, id, { kind, by, ...(endsSnooze(incident, id, at) && { endsSnooze: true }) });
      }
      case 'let-go': {
        const { asked } = await personal.askedSoFar(incident, Date.parse(at));
        return note(incident, lapseKey(incident, at), { kind, by: nameOf(deps, data.by), asked });
      }
      case 'snoozed':
        return note(incident, id, { kind, ...data, by: nameOf(deps, data.by) });
      // How it ended says so.
      case 'logged-in-for':
      // Nobody can say in words what it was.
      case 'unknown':
        return;
    }
  }

  return {
    note,

    /** Whatever people did about it, each as one line. */
    async tellStory(incident: Incident): Promise<void> {
      for (const event of incident.story) await tellEvent(incident, event);
    },
  };
}

export type IncidentThread = ReturnType<typeof createIncidentThread>;

/** The key of what happens to each of those that share a message by itself. */
export const ofOne = (incident: Incident, what: string) =>
  incident.groupedUnder === null ? what : `${what}/${incident.number}`;

/** Reminders had been snoozed for everybody when this happened. */
function endsSnooze({ story }: Incident, event: string, at: string): boolean {
  const before = story.slice(
    0,
    story.findIndex(({ id }) => id === event),
  );
  return snoozeOf(before, at) !== null;
}

/** What is nobody's again after one click is one line, though it lapses for each of them at a moment of its own. */
function lapseKey({ story }: Incident, at: string): string {
  return `let-go/${lapsedAt(story, at)?.id ?? at}`;
}
