import type { Disconnection, IncidentNote } from '../domain/announcements.ts';
import { teamsOf } from '../domain/office.ts';
import type { Incident } from '../store/incidents.ts';
import type { ActivityDeps } from './deps.ts';
import { connectionWithNames, nameOf, whoMayReconnect } from './names.ts';
import { whyRefused } from './refusal-words.ts';

type HitCompany = { code: string; name: string };

export function createIncidentTellingActivities(deps: ActivityDeps) {
  const { store, speaker, office, now } = deps;

  async function incidentNumbered(number: number): Promise<Incident> {
    const incident = await store.incidents.get(number);
    if (!incident) throw new Error(`Incident ${number} is not in the store`);
    return incident;
  }

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
  async function alertAll(connectionId: string, number: number): Promise<void> {
    const incident = await incidentNumbered(number);
    const facts = await disconnectionFacts(connectionId, incident);
    for (const { channel, companies } of await audience(connectionId))
      await speaker.say({
        key: alertKey(number, channel),
        to: { channel },
        announcement: { ...facts, companies },
      });
  }

  async function disconnectionFacts(
    connectionId: string,
    incident: Incident,
  ): Promise<Omit<Disconnection, 'companies'>> {
    const { state, connectionName, systemName } = await connectionWithNames(deps, connectionId);
    const takenUp = incident.story.filter((event) => event.kind === 'taken-up').at(-1);
    return {
      what: 'disconnection',
      incident: incident.number,
      connectionId,
      connectionName,
      systemName,
      cause: incident.cause,
      login: state.login?.accountingUserName ?? systemName,
      synchronisationUser: nameOf(deps, state.synchronisationUserId),
      since: incident.openedAt,
      mayReconnect: whoMayReconnect(deps, state),
      onIt: takenUp ? nameOf(deps, String(takenUp.data.by)) : null,
      ended:
        incident.endedAt === null
          ? null
          : {
              by: nameOf(deps, incident.endedBy ?? ''),
              at: incident.endedAt,
              how: incident.how === 'changed' ? 'changed' : 'reconnected',
            },
    };
  }

  /** A line in the thread of the office channel's alert. */
  async function note(number: number, key: string, words: IncidentNote['note']): Promise<void> {
    await speaker.say({
      key: `incident/${number}/${key}`,
      to: { channel: office.channelId },
      inThreadOf: alertKey(number, office.channelId),
      announcement: { what: 'incident-note', note: words },
    });
  }

  return {
    /** Tells everybody who is hit, or edits what was told. */
    async tellDisconnection({
      connectionId,
      incident,
    }: {
      connectionId: string;
      incident: number;
    }): Promise<void> {
      await alertAll(connectionId, incident);
      const { story } = await incidentNumbered(incident);
      for (const event of story.filter(({ kind }) => kind === 'taken-up')) {
        const by = String(event.data.by);
        await note(incident, `taken-up/${by}`, { kind: 'taken-up', by: nameOf(deps, by) });
      }
    },

    async remindOfIncident({
      connectionId,
      incident,
      count,
    }: {
      connectionId: string;
      incident: number;
      count: number;
    }): Promise<void> {
      const { openedAt } = await incidentNumbered(incident);
      const { state } = await connectionWithNames(deps, connectionId);
      await note(incident, `reminder/${count}`, {
        kind: 'reminder',
        openForMs: now().getTime() - Date.parse(openedAt),
        mayReconnect: whoMayReconnect(deps, state),
      });
    },

    async tellRefusedLogin({
      incident,
      signInId,
    }: {
      connectionId: string;
      incident: number;
      signInId: string;
    }): Promise<void> {
      const signIn = await store.signIns.get(signInId);
      if (!signIn?.outcome) return;
      await note(incident, `login-refused/${signInId}`, {
        kind: 'login-refused',
        by: nameOf(deps, signIn.officeUserId),
        why: whyRefused(signIn.outcome),
      });
    },

    /** Edits every alert to "reconnected by … after …" and puts the story in the thread. */
    async tellMended({
      connectionId,
      incident: number,
    }: {
      connectionId: string;
      incident: number;
    }): Promise<void> {
      await alertAll(connectionId, number);
      const incident = await incidentNumbered(number);
      const { state } = await connectionWithNames(deps, connectionId);
      const linked = await store.companies.linked(connectionId);
      const missing = linked.filter(({ status }) => status !== 'reachable');
      const by = nameOf(deps, incident.endedBy ?? '');
      const login = state.login?.accountingUserName ?? '';
      const afterMs = Date.parse(incident.endedAt ?? incident.openedAt) - Date.parse(incident.openedAt);
      await note(
        number,
        'mended',
        incident.how === 'changed'
          ? { kind: 'changed', by, login, afterMs }
          : {
              kind: 'reconnected',
              by,
              login,
              reachable: linked.length - missing.length,
              total: linked.length,
              afterMs,
              missing: missing.map(({ code, name }) => ({ code, name })),
            },
      );
    },

    async tellCaughtUp({
      incident,
      rowsChanged,
      companies,
    }: {
      incident: number;
      rowsChanged: number;
      companies: number;
    }): Promise<void> {
      await note(incident, 'caught-up', { kind: 'caught-up', rowsChanged, companies });
    },
  };
}

const alertKey = (incident: number, channel: string) => `incident/${incident}/${channel}`;
