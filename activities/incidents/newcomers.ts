import type { Announcement } from '../../domain/announcements/index.ts';
import type { Delivery, Recipient } from '../../domain/deliveries.ts';
import type { Incident } from '../../store/incidents/incidents.ts';
import { audienceOf } from '../audience.ts';
import { groupOf, isOpen, nameOfOnly, type Broken } from './incident-group.ts';
import type { ActivityDeps } from '../deps.ts';
import { alertKey, requestKey } from './incident-facts.ts';
import { slackUserOf } from '../names.ts';

/** Whoever reads is not called more often than this; what breaks meanwhile is one line. */
const betweenLinesMs = 10_000;
/** An attempt at Slack has come to its end, well or badly, within a few of these. */
const underWayMs = 2_000;

/** It is to be said after so long: another line has just called the same people. */
export class TooSoon extends Error {
  override name = 'TooSoon';
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('Whoever reads this was called just now');
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * What joined a message after it was posted. An edit notifies nobody, so it is a new line below, for everybody who is hit,
 * unless what was posted there told of it.
 */
export function createNewcomerTelling(deps: ActivityDeps) {
  const { store, speaker, office, now } = deps;

  /** @returns in how many milliseconds it is to be told; 0 when there is nothing left to tell */
  async function tellNewcomers(incident: Incident): Promise<number> {
    const { groupedUnder: first } = incident;
    if (first === null) return 0;
    const all = await groupOf(deps, first);
    const waits = await Promise.all([
      ...(await channelsOf(incident, all)).map(({ channel, those }) =>
        sayBelow(incident, those, {
          root: alertKey(first, channel),
          to: { channel },
          words: (broken) => ({
            what: 'incident-note',
            note: { kind: 'more', names: broken.map(({ state }) => state.name) },
          }),
        }),
      ),
      ...(await peopleOf(incident, all)).map(({ person, slackUser, those }) =>
        sayBelow(incident, those, {
          root: requestKey(first, person),
          to: { slackUser },
          words: (broken) => ({
            what: 'mend-reminder',
            connectionName: nameOfOnly(broken),
            ...{ connections: broken.length, openForMs: 0 },
            more: broken.map(({ state }) => state.name),
          }),
        }),
      ),
    ]);
    return Math.max(0, ...waits);
  }

  /** The channels in which this one is hit, with all that are. */
  async function channelsOf({ connectionId }: Incident, all: readonly Broken[]) {
    const companies = await store.companies.linkedTo(all.map(({ state }) => state.id));
    const isHit = (id: string, hit: typeof companies) => hit.some((company) => company.connectionId === id);
    return audienceOf(office, companies).flatMap(({ channel, companies: hit }) => {
      const isOffice = channel === office.channelId;
      const those = all.filter(({ state }) => isOffice || isHit(state.id, hit));
      return isOffice || isHit(connectionId, hit) ? [{ channel, those }] : [];
    });
  }

  /** Those who are asked about this one, with all they are asked about. */
  async function peopleOf({ number }: Incident, all: readonly Broken[]) {
    const people = await store.incidentPeople.ofAll(all.map(({ incident }) => incident.number));
    const asked = people.filter(({ role }) => role === 'asked');
    return asked.flatMap(({ incident, officeUserId: person }) => {
      const slackUser = slackUserOf(deps, person);
      if (incident !== number || slackUser === null) return [];
      const own = asked.filter(({ officeUserId }) => officeUserId === person);
      return [
        {
          person,
          slackUser,
          those: all.filter((one) => own.some((it) => it.incident === one.incident.number)),
        },
      ];
    });
  }

  async function sayBelow(
    { number, endedAt }: Incident,
    those: readonly Broken[],
    line: { root: string; to: Recipient; words: (broken: readonly Broken[]) => Announcement },
  ): Promise<number> {
    const { root, to, words } = line;
    const message = await store.deliveries.get(root);
    if (!message) return 0; // it will name this one
    const lines = (await store.deliveries.below(root)).filter(({ key }) => key.startsWith(`${root}/more/`));
    const newest = lines.at(-1) ?? message;
    const isUnderWay = isToCome(newest) && newest.sentAt !== null;
    // Words of before this one broke may just be arriving there: only then is it known what they told.
    if (isUnderWay && !newest.postedTellsOf.includes(number)) return underWayMs;
    if (isToCome(message)) return 0; // it will name this one

    const told = new Set(
      [message, ...lines].filter(({ ts }) => ts !== null).flatMap(({ postedTellsOf }) => postedTellsOf),
    );
    const newcomers = those.filter((one) => isOpen(one) && !told.has(one.incident.number));
    const isNew = !isToCome(newest);
    // What is over before it was said need not be said.
    if (isNew && (told.has(number) || endedAt !== null)) return 0;
    const soon = saidAt(newest) + betweenLinesMs - now().getTime();
    if (isNew && soon > 0) return soon;
    await speaker.say({
      key: isNew ? `${root}/more/${lines.length + 1}` : newest.key,
      to,
      inThreadOf: root,
      tellsOf: newcomers.map(({ incident }) => incident.number),
      ...('channel' in to && { alsoInChannel: true }),
      ...(newcomers.length === 0 && { onlyIfSaid: true }),
      announcement: words(newcomers),
    });
    return 0;
  }

  return { tellNewcomers };
}

const isToCome = ({ ts, state }: Delivery) => ts === null && state === 'due';

/** In milliseconds since 1970; what was found after an answer was lost was said to be there long after it was posted. */
function saidAt({ ts, saidAt: at }: Delivery): number {
  return Math.min(Date.parse(at ?? ''), (Number(ts) + 1) * 1_000) || 0;
}
