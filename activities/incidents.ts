import type { LinkCause } from '../domain/causes.ts';
import type { ConnectionState } from '../domain/connection.ts';
import { incidentRules, togetherWithin } from '../domain/incident-rules.ts';
import type { Moment } from '../domain/master-data.ts';
import type { ActivityDeps } from './deps.ts';
import { eachTime } from './incident-facts.ts';

export function createIncidentActivities(
  { store, now }: ActivityDeps,
  tell: (told: { connectionId: string; incident: number }) => Promise<void>,
) {
  return {
    /**
     * The number of the connection's open incident; a second call returns the same one, and so does a break soon after
     * the end of the last one (domain/incident-rules.ts). People hear of it in the same moment: on a busy Temporal server a
     * task of its own comes seconds later. What Slack refuses now, whoever gets it mended tells, for a day.
     */
    async openIncident(broken: {
      connectionId: string;
      cause: LinkCause;
      since: Moment;
      /** When the login last worked, or null. */
      lastGoodAt: Moment | null;
      /** As screens are to show it, without the incident; absent where an older version asks. */
      state?: ConnectionState;
    }): Promise<{ incident: number }> {
      const { connectionId, cause, since, lastGoodAt, state } = broken;
      const sameWithinMs = incidentRules[cause].sameWithin;
      const incident = await store.incidents.open(connectionId, cause, since, {
        sameWithinMs,
        togetherWithinMs: togetherWithin,
        lastGoodAt,
      });
      const opened = await store.incidents.get(incident);
      await store.history.append({
        id: opened ? eachTime(opened, `disconnected/${incident}`) : `disconnected/${incident}`,
        at: since,
        connectionId,
        officeUserId: null,
        what: 'disconnected',
        data: { cause, incident },
      });
      // Whoever clicks on the alert finds the connection disconnected.
      if (state) await store.connections.save({ ...state, incident });
      await tell({ connectionId, incident }).catch(() => undefined);
      return { incident };
    },

    /** Somebody says that he is on it; the last one counts. */
    async takeUpIncident({ incident, by, actionId }: Deed): Promise<void> {
      const event = { at: now().toISOString(), kind: 'taken-up', data: { by } };
      await store.incidents.addEvent(incident, `taken-up/${actionId}`, event);
    },

    /** Whoever was on it let it lie: at this moment it is nobody's again. */
    async letGoOfIncident({ incident, by, at }: { incident: number; by: string; at: Moment }): Promise<void> {
      await store.incidents.addEvent(incident, `let-go/${at}`, { at, kind: 'let-go', data: { by } });
    },

    /** Somebody puts reminders off, for himself or for everybody. */
    async snoozeIncident(snooze: Deed & { until: Moment; everybody: boolean }): Promise<void> {
      const { incident, by, actionId, until, everybody } = snooze;
      const event = { at: now().toISOString(), kind: 'snoozed', data: { by, until, everybody } };
      await store.incidents.addEvent(incident, `snoozed/${actionId}`, event);
    },

    /** Ends the incident; the first end counts. `by` is null when the login works again by itself. */
    async closeIncident({
      incident,
      by,
      how,
      signInId,
    }: {
      incident: number;
      by: string | null;
      how: 'reconnected' | 'changed' | 'works-again';
      /** The login that mended it. */
      signInId?: string;
    }): Promise<void> {
      const outsider = signInId ? (await store.signIns.get(signInId))?.outsider : null;
      if (outsider) {
        const event = {
          at: now().toISOString(),
          kind: 'logged-in-for',
          data: { by, outsider: outsider.name },
        };
        await store.incidents.addEvent(incident, `logged-in-for/${signInId}`, event);
      }
      await store.incidents.close(incident, { at: now().toISOString(), by, how });
      const closed = await store.incidents.get(incident);
      if (closed)
        await store.history.append({
          id: eachTime(closed, `mended/${incident}`),
          at: closed.endedAt ?? now().toISOString(),
          connectionId: closed.connectionId,
          officeUserId: closed.endedBy,
          what: closed.how ?? how,
          data: { incident },
        });
    },
  };
}

/** What one person did about an incident, once. */
interface Deed {
  incident: number;
  by: string;
  actionId: string;
}
