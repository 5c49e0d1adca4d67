import type { MendReminder } from '../domain/announcements/incidents.ts';
import { askedInPerson, ladder, reached } from '../domain/human-step.ts';
import { wantsNoReminder, whoHasTakenUp } from '../domain/incident-story.ts';
import type { Incident } from '../store/incidents.ts';
import type { ActivityDeps } from './deps.ts';
import { brokenLink, eachTime, incidentFacts, requestKey } from './incident-facts.ts';
import { nameOf, slackUserOf } from './names.ts';

/** What is said about an incident to people in person, in direct messages. */
export function createPersonalTelling(deps: ActivityDeps) {
  const { store, speaker, office } = deps;

  /** Whoever is to be asked by now is; every request says how it stands. */
  async function askInPerson(incident: Incident, now: number): Promise<void> {
    const { facts, state } = await incidentFacts(deps, incident);
    const broken = brokenLink(state, incident);
    if (incident.endedAt === null)
      for (const officeUserId of askedInPerson(office, broken, now))
        await store.incidentPeople.add(incident.number, {
          officeUserId,
          role: 'asked',
          since: new Date(now).toISOString(),
        });
    const rungs = ladder(office, broken);
    for (const { officeUserId, role } of await store.incidentPeople.of(incident.number)) {
      const slackUser = slackUserOf(deps, officeUserId);
      if (role !== 'asked' || slackUser === null) continue;
      const rung = rungs.find(({ people }) => people.includes(officeUserId));
      await speaker.say({
        key: requestKey(incident.number, officeUserId),
        to: { slackUser },
        announcement: {
          what: 'mend-request',
          ...facts,
          isYours: whoHasTakenUp(incident.story) === officeUserId,
          as: rung && rung.name !== 'channel' ? rung.name : 'superusers',
          companies: state.companies,
        },
      });
    }
  }

  /**
   * A new line below the request, for everybody whose turn it is and who wants to hear it. Where several share their
   * messages the request is that of the incident `below`.
   */
  async function nudge(
    incident: Incident,
    reminder: { key: string; now: number; again: boolean; only?: string | null; below?: number },
  ): Promise<void> {
    const { facts, state } = await incidentFacts(deps, incident);
    const rungs = reached(office, brokenLink(state, incident), reminder.now);
    const people = reminder.only ? [reminder.only] : rungs.flatMap((rung) => rung.people);
    const at = new Date(reminder.now).toISOString();
    const below = reminder.below ?? incident.number;
    const openForMs = reminder.now - Date.parse(incident.openedAt);
    const { connectionName } = facts;
    for (const person of people)
      if (!wantsNoReminder(incident.story, person, at))
        await sayBelow(
          { person, below, key: reminder.key },
          { connectionName, connections: 1, openForMs, again: reminder.again },
        );
  }

  /** A new line below the request of the incident `below`; none for whoever is not in Slack. */
  async function sayBelow(
    { person, below, key }: { person: string; below: number; key: string },
    reminder: Omit<MendReminder, 'what'>,
  ): Promise<void> {
    const slackUser = slackUserOf(deps, person);
    if (slackUser === null) return;
    const request = requestKey(below, person);
    await speaker.say({
      key: `${request}/${key}`,
      to: { slackUser },
      inThreadOf: request,
      announcement: { what: 'mend-reminder', ...reminder },
    });
  }

  return {
    askInPerson,
    nudge,
    sayBelow,

    /** Names of everybody who has been asked so far, and whether the channel is to hear it as well. */
    async askedSoFar(incident: Incident, now: number): Promise<{ names: string[]; channelToo: boolean }> {
      const { state } = await incidentFacts(deps, incident);
      const broken = brokenLink(state, incident);
      const rungs = reached(office, broken, now);
      return {
        names: rungs.flatMap(({ people }) => people).map((id) => nameOf(deps, id)),
        channelToo: rungs.some(({ name }) => name === 'channel'),
      };
    },

    /** Everybody who met the error and was not asked to mend it hears once that it is over. */
    async tellAffected(incident: Incident): Promise<void> {
      const { facts } = await incidentFacts(deps, incident);
      if (!facts.ended) return;
      for (const { officeUserId, role } of await store.incidentPeople.of(incident.number)) {
        const slackUser = slackUserOf(deps, officeUserId);
        if (role !== 'affected' || slackUser === null) continue;
        await speaker.say({
          key: `incident/${incident.number}/${eachTime(incident, `over/${officeUserId}`)}`,
          to: { slackUser },
          announcement: {
            what: 'incident-over',
            connectionName: facts.connectionName,
            since: facts.since,
            ended: facts.ended,
          },
        });
      }
    },
  };
}
