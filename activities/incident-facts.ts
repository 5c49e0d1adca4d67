import type { Disconnection, IncidentEnding } from '../domain/announcements/incidents.ts';
import type { BrokenLink } from '../domain/human-step.ts';
import { snoozeOf, whoHasTakenUp } from '../domain/incident-story.ts';
import type { ConnectionState } from '../domain/connection.ts';
import type { Incident } from '../store/incidents.ts';
import type { ActivityDeps } from './deps.ts';
import { connectionWithNames, nameOf } from './names.ts';

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
    ended: endingOf(deps, incident),
  };
  return { facts, state };
}

export function endingOf(deps: ActivityDeps, incident: Incident): IncidentEnding | null {
  if (incident.endedAt === null) return null;
  const { how } = incident;
  return {
    at: incident.endedAt,
    by: whoEnded(deps, incident),
    how: how === 'changed' || how === 'works-again' ? how : 'reconnected',
  };
}

/** Whoever logged in without an account is named beside the person who passed the link on. */
function whoEnded(deps: ActivityDeps, { endedBy, how, story }: Incident): string | null {
  if (endedBy === null) return null;
  const name = nameOf(deps, endedBy);
  const last = story.at(-1);
  const outsider = how === 'reconnected' && last?.kind === 'logged-in-for' ? last.data['outsider'] : null;
  return typeof outsider === 'string' ? `${outsider}, whom ${name} had asked,` : name;
}

export const alertKey = (incident: number, channel: string): string => `incident/${incident}/${channel}`;
export const requestKey = (incident: number, person: string): string =>
  `incident/${incident}/asked/${person}`;

/** Since when people have had time to mend it: a new break begins anew. */
export function brokenLink(state: ConnectionState, incident: Incident): BrokenLink {
  const again = incident.story.findLast(({ kind }) => kind === 'reopened');
  const { synchronisationUserId, standInId } = state;
  return { synchronisationUserId, standInId, openedAt: Date.parse(again?.at ?? incident.openedAt) };
}

/** What is said once each time it ends has another key when it broke again after the first time. */
export function eachTime({ reopened }: Incident, what: string): string {
  return reopened > 0 ? `${what}/again-${reopened}` : what;
}
