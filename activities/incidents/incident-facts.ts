import type {
  Asked,
  BrokenAgain,
  Disconnection,
  IncidentEnding,
} from '../../domain/announcements/incidents.ts';
import type { BrokenLink } from '../../domain/incidents/human-step.ts';
import { snoozeOf, whoHasTakenUp } from '../../domain/incidents/incident-story.ts';
import { whoCame } from '../../domain/logins/sign-in-link.ts';
import type { ConnectionState } from '../../domain/connection.ts';
import { localDay } from '../../domain/offices/working-hours.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { Incident } from '../../store/incidents/incidents.ts';
import type { ActivityDeps } from '../deps.ts';
import { connectionWithNames, nameOf, slackUserOf } from '../names.ts';
import type { PersonId } from '../../domain/ids.ts';

/** What every message about an incident says, wherever it stands; people by name. */
export type IncidentFacts = Pick<
  Disconnection,
  | 'connectionId'
  | 'connectionName'
  | 'systemName'
  | 'cause'
  | 'login'
  | 'synchronisationUser'
  | 'since'
  | 'onIt'
  | 'snoozed'
  | 'again'
  | 'ended'
>;

export async function incidentNumbered({ store }: ActivityDeps, number: number): Promise<Incident> {
  const incident = await store.incidents.get(number);
  if (!incident) throw new Error(`Incident ${number} is not in the store`);
  return incident;
}

export async function incidentFacts(
  deps: ActivityDeps,
  incident: Incident,
): Promise<{ facts: IncidentFacts; state: ConnectionState }> {
  const { state, ...names } = await connectionWithNames(deps, incident.connectionId);
  const onIt = whoHasTakenUp(incident.story);
  const snooze = snoozeOf(incident.story, deps.now().toISOString());
  const facts = {
    ...names,
    cause: incident.cause,
    login: state.login?.accountingUserName ?? names.systemName,
    synchronisationUser: nameOf(deps, state.synchronisationUserId),
    since: incident.openedAt,
    onIt: onIt === null ? null : nameOf(deps, onIt),
    snoozed: snooze && { by: nameOf(deps, snooze.by), until: snooze.until },
    again: againOf(deps, incident, await endedLately(deps, incident.openedAt)),
    ended: endingOf(deps, incident),
  };
  return { facts, state };
}

/** Incidents that ended on the day of this moment in the office, wherever it is, or later. */
export function endedLately({ store }: ActivityDeps, openedAt: Moment): Promise<Incident[]> {
  return store.incidents.endedSince(new Date(Date.parse(openedAt) - 2 * 86_400_000).toISOString());
}

/** What is said of an incident of a connection that had broken before on the same day; null when it had not. */
export function againOf(
  deps: ActivityDeps,
  { number, connectionId, openedAt }: Incident,
  lately: readonly Incident[],
): BrokenAgain | null {
  const { timeZone } = deps.office;
  const today = localDay(timeZone, Date.parse(openedAt));
  const earlier = lately.filter(
    (one) =>
      one.connectionId === connectionId &&
      one.number < number &&
      one.endedAt !== null &&
      localDay(timeZone, Date.parse(one.endedAt)) === today,
  );
  const [last] = earlier.toSorted((one, other) => other.number - one.number);
  if (!last?.endedAt) return null;
  return {
    timesToday: earlier.length + 1,
    mendedBy: whoEnded(deps, last),
    workedMs: Math.max(0, Date.parse(openedAt) - Date.parse(last.endedAt)),
  };
}

/** People who are asked, as a message calls them. */
export function askedPeople(deps: ActivityDeps, ids: readonly string[]): Asked[] {
  return ids.map((id) => ({ name: nameOf(deps, id), slackUser: slackUserOf(deps, id) }));
}

export function endingOf(deps: ActivityDeps, incident: Incident): IncidentEnding | null {
  if (incident.endedAt === null) return null;
  const { endedAt: at, how } = incident;
  return { at, by: whoEnded(deps, incident), how: how ?? 'reconnected' };
}

/** Whoever logged in without an account is named beside the person who passed the link on. */
function whoEnded(deps: ActivityDeps, { endedBy, how, story }: Incident): string | null {
  if (endedBy === null) return null;
  const last = story.at(-1);
  const outsider = how === 'reconnected' && last?.kind === 'logged-in-for' ? last.data.outsider : null;
  return whoCame(outsider, nameOf(deps, endedBy));
}

export const alertKey = (incident: number, channel: string): string => `incident/${incident}/${channel}`;
export const requestKey = (incident: number, person: PersonId): string =>
  `incident/${incident}/asked/${person}`;

/** Since when people have had time to mend it. */
export function brokenLink(state: ConnectionState, incident: Incident): BrokenLink {
  const { synchronisationUserId, standInId } = state;
  return { synchronisationUserId, standInId, openedAt: Date.parse(incident.openedAt) };
}
