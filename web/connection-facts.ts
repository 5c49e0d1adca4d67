import { takingUp } from '../domain/incidents/incident-story.ts';
import { findUser, responders, type KeyPeople, type Office } from '../domain/offices/office.ts';
import type { AccountingSystems } from '../accounting/registry.ts';
import type { Moment } from '../domain/master-data.ts';
import type { Incident } from '../store/incidents/incidents.ts';

/** The name of an office user, or their id when they left the office file. */
export function personName(office: Office, userId: string): string {
  return findUser(office, userId)?.name ?? userId;
}

/** The name of an accounting system, or its id when this installation no longer has it. */
export function systemName(systems: AccountingSystems, systemId: string): string {
  return systems.all().find(({ id }) => id === systemId)?.name ?? systemId;
}

/** Names of everybody who may mend the connection, the synchronisation user first. */
export function namesOfResponders(office: Office, keyPeople: KeyPeople): string[] {
  return responders(office, keyPeople).map(({ name }) => name);
}

/** Who took the incident up last, by name, or null. */
export function whoIsOnIt(office: Office, incident: Incident | null): string | null {
  const taken = lastTakenUp(incident);
  return taken && personName(office, taken.data.by);
}

/** Since when that person is on it, or null. */
export function onItSince(incident: Incident | null): Moment | null {
  return lastTakenUp(incident)?.at ?? null;
}

function lastTakenUp(incident: Incident | null) {
  return incident?.endedAt === null ? takingUp(incident.story) : null;
}
