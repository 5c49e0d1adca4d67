import { findUser, isActive } from '../../../domain/offices/office.ts';
import type { Incident } from '../../../store/incidents/incidents.ts';
import type { WebDeps } from '../../deps.ts';

/** An office user who wants to book while it is not possible is told in Slack when it is over. */
export async function noteWhoMetIt(
  { store, office, now }: Pick<WebDeps, 'store' | 'office' | 'now'>,
  officeUserId: unknown,
  incident: Incident | null,
): Promise<void> {
  if (typeof officeUserId !== 'string' || incident?.endedAt !== null) return;
  const user = findUser(office, officeUserId);
  if (!user || !isActive(user)) return;
  const person = { officeUserId, role: 'affected', since: now().toISOString() } as const;
  await store.incidentPeople.add(incident.number, person);
}
