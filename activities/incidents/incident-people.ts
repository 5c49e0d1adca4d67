import type { Asked, MendReminder } from '../../domain/announcements/incidents.ts';
import { ladder, reached } from '../../domain/incidents/human-step.ts';
import { wantsNoReminder, whoHasTakenUp } from '../../domain/incidents/incident-story.ts';
import type { Incident } from '../../store/incidents/incidents.ts';
import { peopleReached, toBeAsked } from '../audience.ts';
import type { ActivityDeps } from '../deps.ts';
import { bookedAgain } from './booked-again.ts';
import { askedPeople, brokenLink, incidentFacts, requestKey } from './incident-facts.ts';
import { slackUserOf } from '../names.ts';
import type { PersonId } from '../../domain/ids.ts';

/** What is said about an incident to people in person, in direct messages. */
export function createPersonalTelling(deps: ActivityDeps) {
  const { store, speaker, office } = deps;

  /**
   * Whoever is to be asked by now is; every request says how it stands. Where Slack lets us reach somebody no more, the
   * next one is asked at once.
   */
  async function askInPerson(incident: Incident, now: number): Promise<void> {
    for (let known = -1, asked = await tellThoseAsked(incident, now); asked > known;) {
      known = asked;
      asked = await tellThoseAsked(incident, now);
    }
  }

  /** How many are asked by now. */
  async function tellThoseAsked(incident: Incident, now: number): Promise<number> {
    const { facts, state } = await incidentFacts(deps, incident);
    const broken = brokenLink(state, incident);
    const since = new Date(now).toISOString();
    if (incident.endedAt === null)
      for (const officeUserId of await toBeAsked(deps, broken, now))
        await store.incidentPeople.add(incident.number, { officeUserId, role: 'asked', since });
    const rungs = ladder(office, broken);
    const asked = (await store.incidentPeople.of(incident.number)).filter(({ role }) => role === 'asked');
    await Promise.all(
      asked.map(async ({ officeUserId }) => {
        const slackUser = slackUserOf(deps, officeUserId);
        const key = requestKey(incident.number, officeUserId);
        if (slackUser === null || (facts.ended && !(await wasWritten(key)))) return;
        const rung = rungs.find(({ people }) => people.includes(officeUserId));
        await speaker.say({
          key,
          to: { slackUser },
          tellsOf: [incident.number],
          announcement: {
            what: 'mend-request',
            ...facts,
            isYours: whoHasTakenUp(incident.story) === officeUserId,
            as: rung && rung.name !== 'channel' ? rung.name : 'superusers',
            companies: state.companies,
          },
        });
      }),
    );
    return asked.length;
  }

  /** What was never to be said is not said when it is over. */
  const wasWritten = async (key: string) => (await store.deliveries.get(key)) !== null;

  /**
   * A new line below the request, for everybody whose turn it is and who wants to hear it.
   */
  async function nudge(
    incident: Incident,
    reminder: { key: string; now: number; only?: string | null },
  ): Promise<void> {
    const { facts, state } = await incidentFacts(deps, incident);
    const broken = brokenLink(state, incident);
    const people = reminder.only ? [reminder.only] : await peopleReached(deps, broken, reminder.now);
    const at = new Date(reminder.now).toISOString();
    const openForMs = reminder.now - Date.parse(incident.openedAt);
    const { connectionName } = facts;
    await Promise.all(
      people
        .filter((person) => !wantsNoReminder(incident.story, person, at))
        .map((person) =>
          sayBelow(
            { person, below: incident.number, key: reminder.key },
            { connectionName, connections: 1, openForMs },
          ),
        ),
    );
  }

  /** A new line below the request of the incident `below`; none for whoever is not in Slack. */
  async function sayBelow(
    { person, below, key }: { person: PersonId; below: number; key: string },
    reminder: Omit<MendReminder, 'what'>,
  ): Promise<void> {
    const slackUser = slackUserOf(deps, person);
    if (slackUser === null) return;
    const request = requestKey(below, person);
    await speaker.say({
      key: `${request}/${key}`,
      to: { slackUser },
      inThreadOf: request,
      topic: `${request}/reminder`,
      announcement: { what: 'mend-reminder', ...reminder },
    });
  }

  return {
    askInPerson,
    nudge,
    sayBelow,

    wasWritten,

    /** Everybody who has been asked so far, and whether the channel is to hear it as well. */
    async askedSoFar(incident: Incident, now: number): Promise<{ asked: Asked[]; channelToo: boolean }> {
      const { state } = await incidentFacts(deps, incident);
      const broken = brokenLink(state, incident);
      const rungs = reached(office, broken, now);
      return {
        asked: askedPeople(deps, await peopleReached(deps, broken, now)),
        channelToo: rungs.some(({ name }) => name === 'channel'),
      };
    },

    /** Everybody who met the error and was not asked to mend it hears once that it is over. */
    async tellAffected(incident: Incident): Promise<void> {
      const { facts, state } = await incidentFacts(deps, incident);
      if (!facts.ended) return;
      const { connectionName, since, ended } = facts;
      const { when } = await bookedAgain(deps, state, await store.companies.linked(state.id));
      const affected = (await store.incidentPeople.of(incident.number)).filter(
        ({ role }) => role === 'affected',
      );
      await Promise.all(
        affected.map(async ({ officeUserId }) => {
          const slackUser = slackUserOf(deps, officeUserId);
          if (slackUser === null) return;
          await speaker.say({
            key: `incident/${incident.number}/over/${officeUserId}`,
            to: { slackUser },
            announcement: { what: 'incident-over', connectionName, since, ended, bookedAgain: when },
          });
        }),
      );
    },
  };
}
