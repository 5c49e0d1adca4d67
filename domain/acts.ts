import type { ConnectionState } from './connection.ts';
import {
  findUser,
  isActive,
  isAutomation,
  mayManageConnections,
  mayReconnect,
  mayUseConnections,
  type Office,
  type OfficeUser,
} from './offices/office.ts';
import type { PersonId } from './ids.ts';

/** Somebody of the office who wants something of a connection; null where the connection is not known. */
export interface Actor {
  user: OfficeUser;
  connection: ConnectionState | null;
  office: Office;
}

/** Who may do something; the bot refuses the same in more words, before. */
export type MayAct<What = unknown> = (actor: Actor, what: What) => boolean;

export const superuser: MayAct = ({ user }) => mayManageConnections(user);

export const worksWithConnections: MayAct = ({ user }) => mayUseConnections(user);

/** Also whom the connection leans on, after they left the office. */
export const responder: MayAct = ({ user, connection }) =>
  connection === null ? mayManageConnections(user) : mayReconnect(user, connection);

/** While a connection is set up, whose login it is chooses its companies; later it is up to the superusers. */
export const choosesCompanies: MayAct = (actor, what) =>
  actor.connection?.link.state === 'connecting' ? responder(actor, what) : superuser(actor, what);

/** Whoever is asked to log in may decline, and every superuser may take it back. */
export const asked: MayAct = ({ user, connection }) =>
  mayManageConnections(user) ||
  (isActive(user) && user.id === (connection?.changingTo ?? connection?.synchronisationUserId));

/** A round is for everybody who works with connections; listing everything anew is for superusers. */
export const synchronises: MayAct<{ scope?: { full?: boolean } }> = ({ user }, { scope }) =>
  scope?.full ? mayManageConnections(user) : mayUseConnections(user);

/** Everybody looks after a login of their own, and superusers after those of automations. */
export const looksAfter: MayAct<{ person: PersonId }> = ({ user, office }, { person }) => {
  if (isActive(user) && user.id === person) return true;
  const owner = findUser(office, person);
  return owner !== undefined && isAutomation(owner) && mayManageConnections(user);
};
