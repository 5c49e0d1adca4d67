import { startChild } from '@temporalio/workflow';
import type { Login } from '../domain/connection.ts';
import { wakeBookings } from './booking-lines.ts';
import type { ConnectionLife } from './connection-life.ts';
import { workflowIds, type ReconnectResult } from './contract.ts';
import { reconnect } from './reconnect.ts';
import { remember, tell } from './steps.ts';

/** The login is broken: open (or take up again) the incident and send somebody to get it mended. */
export async function openIncident(life: ConnectionLife): Promise<void> {
  const { id: connectionId, name, link, login, companies, synchronisationUserId } = life.state;
  const { lastSuccessAt: lastGoodAt } = life.state;
  if (link.state !== 'disconnected' || !login) throw new Error('Only a login that was used can break');
  const { cause, since } = link;
  const { incident } = await remember(`Open an incident: ${cause}`).openIncident({
    connectionId,
    cause,
    since,
    lastGoodAt,
    state: life.nextRevision(),
  });
  life.change({ incident });
  const { waits } = life.input;
  const begun = life.reconnect.begin(() =>
    startChild(reconnect, {
      workflowId: workflowIds.reconnect(connectionId, incident),
      typedSearchAttributes: life.foundBy(),
      staticSummary: `${name} is disconnected (${cause}): get it mended`,
      args: [
        { connectionId, synchronisationUserId, incident, cause, since, expected: login, companies, waits },
      ],
    }),
  );
  await Promise.all([begun, life.publish()]);
}

/**
 * Nobody waits for a login any more. When a change of synchronisation user mended it first, its login stays, whoever
 * reconnected the old one in the same moment; when an operator ended the waiting, the incident is opened again.
 */
export async function endIncident(life: ConnectionLife): Promise<void> {
  const result = life.reconnect.take();
  const { incident, link, synchronisationUserId, id: connectionId } = life.state;
  const mended = link.state === 'disconnected' && result && 'login' in result ? result : null;
  if (mended) life.connected(mended.login);
  if (incident === null || life.state.link.state !== 'connected') return;
  life.change({ incident: null, catchingUpAfter: incident });
  await life.publish();
  await remember('Close the incident').closeIncident({
    incident,
    ...endOf(mended, synchronisationUserId),
  });
  await wakeBookings(connectionId);
  life.talk.say(
    () => tell('Say everywhere that it is mended').tellMended({ connectionId, incident }),
    `mended/${incident}`,
  );
}

/** Without a mended login it was a change of synchronisation user that ended it. */
function endOf(mended: Extract<ReconnectResult, { login: Login }> | null, synchronisationUserId: string) {
  if (mended === null) return { by: synchronisationUserId, how: 'changed' } as const;
  if (mended.kind === 'works-again') return { by: null, how: 'works-again' } as const;
  return { by: mended.by, how: 'reconnected', signInId: mended.signInId } as const;
}
