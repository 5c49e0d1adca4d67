import type { IncidentNote } from '../domain/announcements/incidents.ts';
import { teamsOf } from '../domain/office.ts';
import type { Incident, IncidentEvent } from '../store/incidents.ts';
import type { ActivityDeps } from './deps.ts';
import { eachTime, incidentFacts, incidentNumbered, type IncidentFacts } from './incident-facts.ts';
import { createPersonalTelling } from './incident-people.ts';
import { newsSince } from './master-data-news.ts';
import { connectionWithNames, nameOf, whoMayReconnect } from './names.ts';
import { whyRefused } from './refusal-words.ts';

type HitCompany = { code: string; name: string };
interface Told {
  connectionId: string;
  incident: number;
}

export function createIncidentTellingActivities(deps: ActivityDeps) {
  const { store, speaker, office, now } = deps;
  const personal = createPersonalTelling(deps);

  /** The office channel hears of every company; a team's channel of its own. */
  async function audience(connectionId: string): Promise<{ channel: string; companies: HitCompany[] }[]> {
    const companies = (await store.companies.linked(connectionId)).map(({ code, name }) => ({ code, name }));
    const hit = teamsOf(office, companies);
    const channels = new Set(hit.map((team) => team.channelId).filter((id) => id !== office.channelId));
    const teams = [...channels].map((channel) => ({
      channel,
      companies: companies.filter((company) =>
        teamsOf(office, [company]).some((team) => team.channelId === channel),
      ),
    }));
    return [{ channel: office.channelId, companies }, ...teams];
  }

  /** Says, or edits, the alert of an incident in every channel that is hit. */
  async function alertAll(incident: Incident): Promise<IncidentFacts> {
    const { facts, state } = await incidentFacts(deps, incident);
    const mayReconnect = whoMayReconnect(deps, state);
    for (const { channel, companies } of await audience(incident.connectionId)) {
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
        await store.incidents.told(incident.number, now().toISOString());
    }
    return facts;
  }

  /** Tells everybody how it stands now; once more when it changed meanwhile, so that an old word is never the last. */
  async function tellAll(number: number): Promise<{ incident: Incident; facts: IncidentFacts }> {
    for (;;) {
      const incident = await incidentNumbered(deps, number);
      const facts = await alertAll(incident);
      await personal.askInPerson(incident, now().getTime());
      for (const event of incident.story) await tellEvent(incident, event, facts);
      const { endedAt, story } = await incidentNumbered(deps, number);
      if (endedAt === incident.endedAt && story.length === incident.story.length) return { incident, facts };
    }
  }

  async function tellEvent(
    incident: Incident,
    { id, at, kind, data }: IncidentEvent,
    facts: IncidentFacts,
  ): Promise<void> {
    const by = nameOf(deps, String(data['by']));
    switch (kind) {
      case 'taken-up':
        return note(incident.number, id, { kind, by });
      case 'let-go': {
        const { names } = await personal.askedSoFar(incident, Date.parse(at));
        return note(incident.number, id, { kind, by, asked: names });
      }
      case 'snoozed': {
        const [until, everybody] = [String(data['until']), data['everybody'] === true];
        return note(incident.number, id, { kind, by, until, everybody });
      }
      case 'reopened': {
        const { systemName, login, cause } = facts;
        await note(incident.number, id, { kind, cause, systemName, login });
        return personal.nudge(incident, { key: id, now: Date.parse(at), again: true });
      }
    }
  }

  /** A line in the thread of the office channel's alert. */
  async function note(
    number: number,
    key: string,
    words: IncidentNote['note'],
    alsoInChannel = false,
  ): Promise<void> {
    await speaker.say({
      key: `incident/${number}/${key}`,
      to: { channel: office.channelId },
      inThreadOf: alertKey(number, office.channelId),
      ...(alsoInChannel && { alsoInChannel }),
      announcement: { what: 'incident-note', note: words },
    });
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
      await personal.askInPerson(incident, moment);
      await personal.nudge(incident, reminder);
      if (due.only !== null) return;
      const { names, channelToo } = await personal.askedSoFar(incident, moment);
      const words = {
        kind: 'reminder',
        openForMs: moment - Date.parse(incident.openedAt),
        asked: names,
      } as const;
      await note(incident.number, reminder.key, words, channelToo);
    },

    async tellRefusedLogin({ incident, signInId }: Told & { signInId: string }): Promise<void> {
      const signIn = await store.signIns.get(signInId);
      if (!signIn?.outcome) return;
      await note(incident, `login-refused/${signInId}`, {
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
      await note(number, eachTime(incident, 'mended'), words[facts.ended.how]);
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
      const { connectionId, openedAt: since } = incident;
      const { connectionName } = await connectionWithNames(deps, connectionId);
      const news = await newsSince(deps, { connectionId, since });
      await note(number, eachTime(incident, 'caught-up'), {
        kind: 'caught-up',
        ...{ rowsChanged, companies, connectionName, since, news },
      });
    },
  };
}

const alertKey = (incident: number, channel: string) => `incident/${incident}/${channel}`;
