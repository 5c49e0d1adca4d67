import { bookedAgain } from './booked-again.ts';
import type { IncidentNote } from '../../domain/announcements/incidents.ts';
import { whoCame } from '../../domain/logins/sign-in-link.ts';
import type { Incident } from '../../store/incidents/incidents.ts';
import { audienceOf } from '../audience.ts';
import { firstOf, sharesMessages } from './incident-group.ts';
import type { ActivityDeps } from '../deps.ts';
import { alertKey, incidentFacts, incidentNumbered, type IncidentFacts } from './incident-facts.ts';
import { createNewcomerTelling, TooSoon } from './newcomers.ts';
import { createPersonalTelling } from './incident-people.ts';
import { createIncidentReminders } from './incident-reminders.ts';
import { createIncidentThread, ofOne } from './incident-thread.ts';
import { createGroupTelling } from './group-telling.ts';
import { newsSince } from '../sync/master-data-news.ts';
import { connectionWithNames, nameOf, whoMayReconnect } from '../names.ts';
import type { ConnectionId, SignInId } from '../../domain/ids.ts';

interface Told {
  connectionId: ConnectionId;
  incident: number;
}

export function createIncidentTellingActivities(deps: ActivityDeps) {
  const { store, speaker, office, now } = deps;
  const personal = createPersonalTelling(deps);
  const group = createGroupTelling(deps);
  const { tellNewcomers } = createNewcomerTelling(deps);
  const thread = createIncidentThread(deps);
  const remind = createIncidentReminders(deps, { thread, group });

  /** Says, or edits, the alert of an incident in every channel that is hit. */
  async function alertAll(incident: Incident): Promise<IncidentFacts> {
    const { facts, state } = await incidentFacts(deps, incident);
    const mayReconnect = whoMayReconnect(deps, state);
    const linked = await store.companies.linked(incident.connectionId);
    const hit = linked.map(({ code, name }) => ({ code, name }));
    const again = facts.ended && (await bookedAgain(deps, state, linked)); // of the others nothing is promised
    const isPromised = ({ code }: { code: string }) => again === null || again.companies.has(code);
    await Promise.all(
      audienceOf(office, hit).map(async ({ channel, companies }) => {
        const key = alertKey(incident.number, channel);
        if (facts.ended && !(await personal.wasWritten(key))) return;
        await speaker.say({
          key,
          to: { channel },
          tellsOf: [incident.number],
          announcement: {
            what: 'disconnection',
            incident: incident.number,
            ...facts,
            mayReconnect,
            bookedAgain: again?.when ?? null,
            companies: companies.filter(isPromised),
          },
        });
      }),
    );
    return facts;
  }

  /** Tells everybody how it stands now; once more when it changed meanwhile, so that an old word is never the last. */
  async function tellAll(number: number): Promise<{ incident: Incident; facts: IncidentFacts }> {
    for (;;) {
      const incident = await incidentNumbered(deps, number);
      const isShared = await sharesMessages(deps, incident);
      const facts = await (isShared ? tellGroup(incident) : tellAlone(incident));
      await thread.tellStory(incident);
      const after = await incidentNumbered(deps, number);
      const isSame = after.endedAt === incident.endedAt && after.story.length === incident.story.length;
      if (isSame && (await sharesMessages(deps, after)) === isShared) return { incident, facts };
    }
  }

  async function tellAlone(incident: Incident): Promise<IncidentFacts> {
    const [facts] = await Promise.all([alertAll(incident), personal.askInPerson(incident, now().getTime())]);
    return facts;
  }

  async function tellGroup(incident: Incident): Promise<IncidentFacts> {
    const { facts, state } = await incidentFacts(deps, incident);
    await group.noteAsked({ incident, state }, now().getTime());
    // What happened to it is told below a message that has to be there.
    await group.tell(firstOf(incident), { mayWait: incident.story.length === 0 });
    return facts;
  }

  return {
    /**
     * Tells everybody who is hit, or edits what was told; asks whoever is to mend it in person.
     * @throws TooSoon while something new has to wait, because the same people were called just now
     */
    async tellDisconnection({ incident: number }: Told): Promise<void> {
      const { incident } = await tellAll(number);
      const soon = await tellNewcomers(incident);
      if (soon > 0) throw new TooSoon(soon);
    },

    /** The reminder that was due at this moment; with `only`, for one person whose snooze is over. */
    async remindOfIncident(due: Told & { at: string; only: string | null }): Promise<void> {
      const incident = await incidentNumbered(deps, due.incident);
      if (incident.endedAt !== null) return;
      await remind(incident, due);
    },

    async tellRefusedLogin({ incident: number, signInId }: Told & { signInId: SignInId }): Promise<void> {
      const signIn = await store.signIns.get(signInId);
      if (!signIn?.outcome) return;
      await thread.note(await incidentNumbered(deps, number), `login-refused/${signInId}`, {
        kind: 'login-refused',
        by: whoCame(signIn.outsider?.name ?? null, nameOf(deps, signIn.heldBy)),
        outcome: signIn.outcome,
      });
    },

    /** Edits every message to "reconnected by … after …", tells whoever met the error, and ends the story. */
    async tellMended({ incident: number }: Told): Promise<void> {
      const { incident, facts } = await tellAll(number);
      if (!facts.ended) return; // it broke again meanwhile
      await tellNewcomers(incident);
      await personal.tellAffected(incident);
      // Of many that work again by themselves the message says enough.
      if (facts.ended.how === 'works-again' && (await sharesMessages(deps, incident))) return;
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
      await thread.note(incident, ofOne(incident, 'mended'), words[facts.ended.how]);
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
      if (incident.how === 'works-again' && (await sharesMessages(deps, incident))) return;
      const { connectionId, openedAt: since } = incident;
      const { connectionName } = await connectionWithNames(deps, connectionId);
      const found = await newsSince(deps, { connectionId, since });
      await thread.note(incident, ofOne(incident, 'caught-up'), {
        kind: 'caught-up',
        ...{ rowsChanged, companies, connectionName, ...found },
      });
      // Nobody waits for it any more.
      if (!(await sharesMessages(deps, incident))) await alertAll(incident);
      await personal.tellAffected(incident);
    },
  };
}
