import type { ConnectionState } from '../../domain/connection.ts';
import {
  findUserBySlackId,
  mayManageConnections,
  mayReconnect,
  mayUseConnections,
  responders,
  possibleSynchronisationUsers,
  superusers,
  type Office,
  type OfficeUser,
} from '../../domain/offices/office.ts';
import { RefusedError } from './refused.ts';
import { listed } from '../messages/words.ts';

/** Who may do what is decided in domain/offices/office.ts; here a "no" becomes a polite sentence that names who can. */
const names = (users: readonly OfficeUser[]) =>
  listed(
    users.map(({ name }) => name),
    'or',
  );

/** @throws RefusedError unless the person may set up, change, pause and resume; `what` completes "Only a superuser can …". */
export function mustManage(office: Office, user: OfficeUser, what: string): void {
  if (mayManageConnections(user)) return;
  throw new RefusedError(
    `Only a superuser can ${what}. In your office that is ${names(superusers(office))}.`,
  );
}

/** @throws RefusedError unless the person may look at connections and start a sync. */
export function mustUse(office: Office, user: OfficeUser, what: string): void {
  if (mayUseConnections(user)) return;
  throw new RefusedError(
    `Only superusers and accountants can ${what}. In your office that is ${names(possibleSynchronisationUsers(office))}.`,
  );
}

/** @throws RefusedError unless the person may mend this connection. */
export function mustMend(office: Office, user: OfficeUser, connection: ConnectionState, what: string): void {
  if (mayReconnect(user, connection)) return;
  const who = responders(office, connection);
  throw new RefusedError(
    `Only the synchronisation user${connection.standInId ? ', the stand-in' : ''} or a superuser can ${what} ${connection.name}. In your office that is ${names(who)}.`,
  );
}

/** For somebody in Slack who is not in the office file, or not any more. */
export function unknownPerson(office: Office, slackUserId: string): RefusedError {
  const former = findUserBySlackId(office, slackUserId);
  if (former)
    return new RefusedError(
      `${former.name} is marked as having left ${office.name}, so Syncuser does nothing for this account any more. If that is wrong, ask ${names(superusers(office))} to correct the users of the office.`,
    );
  return new RefusedError(
    `Syncuser does not know you yet. Ask ${names(superusers(office))} to add you to the users of ${office.name}.`,
  );
}
