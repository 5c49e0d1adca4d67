import type { BrokenConnection, Disconnections } from '../domain/announcements/incidents.ts';
import { askedInPerson } from '../domain/human-step.ts';
import { snoozeOf, whoHasTakenUp } from '../domain/incident-story.ts';
import { menders } from '../domain/office.ts';
import type { KnownCompany } from '../store/companies.ts';
import { audienceOf } from './audience.ts';
import { brokenTogether, isOpen, type Broken } from './broken-together.ts';
import type { ActivityDeps } from './deps.ts';
import { alertKey, brokenLink, endingOf, requestKey } from './incident-facts.ts';
import { nameOf, slackUserOf } from './names.ts';
import { createTurns } from './turns.ts';

/** Slack takes some fifty edits a minute, and nobody reads faster: docs.slack.dev/apis/web-api/rate-limits */
const aSecond = 1_000;

/**
 * What is said about logins that broke together, for the same cause: one message per channel and one per person who is
 * asked, those of the first of them, each of which lists all of them.
 */
export function createTogetherTelling(deps: ActivityDeps) {
  const { store, speaker, office, systems, now, betweenEditsMs = aSecond } = deps;
  const turns = createTurns(tell, betweenEditsMs);

  async function tell(first: number): Promise<void> {
    const broken = await brokenTogether(deps, first);
    await tellChannels(first, broken);
    await tellPeople(first, broken);
  }

  async function tellChannels(first: number, broken: readonly Broken[]): Promise<void> {
    const companies = await store.companies.linkedTo(broken.map(({ state }) => state.id));
    for (const { channel, companies: hit } of audienceOf(office, companies)) {
      const isOffice = channel === office.channelId;
      const those = isOffice
        ? broken
        : broken.filter(({ state }) => hit.some(({ connectionId }) => connectionId === state.id));
      const may = those.filter(isOpen).flatMap(({ state }) => menders(office, state).map(({ name }) => name));
      await speaker.say({
        key: alertKey(first, channel),
        to: { channel },
        announcement: { ...factsOf(those, hit), mayReconnect: [...new Set(may)] },
      });
      if (!isOffice) continue;
      await store.incidents.told(
        broken.filter(({ incident }) => incident.toldAt === null).map(({ incident }) => incident.number),
        now().toISOString(),
      );
    }
  }

  async function tellPeople(first: number, broken: readonly Broken[]): Promise<void> {
    const companies = await store.companies.linkedTo(broken.map(({ state }) => state.id));
    const people = await store.incidentPeople.ofAll(broken.map(({ incident }) => incident.number));
    const asked = people.filter(({ role }) => role === 'asked');
    for (const person of new Set(asked.map(({ officeUserId }) => officeUserId))) {
      const slackUser = slackUserOf(deps, person);
      const own = asked.filter(({ officeUserId }) => officeUserId === person);
      const those = broken.filter(({ incident }) => own.some((one) => one.incident === incident.number));
      if (slackUser === null) continue;
      await speaker.say({
        key: requestKey(first, person),
        to: { slackUser },
        announcement: { ...factsOf(those, companies), mayReconnect: null },
      });
    }
  }

  function factsOf(
    broken: readonly Broken[],
    companies: readonly Hit[],
  ): Omit<Disconnections, 'mayReconnect'> {
    const [one] = broken;
    if (!one) throw new Error('Nothing broke');
    const open = broken.filter(isOpen);
    const at = now().toISOString();
    const snoozes = open.map(({ incident }) => snoozeOf(incident.story, at));
    const snooze = snoozes.every((each) => each !== null) ? (snoozes[0] ?? null) : null;
    const ids = new Set(open.map(({ state }) => state.id));
    return {
      what: 'disconnections',
      systemName: systems.get(one.state.system).name,
      since: broken.map(({ incident }) => incident.openedAt).sort()[0] ?? one.incident.openedAt,
      companies: companies.filter(({ connectionId }) => ids.has(connectionId)).length,
      connections: broken.map(lineOf),
      snoozed: snooze && { by: nameOf(deps, snooze.by), until: snooze.until },
    };
  }

  function lineOf({ incident, state }: Broken): BrokenConnection {
    const onIt = whoHasTakenUp(incident.story);
    return {
      connectionId: state.id,
      name: state.name,
      login: state.login?.accountingUserName ?? state.name,
      cause: incident.cause,
      onIt: onIt && nameOf(deps, onIt),
      ended: endingOf(deps, incident),
    };
  }

  return {
    /**
     * Says how all of them stand. With `mayWait` it is left to whoever waits for his turn already: when that fails, it is
     * his to try again.
     */
    async tell(first: number, { mayWait }: { mayWait: boolean }): Promise<void> {
      if (mayWait && turns.isWaiting(first)) return;
      await turns.take(first);
    },

    /** Whoever is to be asked about this one by `moment` is among those who are told. */
    async noteAsked({ incident, state }: Broken, moment: number): Promise<void> {
      if (incident.endedAt !== null) return;
      const since = new Date(moment).toISOString();
      for (const officeUserId of askedInPerson(office, brokenLink(state, incident), moment))
        await store.incidentPeople.add(incident.number, { officeUserId, role: 'asked', since });
    },
  };
}

export type TogetherTelling = ReturnType<typeof createTogetherTelling>;

type Hit = KnownCompany & { connectionId: string };
