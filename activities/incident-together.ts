import type { BrokenConnection, Disconnections } from '../domain/announcements/incidents.ts';
import type { ConnectionState } from '../domain/connection.ts';
import { askedInPerson, reached } from '../domain/human-step.ts';
import { snoozeOf, wantsNoReminder, whoHasTakenUp } from '../domain/incident-story.ts';
import { findUser, menders } from '../domain/office.ts';
import type { KnownCompany } from '../store/companies.ts';
import type { Incident } from '../store/incidents.ts';
import { audienceOf } from './audience.ts';
import type { ActivityDeps } from './deps.ts';
import { alertKey, brokenLink, endingOf, requestKey } from './incident-facts.ts';
import { nameOf, slackUserOf } from './names.ts';
import { createTurns } from './turns.ts';

/** Slack takes some fifty edits a minute, and nobody reads faster: docs.slack.dev/apis/web-api/rate-limits */
const aSecond = 1_000;

/** One of those that broke together, with its connection. */
export interface Broken {
  incident: Incident;
  state: ConnectionState;
}

/**
 * What is said about logins that broke together, for the same cause: one message per channel and one per person who is
 * asked, those of the first of them, each of which lists all of them.
 */
export function createTogetherTelling(deps: ActivityDeps) {
  const { store, speaker, office, systems, now, betweenEditsMs = aSecond } = deps;
  const turns = createTurns(tell, betweenEditsMs);

  async function all(first: number): Promise<Broken[]> {
    const states = new Map((await store.connections.all()).map((state) => [state.id, state]));
    return (await store.incidents.together(first)).flatMap((incident) => {
      const state = states.get(incident.connectionId);
      return state ? [{ incident, state }] : [];
    });
  }

  async function tell(first: number): Promise<void> {
    const broken = await all(first);
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
    all,

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

    /**
     * A new line for everybody whose turn it is for one of those that are open, and who wants to hear it; with `only`, for
     * one person whose snooze is over.
     */
    async nudge(
      first: number,
      broken: readonly Broken[],
      reminder: { key: string; now: number; only: string | null },
    ): Promise<void> {
      const at = new Date(reminder.now).toISOString();
      const still = new Map<string, number>();
      const whoseTurn = ({ incident, state }: Broken) =>
        reminder.only === null
          ? reached(office, brokenLink(state, incident), reminder.now).flatMap(({ people }) => people)
          : menders(office, state).flatMap(({ id }) => (id === reminder.only ? [id] : []));
      for (const { incident, state } of broken.filter(isOpen))
        for (const person of whoseTurn({ incident, state }))
          if (!wantsNoReminder(incident.story, person, at)) still.set(person, (still.get(person) ?? 0) + 1);
      for (const [person, connections] of still) {
        const slackUser = findUser(office, person)?.slackUserId;
        if (!slackUser) continue;
        await speaker.say({
          key: `${requestKey(first, person)}/${reminder.key}`,
          to: { slackUser },
          inThreadOf: requestKey(first, person),
          announcement: {
            what: 'mend-reminder',
            connectionName: null,
            connections,
            openForMs: reminder.now - sinceOf(broken),
            again: false,
          },
        });
      }
    },
  };
}

type Hit = KnownCompany & { connectionId: string };
export const isOpen = ({ incident }: Broken): boolean => incident.endedAt === null;

/** Who speaks for all of them when something falls due by itself: the first that nobody takes care of or put off. */
export function speakerOf(broken: readonly Broken[], moment: string): Broken | null {
  const isFree = ({ incident: { story } }: Broken) =>
    whoHasTakenUp(story) === null && snoozeOf(story, moment) === null;
  return broken.find((one) => isOpen(one) && isFree(one)) ?? null;
}

export const sinceOf = (broken: readonly Broken[]): number =>
  Math.min(...broken.map(({ incident }) => Date.parse(incident.openedAt)));
