import type { BrokenConnection, Disconnections } from '../../domain/announcements/incidents.ts';
import { snoozeOf, whoHasTakenUp } from '../../domain/incidents/incident-story.ts';
import { responders } from '../../domain/offices/office.ts';
import type { KnownCompany } from '../../store/connections/companies.ts';
import type { Incident } from '../../store/incidents/incidents.ts';
import { audienceOf, toBeAsked } from '../audience.ts';
import { groupOf, isOpen, sinceOf, type Broken } from './incident-group.ts';
import type { ActivityDeps } from '../deps.ts';
import { againOf, alertKey, brokenLink, endedLately, endingOf, requestKey } from './incident-facts.ts';
import { nameOf, slackUserOf } from '../names.ts';
import { createKeyedQueue } from '../keyed-queue.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** Slack takes some fifty edits a minute, and nobody reads faster: docs.slack.dev/apis/web-api/rate-limits */
const aSecond = 1_000;

/**
 * What is said about logins that broke together, for the same cause: one message per channel and one per person who is
 * asked, those of the first of them, each of which lists all of them.
 */
export function createGroupTelling(deps: ActivityDeps) {
  const { store, speaker, office, systems, now, betweenEditsMs = aSecond } = deps;
  const queue = createKeyedQueue(tell, betweenEditsMs);

  async function tell(first: number): Promise<void> {
    const broken = await groupOf(deps, first);
    await tellChannels(first, broken);
    await tellPeople(first, broken);
  }

  async function tellChannels(first: number, broken: readonly Broken[]): Promise<void> {
    const companies = await store.companies.linkedTo(broken.map(({ state }) => state.id));
    await Promise.all(
      audienceOf(office, companies).map(async ({ channel, companies: hit }) => {
        const those =
          channel === office.channelId
            ? broken
            : broken.filter(({ state }) => hit.some(({ connectionId }) => connectionId === state.id));
        // What nobody ever heard of is no news when it is over.
        if (!those.some(isOpen) && !(await store.deliveries.get(alertKey(first, channel)))) return;
        const may = those
          .filter(isOpen)
          .flatMap(({ state }) => responders(office, state).map(({ name }) => name));
        await speaker.say({
          key: alertKey(first, channel),
          to: { channel },
          tellsOf: those.map(({ incident }) => incident.number),
          announcement: { ...(await factsOf(those, hit)), mayReconnect: [...new Set(may)] },
        });
      }),
    );
  }

  async function tellPeople(first: number, broken: readonly Broken[]): Promise<void> {
    const companies = await store.companies.linkedTo(broken.map(({ state }) => state.id));
    const people = await store.incidentPeople.ofAll(broken.map(({ incident }) => incident.number));
    const asked = people.filter(({ role }) => role === 'asked');
    await Promise.all(
      [...new Set(asked.map(({ officeUserId }) => officeUserId))].map(async (person) => {
        const slackUser = slackUserOf(deps, person);
        const own = asked.filter(({ officeUserId }) => officeUserId === person);
        const those = broken.filter(({ incident }) => own.some((one) => one.incident === incident.number));
        if (slackUser === null) return;
        if (!those.some(isOpen) && !(await store.deliveries.get(requestKey(first, person)))) return;
        await speaker.say({
          key: requestKey(first, person),
          to: { slackUser },
          tellsOf: those.map(({ incident }) => incident.number),
          announcement: { ...(await factsOf(those, companies)), mayReconnect: null },
        });
      }),
    );
  }

  async function factsOf(
    broken: readonly Broken[],
    companies: readonly Hit[],
  ): Promise<Omit<Disconnections, 'mayReconnect'>> {
    const [one] = broken;
    if (!one) throw new Error('Nothing broke');
    const open = broken.filter(isOpen);
    // Of one that broke later nobody shall read that it has been broken for as long as one that is mended.
    const since = new Date(sinceOf(open.length > 0 ? open : broken)).toISOString();
    const lately = await endedLately(deps, since);
    const at = now().toISOString();
    const snoozes = open.map(({ incident }) => snoozeOf(incident.story, at));
    const snooze = snoozes.every((each) => each !== null) ? (snoozes[0] ?? null) : null;
    const ids = new Set(open.map(({ state }) => state.id));
    return {
      what: 'disconnections',
      systemName: systems.get(one.state.system).name,
      since,
      companies: companies.filter(({ connectionId }) => ids.has(connectionId)).length,
      connections: broken.map((one) => lineOf(one, lately)),
      snoozed: snooze && { by: nameOf(deps, snooze.by), until: snooze.until },
    };
  }

  function lineOf({ incident, state }: Broken, lately: readonly Incident[]): BrokenConnection {
    const onIt = whoHasTakenUp(incident.story);
    return {
      connectionId: state.id,
      name: state.name,
      login: state.login?.accountingUserName ?? state.name,
      cause: incident.cause,
      onIt: onIt && nameOf(deps, onIt),
      again: againOf(deps, incident, lately),
      ended: endingOf(deps, incident),
    };
  }

  return {
    /**
     * Says how all of them stand. With `mayWait` it is left to whoever waits for their turn already: when that fails,
     * it is theirs to try again.
     */
    async tell(first: number, { mayWait }: { mayWait: boolean }): Promise<void> {
      if (mayWait && queue.isWaiting(first)) return;
      await queue.take(first);
    },

    /** Whoever is to be asked about this one by `moment` is among those who are told. */
    async noteAsked({ incident, state }: Broken, moment: number): Promise<void> {
      if (incident.endedAt !== null) return;
      const since = new Date(moment).toISOString();
      for (const officeUserId of await toBeAsked(deps, brokenLink(state, incident), moment))
        await store.incidentPeople.add(incident.number, { officeUserId, role: 'asked', since });
    },
  };
}

export type GroupTelling = ReturnType<typeof createGroupTelling>;

type Hit = KnownCompany & { connectionId: ConnectionId };
