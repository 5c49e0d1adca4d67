import * as may from '../domain/acts.ts';
import type { ConnectionState } from '../domain/connection.ts';
import { findUser, type Office } from '../domain/offices/office.ts';
import type { Action } from '../workflows/contract.ts';
import { ObjectionError } from './errors.ts';
import type { Gateway } from './gateway.ts';
import type { ConnectionId } from '../domain/ids.ts';

/** Verbs by which a person asks something of one connection. */
type Verb = {
  [V in keyof Gateway]: Parameters<Gateway[V]> extends [string, Action] ? V : never;
}[keyof Gateway];
type Asked<V extends Verb> = Parameters<Gateway[V]>[1] & Action;

/**
 * The gateway, with everything a person asks for held against the office as it is now: whatever door it came through, and whatever
 * that door forgot to ask. Verbs are listed one by one, so that a new one does not compile before it is decided who may.
 */
export function guarded(
  gateway: Gateway,
  deps: { office: Office; connections: { get(id: string): Promise<ConnectionState | null> } },
): Gateway {
  const { office, connections } = deps;

  /** @throws ObjectionError */
  async function must<Asked extends Action>(
    mayAct: may.MayAct<Asked>,
    connectionId: ConnectionId,
    what: Asked,
  ): Promise<void> {
    const user = findUser(office, what.by);
    const connection = await connections.get(connectionId);
    if (user && mayAct({ user, connection, office }, what)) return;
    throw new ObjectionError('not-allowed');
  }

  const only = <V extends Verb>(mayAct: may.MayAct<Asked<V>>, verb: V): Gateway[V] => {
    const act = gateway[verb].bind(gateway) as (connectionId: ConnectionId, what: Asked<V>) => Promise<void>;
    return async (connectionId: ConnectionId, what: Asked<V>) => {
      await must(mayAct, connectionId, what);
      await act(connectionId, what);
    };
  };

  return {
    async setUp(request) {
      await must(may.superuser, request.connectionId, request);
      await gateway.setUp(request);
    },
    changeSynchronisationUser: only(may.superuser, 'changeSynchronisationUser'),
    undoChange: only(may.superuser, 'undoChange'),
    decideChange: only(may.superuser, 'decideChange'),
    planHandover: only(may.superuser, 'planHandover'),
    cancelHandover: only(may.superuser, 'cancelHandover'),
    setStandIn: only(may.superuser, 'setStandIn'),
    unlinkCompanies: only(may.superuser, 'unlinkCompanies'),
    decideDeletions: only(may.superuser, 'decideDeletions'),
    pause: only(may.superuser, 'pause'),
    resume: only(may.superuser, 'resume'),
    chooseCompanies: only(may.choosesCompanies, 'chooseCompanies'),
    cancelInvitation: only(may.asked, 'cancelInvitation'),
    acknowledge: only(may.responder, 'acknowledge'),
    snooze: only(may.responder, 'snooze'),
    syncNow: only(may.synchronises, 'syncNow'),
    verify: only(may.worksWithConnections, 'verify'),
    unlinkPerson: only(may.looksAfter, 'unlinkPerson'),
    // Who held the link is looked up where the login is redeemed (activities/logins/logins.ts).
    signInReturned: (...login) => gateway.signInReturned(...login),
    // Programs: their signature and their token are looked at where they call.
    packageCalled: (...call) => gateway.packageCalled(...call),
    bookingsChanged: (line) => gateway.bookingsChanged(line),
    reachable: () => gateway.reachable(),
  };
}
