import { askedInPerson, reached, type BrokenLink } from '../domain/incidents/human-step.ts';
import { teamsOf, type Office } from '../domain/offices/office.ts';
import type { ActivityDeps } from './deps.ts';

/**
 * Who is to hear of these companies: the office channel of all of them, and the channel of each team that is hit of its
 * own. The office comes first, also when there is no company.
 */
export function audienceOf<C extends { code: string; name: string }>(
  office: Office,
  companies: readonly C[],
): { channel: string; companies: C[] }[] {
  const channels = new Set(teamsOf(office, companies).map(({ channelId }) => channelId));
  channels.delete(office.channelId);
  const isKeptIn = (channel: string) => (company: C) =>
    teamsOf(office, [company]).some(({ channelId }) => channelId === channel);
  return [
    { channel: office.channelId, companies: [...companies] },
    ...[...channels].map((channel) => ({ channel, companies: companies.filter(isKeptIn(channel)) })),
  ];
}

/**
 * The office without those whom Slack does not let us reach: whoever is next is asked as well. They are asked all the same,
 * for only what reaches them shows that it does.
 */
async function officeInReach({ office, store }: Pick<ActivityDeps, 'office' | 'store'>): Promise<Office> {
  const unreachable = new Set((await store.unreachable.all()).map(({ recipient }) => recipient));
  return { ...office, users: office.users.filter(({ slackUserId }) => !unreachable.has(slackUserId)) };
}

/** Everybody whose turn it is by now (milliseconds): those on the ladder, and whoever is next to those out of reach. */
export async function peopleReached(
  deps: Pick<ActivityDeps, 'office' | 'store'>,
  broken: BrokenLink,
  now: number,
): Promise<string[]> {
  const rungs = [...reached(deps.office, broken, now), ...reached(await officeInReach(deps), broken, now)];
  return [...new Set(rungs.flatMap(({ people }) => people))];
}

/** Everybody who is to be asked in person by now (milliseconds), and whoever is next to those out of reach. */
export async function toBeAsked(
  deps: Pick<ActivityDeps, 'office' | 'store'>,
  broken: BrokenLink,
  now: number,
): Promise<string[]> {
  const inReach = askedInPerson(await officeInReach(deps), broken, now);
  return [...new Set([...askedInPerson(deps.office, broken, now), ...inReach])];
}
