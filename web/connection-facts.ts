import { takingUp } from '../domain/incident-story.ts';
import { findUser, menders, type Bearers, type Office } from '../domain/office.ts';
import type { AccountingSystems } from '../accounting/registry.ts';
import type { Moment } from '../domain/master-data.ts';
import type { Incident, IncidentEvent } from '../store/incidents.ts';

/** The name of an office user, or his id when he left the office file. */
export function personName(office: Office, userId: string): string {
  return findUser(office, userId)?.name ?? userId;
}

/** The name of an accounting system, or its id when this installation no longer has it. */
export function systemName(systems: AccountingSystems, systemId: string): string {
  return systems.all().find(({ id }) => id === systemId)?.name ?? systemId;
}

/** Names of everybody who may mend the connection, the synchronisation user first. */
export function namesOfMenders(office: Office, bearers: Bearers): string[] {
  return menders(office, bearers).map(({ name }) => name);
}

/** Who took the incident up last, by name, or null. */
export function whoIsOnIt(office: Office, incident: Incident | null): string | null {
  const by = lastTakenUp(incident)?.data['by'];
  return typeof by === 'string' ? personName(office, by) : null;
}

/** Since when that person is on it, or null. */
export function onItSince(incident: Incident | null): Moment | null {
  return lastTakenUp(incident)?.at ?? null;
}

function lastTakenUp(incident: Incident | null): IncidentEvent | null {
  return incident?.endedAt === null ? takingUp(incident.story) : null;
}
