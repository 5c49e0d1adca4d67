import { startChild } from '@temporalio/workflow';
import type { ConnectionLife } from './connection-life.ts';
import { workflowIds } from './contract.ts';
import { reconnect } from './reconnect.ts';
import { remember, tell } from './steps.ts';

/** The login is broken: open (or take up again) the incident and send somebody to get it mended. */
export async function openIncident(life: ConnectionLife): Promise<void> {
  const { id: connectionId, name, link, login, companies, synchronisationUserId } = life.state;
  if (link.state !== 'disconnected' || !login) throw new Error('Only a login that was used can break');
  const { cause, since } = link;
  const { incident } = await remember(`Open an incident: ${cause}`).openIncident({
    connectionId,
    cause,
    since,
  });
  life.change({ incident });
  await life.publish();
  const { waits } = life.input;
  await life.reconnect.begin(() =>
    startChild(reconnect, {
      workflowId: workflowIds.reconnect(connectionId, incident),
      typedSearchAttributes: life.foundBy(),
      staticSummary: `${name} is disconnected (${cause}): get it mended`,
      args: [{ connectionId, synchronisationUserId, incident, cause, expected: login, companies, waits }],
    }),
  );
}

/**
 * Nobody waits for a login any more. When a change of synchronisation user mended it first, its login stays, whoever
 * reconnected the old one in the same moment; when an operator ended the waiting, the incident is opened again.
 */
export async function endIncident(life: ConnectionLife): Promise<void> {
  const result = life.reconnect.take();
  const { incident, link, synchronisationUserId, id: connectionId } = life.state;
  const isReconnect = link.state === 'disconnected' && result?.kind === 'reconnected';
  if (isReconnect) life.connected(result.login);
  if (incident === null || life.state.link.state !== 'connected') return;
  life.change({ incident: null, catchingUpAfter: incident });
  await life.publish();
  await remember('Close the incident').closeIncident({
    incident,
    by: isReconnect ? result.by : synchronisationUserId,
    how: isReconnect ? 'reconnected' : 'changed',
  });
  life.talk.say(() => tell('Say everywhere that it is mended').tellMended({ connectionId, incident }));
}
