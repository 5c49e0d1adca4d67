import type { IncidentNote } from '../domain/announcements/incidents.ts';
import { lapsedAt, snoozeOf } from '../domain/incident-story.ts';
import type { Incident, IncidentEvent } from '../store/incidents.ts';
import { audienceOf } from './audience.ts';
import type { ActivityDeps } from './deps.ts';
import { alertKey, eachTime, incidentFacts, incidentNumbered, type IncidentFacts } from './incident-facts.ts';
import { createPersonalTelling } from './incident-people.ts';
import { createTogetherTelling, isOpen, sinceOf, speakerOf, type Broken } from './incident-together.ts';
import { newsSince } from './master-data-news.ts';
import { connectionWithNames, nameOf, whoMayReconnect } from './names.ts';
import { whyRefused } from './refusal-words.ts';

interface Told {
  connectionId: string;
  incident: number;
}

export function createIncidentTellingActivities(deps: ActivityDeps) {
  const { store, speaker, office, now } = deps;
  const personal = createPersonalTelling(deps);
  const together = createTogetherTelling(deps);

  /** Says, or edits, the alert of an incident in every channel that is hit. */
  async function alertAll(incident: Incident): Promise<IncidentFacts> {
    const { facts, state } = await incidentFacts(deps, incident);
    const mayReconnect = whoMayReconnect(deps, state);
    const linked = await store.companies.linked(incident.connectionId);
    const hit = linked.map(({ code, name }) => ({ code, name }));
    for (const { channel, companies } of audienceOf(office, hit)) {
      await speaker.say({
        key: alertKey(incident.number, channel),
        to: { channel },
        announcement: {
          what: 'disconnection',
          incident: incident.number,
          ...facts,
          mayReconnect,
          companies,
        },
      });
      if (channel === office.channelId && incident.toldAt === null)
        await store.incidents.told([incident.number], now().toISOString());
    }
    return facts;
  }

  /** Tells everybody how it stands now; once more when it changed meanwhile, so that an old word is never the last. */
  async function tellAll(number: number): Promise<{ incident: Incident; facts: IncidentFacts }> {
    for (;;) {
      const incident = await incidentNumbered(deps, number);
      const isShared = await sharesMessages(incident);
      const facts = await (isShared ? tellTogether(incident) : tellAlone(incident));
      for (const event of incident.story) await tellEvent(incident, event, facts);
      const after = await incidentNumbered(deps, number);
      const isSame = after.endedAt === incident.endedAt && after.story.length === incident.story.length;
      if (isSame && (await sharesMessages(after)) === isShared) return { incident, facts };
    }
  }

  async function sharesMessages({ joined, number }: Incident): Promise<boolean> {
    return joined !== null || (await store.incidents.isJoined(number));
  }

  async function tellAlone(incident: Incident): Promise<IncidentFacts> {
    const facts = await alertAll(incident);
    await personal.askInPerson(incident, now().getTime());
    return facts;
  }

  async function tellTogether(incident: Incident): Promise<IncidentFacts> {
    const { facts, state } = await incidentFacts(deps, incident);
    await together.noteAsked({ incident, state }, now().getTime());
    // What happened to it is told below a message that has to be there.
    await together.tell(firstOf(incident), { mayWait: incident.story.length === 0 });
    return facts;
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
        const isShared = await sharesMessages(incident);
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

  /** A line in the thread of the office channel's alert; what was done to several at once is one line. */
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
    if (!(await sharesMessages(incident))) return [];
    const all = await together.all(firstOf(incident));
    const happened = ({ incident: one }: Broken) =>
      one.number === incident.number ||
      one.story.some(({ id, at }) => id === key || lapseKey(one, at) === key);
    return all.filter(happened).map(({ state }) => state.name);
  }

  /**
   * A reminder of all that share their messages: of those that fall due each at its own time, one speaks. What lapsed
   * after one click is everybody's news, and one line for all that it was said of.
   */
  async function remindOfAll(incident: Incident, due: { at: string; only: string | null }): Promise<void> {
    const [first, now] = [firstOf(incident), Date.parse(due.at)];
    const lapsed = lapsedAt(incident.story, due.at);
    const key = `reminder/${lapsed?.id ?? due.at}`;
    const all = await together.all(first);
    const own = all.find((one) => one.incident.number === incident.number);
    if (own) await together.noteAsked(own, now);
    await together.tell(first, { mayWait: false });
    if (due.only !== null) return together.nudge(first, all, { key, now, only: due.only });
    if (!lapsed && speakerOf(all, due.at)?.incident.number !== incident.number) return;
    await together.nudge(first, all, { key, now, only: null });
    const open = all.filter(isOpen);
    const { names, channelToo } = await personal.askedSoFar(incident, now);
    const still = { open: open.length, all: all.length };
    const words = { kind: 'reminder', openForMs: now - sinceOf(open), asked: names, still } as const;
    await note(incident, key, words, { alsoInChannel: channelToo, about: [] });
  }

  return {
    /** Tells everybody who is hit, or edits what was told; asks whoever is to mend it in person. */
    async tellDisconnection({ incident }: Told): Promise<void> {
      await tellAll(incident);
    },

    /** The reminder that was due at this moment; with `only`, for one person whose snooze is over. */
    async remindOfIncident(due: Told & { at: string; only: string | null }): Promise<void> {
      const incident = await incidentNumbered(deps, due.incident);
      if (incident.endedAt !== null) return;
      const moment = Date.parse(due.at);
      const reminder = { key: `reminder/${due.at}`, now: moment, again: false, only: due.only };
      if (await sharesMessages(incident)) return remindOfAll(incident, due);
      await personal.askInPerson(incident, moment);
      await personal.nudge(incident, reminder);
      if (due.only !== null) return;
      const { names, channelToo } = await personal.askedSoFar(incident, moment);
      const words = {
        kind: 'reminder',
        openForMs: moment - Date.parse(incident.openedAt),
        asked: names,
      } as const;
      await note(incident, reminder.key, words, { alsoInChannel: channelToo });
    },

    async tellRefusedLogin({ incident: number, signInId }: Told & { signInId: string }): Promise<void> {
      const signIn = await store.signIns.get(signInId);
      if (!signIn?.outcome) return;
      await note(await incidentNumbered(deps, number), `login-refused/${signInId}`, {
        kind: 'login-refused',
        by: nameOf(deps, signIn.officeUserId),
        why: whyRefused(signIn.outcome),
      });
    },

    /** Edits every message to "reconnected by … after …", tells whoever met the error, and ends the story. */
    async tellMended({ incident: number }: Told): Promise<void> {
      const { incident, facts } = await tellAll(number);
      if (!facts.ended) return; // it broke again meanwhile
      await personal.tellAffected(incident);
      // Of many that work again by themselves the message says enough.
      if (facts.ended.how === 'works-again' && (await sharesMessages(incident))) return;
      const linked = await store.companies.linked(incident.connectionId);
      const missing = linked.filter(({ status }) => status !== 'reachable');
      const { login, systemName } = facts;
      const by = facts.ended.by ?? '';
      const afterMs = Date.parse(facts.ended.at) - Date.parse(incident.openedAt);
      const words: Record<typeof facts.ended.how, IncidentNote['note']> = {
        'works-again': { kind: 'works-again', login, systemName, afterMs },
        changed: { kind: 'changed', by, login, afterMs },
        reconnected: {
          kind: 'reconnected',
          by,
          login,
          reachable: linked.length - missing.length,
          total: linked.length,
          afterMs,
          missing: missing.map(({ code, name }) => ({ code, name })),
        },
      };
      await note(incident, ofOne(incident, 'mended'), words[facts.ended.how]);
    },

    /** What came in since it was disconnected, and what of it whoever books wants to know. */
    async tellCaughtUp({
      incident: number,
      rowsChanged,
      companies,
    }: {
      incident: number;
      rowsChanged: number;
      companies: number;
    }): Promise<void> {
      const incident = await incidentNumbered(deps, number);
      if (incident.how === 'works-again' && (await sharesMessages(incident))) return;
      const { connectionId, openedAt: since } = incident;
      const { connectionName } = await connectionWithNames(deps, connectionId);
      const news = await newsSince(deps, { connectionId, since });
      await note(incident, ofOne(incident, 'caught-up'), {
        kind: 'caught-up',
        ...{ rowsChanged, companies, connectionName, since, news },
      });
    },
  };
}

/** Reminders had been put off for everybody when this happened. */
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

/** The incident whose messages it shares; itself when it has its own. */
const firstOf = ({ joined, number }: Incident): number => joined ?? number;

/** The key of what happens to each of them by itself. */
const ofOne = (incident: Incident, what: string) =>
  eachTime(incident, incident.joined === null ? what : `${what}/${incident.number}`);
