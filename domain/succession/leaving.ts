import { findUser, isActive, type KeyPeople, type Office, type OfficeUser } from '../offices/office.ts';

/** As what a connection leans on somebody. */
export type Part = 'synchronisation-user' | 'stand-in';

export interface Leaving {
  person: OfficeUser;
  part: Part;
}

/**
 * The people of the office file as it is now, and everybody who stood in it once: they are known by name, and are
 * inactive. Whoever stands in it now is as it says.
 */
export function withFormerPeople(office: Office, known: readonly OfficeUser[]): Office {
  const former = known.filter(({ id }) => !findUser(office, id));
  return { ...office, users: [...office.users, ...former.map((user) => ({ ...user, inactive: true }))] };
}

/**
 * Whom a connection leans on although they left the office. Their removal does not take effect for this connection
 * until somebody else is verified and takes their place: it goes on with their login meanwhile.
 */
export function leaving(office: Office, { synchronisationUserId, standInId }: KeyPeople): Leaving[] {
  return [
    ...leavingAs(office, synchronisationUserId, 'synchronisation-user'),
    ...leavingAs(office, standInId, 'stand-in'),
  ];
}

function leavingAs(office: Office, id: string | null, part: Part): Leaving[] {
  const person = id === null ? undefined : findUser(office, id);
  return person && !isActive(person) ? [{ person, part }] : [];
}

/** What whoever changed the office file reads when it takes somebody out whom a connection leans on. */
export function removalRefused({ person, part }: Leaving, connectionName: string): string {
  return part === 'synchronisation-user'
    ? `The office file takes ${person.name} out of the office, who is the synchronisation user of ${connectionName}. For this connection that does not take effect until a successor is verified: /syncuser change, or /syncuser handover.`
    : `The office file takes ${person.name} out of the office, who stands in at ${connectionName}. Choose somebody else: /syncuser standin.`;
}
