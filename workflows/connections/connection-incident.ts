import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { Login } from '../../domain/connection.ts';
import { wakeBookings } from './booking-lines.ts';
import type { ConnectionEntity } from './connection-entity.ts';
import { mendedElsewhere, workflowIds, type Break, type ReconnectResult } from '../contract.ts';
import type { Reachable } from '../child-slot.ts';
import { forward } from '../forward.ts';
import { reconnect } from '../incidents/reconnect.ts';
import { remember, tell, type Steps } from '../steps.ts';
import type { PersonId } from '../../domain/ids.ts';

/** The login is broken: open (or take up again) the incident and send somebody to get it mended. */
export async function openIncident(entity: ConnectionEntity): Promise<void> {
  const { id: connectionId, name, link, login, synchronisationUserId } = entity.state;
  const { lastSuccessAt: lastGoodAt } = entity.state;
  if (link.state !== 'disconnected' || !login) throw new Error('Only a login that was used can break');
  const { cause, since } = link;
  const { incident, tellAt } = await remember('Open an incident').openIncident({
    connectionId,
    cause,
    since,
    lastGoodAt,
    grantId: login.grantId,
    ...entity.toSave(),
  });
  entity.change({ incident });
  const { waits } = entity.input;
  const begun = entity.reconnect.begin(() =>
    startChild(reconnect, {
      workflowId: workflowIds.reconnect(connectionId, incident),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      typedSearchAttributes: entity.foundBy(),
      staticSummary: `${name} is disconnected: get it mended`,
      args: [{ connectionId, synchronisationUserId, incident, cause, since, tellAt, expected: login, waits }],
    }),
  );
  await Promise.all([begun, entity.publish()]);
}

/**
 * Nobody waits for a login any more: the login is mended, or an operator ended the waiting; then the incident is opened
 * again. What was brought for another login or another break than the present one changes nothing.
 */
export async function endIncident(entity: ConnectionEntity): Promise<void> {
  const result = entity.reconnect.take();
  const { incident } = entity.state;
  const mended = result && 'login' in result && isAboutThisBreak(entity, result.mends) ? result : null;
  if (mended) entity.connected(mended.login);
  if (incident === null || entity.state.link.state !== 'connected') return;
  entity.change({ incident: null, catchingUpAfter: incident });
  await entity.publish();
  await close(entity, incident, endOf(mended, entity.state.synchronisationUserId));
}

/** What a change of login takes along in the moment of the switch; see {@link endWaiting}. */
export interface Waiting {
  incident: number | null;
  child: Reachable | null;
  result: ReconnectResult | null;
}

/**
 * Another login is in use from now on: whoever waits for the former one is let go of at once, so that the new one may
 * break, be told and be mended by itself, however long a package takes to answer about the former one.
 */
export function letGoOfWaiting(entity: ConnectionEntity): Waiting {
  const { incident } = entity.state;
  const waiting = { incident, child: entity.reconnect.handle, result: entity.reconnect.take() };
  entity.reconnect.handle = null;
  if (incident !== null) entity.change({ incident: null, catchingUpAfter: incident });
  return waiting;
}

/** Ends what was let go of; whoever logged in for it, in the very moment, reads that it was not needed. */
export async function endWaiting(
  entity: ConnectionEntity,
  { incident, child, result }: Waiting,
  by: PersonId,
): Promise<void> {
  await forward(child, mendedElsewhere, { by });
  if (incident === null) return;
  await close(entity, incident, { by, how: 'changed' });
  const { id: connectionId } = entity.state;
  if (result?.kind !== 'reconnected') return;
  const { signInId } = result;
  entity.outbox.say(() =>
    tell('Say that this login is no longer needed').tellRefusedLogin({ connectionId, incident, signInId }),
  );
}

/** The login that is in use is the one that was asked for, and is broken as it was then. */
function isAboutThisBreak({ state: { link, login, incident } }: ConnectionEntity, mends: Break): boolean {
  return (
    link.state === 'disconnected' &&
    mends.incident === incident &&
    mends.since === link.since &&
    mends.grantId === login?.grantId
  );
}

async function close(entity: ConnectionEntity, incident: number, end: IncidentEnd): Promise<void> {
  const { id: connectionId } = entity.state;
  await remember('Close the incident').closeIncident({ incident, ...end });
  await wakeBookings(connectionId);
  entity.outbox.say(
    () => tell('Say everywhere that it is mended').tellMended({ connectionId, incident }),
    `mended/${incident}`,
  );
}

type IncidentEnd = Omit<Parameters<Steps['closeIncident']>[0], 'incident'>;

/** Without a mended login the one in use works again all the same. */
function endOf(
  mended: Extract<ReconnectResult, { login: Login }> | null,
  synchronisationUserId: PersonId,
): IncidentEnd {
  if (mended === null) return { by: synchronisationUserId, how: 'changed' };
  if (mended.kind === 'works-again') return { by: null, how: 'works-again' };
  return { by: mended.by, how: 'reconnected', signInId: mended.signInId };
}
