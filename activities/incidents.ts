import type { LinkCause } from '../domain/causes.ts';
import type { Moment } from '../domain/master-data.ts';
import type { ActivityDeps } from './deps.ts';

export function createIncidentActivities({ store, now }: ActivityDeps) {
  return {
    /** The number of the connection's open incident; a second call returns the same one. */
    async openIncident(broken: {
      connectionId: string;
      cause: LinkCause;
      since: Moment;
    }): Promise<{ incident: number }> {
      const incident = await store.incidents.open(broken.connectionId, broken.cause, broken.since);
      await store.history.append({
        id: `disconnected/${incident}`,
        at: broken.since,
        connectionId: broken.connectionId,
        officeUserId: null,
        what: 'disconnected',
        data: { cause: broken.cause, incident },
      });
      return { incident };
    },

    /** Somebody says that he is on it; the last one counts. */
    async takeUpIncident({ incident, by }: { incident: number; by: string }): Promise<void> {
      await store.incidents.addEvent(incident, `taken-up/${by}`, {
        at: now().toISOString(),
        kind: 'taken-up',
        data: { by },
      });
    },

    /** Ends the incident; the first end counts. */
    async closeIncident({
      incident,
      by,
      how,
    }: {
      incident: number;
      by: string;
      how: 'reconnected' | 'changed';
    }): Promise<void> {
      await store.incidents.close(incident, { at: now().toISOString(), by, how });
      const closed = await store.incidents.get(incident);
      if (closed)
        await store.history.append({
          id: `mended/${incident}`,
          at: closed.endedAt ?? now().toISOString(),
          connectionId: closed.connectionId,
          officeUserId: closed.endedBy,
          what: closed.how ?? how,
          data: { incident },
        });
    },
  };
}
