import type { ConnectionState } from '../connection.ts';
import {
  findUser,
  isActive,
  isAutomation,
  mayManageConnections,
  mayReconnect,
  type Office,
} from '../offices/office.ts';
import type { Outsider, SignInPurpose } from './sign-in.ts';
import type { PersonId } from '../ids.ts';

/** A link to log in, as it was given out. What it allows follows from this, and from how things are at every step. */
export interface SignInLink {
  /** Office user whose login it is to be, or who mends the connection. */
  officeUserId: PersonId;
  /** Office user who got the link; somebody else only for the login of an automation. */
  heldBy: PersonId;
  /** To whom that person passed it on, or null. */
  outsider: Outsider | null;
  purpose: SignInPurpose;
  /** Number of the incident or of the change that it is for; null for a set-up and for a login of one's own. */
  about: number | null;
}

/**
 * Whether whoever holds the link may still do what it is for. The rules are those of the bot: what a person may not begin in
 * Slack, no link of theirs does.
 */
export function mayUseLink(link: SignInLink, connection: ConnectionState, office: Office): boolean {
  const person = findUser(office, link.officeUserId);
  const holder = findUser(office, link.heldBy);
  if (!person || !holder) return false;
  // Only the one whom a connection leans on may mend it after leaving the office, and only in person.
  if (link.outsider !== null && !isActive(holder)) return false;
  switch (link.purpose) {
    case 'set-up':
      return connection.synchronisationUserId === person.id;
    case 'reconnect':
      return mayReconnect(person, connection);
    case 'change':
      return isActive(person);
    case 'personal':
      return (
        isActive(person) &&
        connection.synchronisationUserId !== person.id &&
        (holder.id === person.id || (isAutomation(person) && mayManageConnections(holder)))
      );
  }
}

/** Whether what the link is for still waits for somebody to log in. */
export function isAwaited(link: SignInLink, connection: ConnectionState): boolean {
  const { state } = connection.link;
  if (state === 'abandoned') return false;
  switch (link.purpose) {
    case 'set-up':
      return state === 'connecting';
    case 'reconnect':
      return state === 'disconnected' && (link.about === null || connection.incident === link.about);
    case 'change':
      // One that was only just asked for is not begun yet.
      if (link.about !== null && connection.changes < link.about) return true;
      return (
        connection.changingTo === link.officeUserId &&
        (link.about === null || connection.changes === link.about)
      );
    case 'personal':
      return connection.login !== null;
  }
}

/** Who came with a link, as people are told: the person who got it, or whom that person asked. */
export function whoCame(outsider: string | null, holder: string): string {
  return outsider === null ? holder : `${outsider}, whom ${holder} had asked,`;
}

/** The number a link is to carry that is given out now: see {@link SignInLink.about}. */
export function aboutNow(
  { purpose, officeUserId }: Pick<SignInLink, 'purpose' | 'officeUserId'>,
  { incident, changes, changingTo }: ConnectionState,
): number | null {
  switch (purpose) {
    case 'reconnect':
      return incident;
    case 'change':
      return changingTo === officeUserId ? changes : changes + 1;
    case 'set-up':
    case 'personal':
      return null;
  }
}
