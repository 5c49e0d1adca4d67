import type { IncidentNote } from '../domain/announcements/incidents.ts';
import { lapsedAt, snoozeOf } from '../domain/incident-story.ts';
import type { Incident, IncidentEvent } from '../store/incidents.ts';
import { brokenTogether, firstOf, sharesMessages, type Broken } from './broken-together.ts';
import type { ActivityDeps } from './deps.ts';
import { alertKey, eachTime, type IncidentFacts } from './incident-facts.ts';
import { createPersonalTelling } from './incident-people.ts';
import { nameOf } from './names.ts';

/** What happens to an incident, told in the thread below its message in the office channel. */
export function createIncidentThread(deps: ActivityDeps) {
  const { speaker, office } = deps;
  const personal = createPersonalTelling(deps);

  /** A line in the thread; what was done at once to several that share the message is one line. */
  async function note(
    incident: Incident,
    key: string,
    words: IncidentNote['note'],
    { alsoInChannel = false, about = null }: { alsoInChannel?: boolean; about?: string[] | null } = {},
  ): Promise<void> {
    const names = about ?? (await whichOf(incident, key));
    await speaker.say({
      key: `incident/${firstOf(incident)}/${key}`,
      to: { channel: office.channelId },
      inThreadOf: alertKey(firstOf(incident), office.channelId),
      ...(alsoInChannel && { alsoInChannel }),
      announcement: { what: 'incident-note', note: words, ...(names.length > 0 && { about: names }) },
    });
  }

  /** By name, those that share the message and to which the same thing happened; none where it has its own. */
  async function whichOf(incident: Incident, key: string): Promise<string[]> {
    if (!(await sharesMessages(deps, incident))) return [];
    const all = await brokenTogether(deps, firstOf(incident));
    const happened = ({ incident: one }: Broken) =>
      one.number === incident.number ||
      one.story.some(({ id, at }) => id === key || lapseKey(one, at) === key);
    return all.filter(happened).map(({ state }) => state.name);
  }

  async function tellEvent(
    incident: Incident,
    { id, at, kind, data }: IncidentEvent,
    facts: IncidentFacts,
  ): Promise<void> {
    const by = nameOf(deps, String(data['by']));
    switch (kind) {
      case 'taken-up':
        return note(incident, id, { kind, by, ...(endsSnooze(incident, id, at) && { endsSnooze: true }) });
      case 'let-go': {
        const { names } = await personal.askedSoFar(incident, Date.parse(at));
        return note(incident, lapseKey(incident, at), { kind, by, asked: names });
      }
      case 'snoozed': {
        const [until, everybody] = [String(data['until']), data['everybody'] === true];
        return note(incident, id, { kind, by, until, everybody });
      }
      case 'reopened': {
        const { connectionName, systemName, login, cause } = facts;
        const isShared = await sharesMessages(deps, incident);
        const key = incident.joined === null ? id : `${id}/${incident.number}`;
        const below = firstOf(incident);
        await note(
          incident,
          key,
          { kind, cause, systemName, login },
          { about: isShared ? [connectionName] : [] },
        );
        return personal.nudge(incident, { key, now: Date.parse(at), again: true, below });
      }
    }
  }

  return {
    note,

    /** Whatever people did about it, each as one line. */
    async tellStory(incident: Incident, facts: IncidentFacts): Promise<void> {
      for (const event of incident.story) await tellEvent(incident, event, facts);
    },
  };
}

export type IncidentThread = ReturnType<typeof createIncidentThread>;

/** The key of what happens to each of those that share a message by itself. */
export const ofOne = (incident: Incident, what: string) =>
  eachTime(incident, incident.joined === null ? what : `${what}/${incident.number}`);

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
