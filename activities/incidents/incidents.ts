import type { LinkCause } from '../../domain/causes.ts';
import { groupWithin, toldAfter } from '../../domain/incidents/incident-rules.ts';
import type { HowMended } from '../../domain/incidents/incident-story.ts';
import type { Snooze } from '../../domain/incidents/snooze.ts';
import type { Moment } from '../../domain/master-data.ts';
import { keepState, type NewState } from '../connections/connections.ts';
import type { ActivityDeps } from '../deps.ts';
import { TooSoon } from './newcomers.ts';
import type { ConnectionId, GrantId, PersonId, SignInId } from '../../domain/ids.ts';

export function createIncidentActivities(
  { store, now }: ActivityDeps,
  tell: (told: { connectionId: ConnectionId; incident: number }) => Promise<void>,
) {
  return {
    /**
     * The number of the connection's open incident; a second call returns the same one. People hear of it in the same
     * moment: on a busy Temporal server a task of its own comes seconds later. Of a link that flaps by itself they hear at
     * `tellAt`, if it is broken still (domain/incidents/incident-rules.ts).
     */
    async openIncident(
      broken: {
        connectionId: ConnectionId;
        cause: LinkCause;
        since: Moment;
        /** When the login last worked, or null. */
        lastGoodAt: Moment | null;
        /** The grant of the login that broke: the break of another one is another incident. */
        grantId?: GrantId;
      } & Partial<NewState>, // as screens are to show it, without the incident
    ): Promise<{ incident: number; tellAt: Moment }> {
      const { connectionId, cause, since, lastGoodAt, grantId, state, ...led } = broken;
      const groupWithinMs = groupWithin;
      const incident = await store.incidents.open(connectionId, cause, since, {
        groupWithinMs,
        lastGoodAt,
        grantId: grantId ?? null,
      });
      await store.history.append({
        id: `disconnected/${incident}`,
        at: since,
        connectionId,
        officeUserId: null,
        what: 'disconnected',
        data: { cause, incident },
      });
      // Whoever clicks on the alert finds the connection disconnected.
      if (state) await keepState({ store }, { ...led, state: { ...state, incident } });
      const earlier = (await store.incidents.ofConnection(connectionId)).filter(
        ({ number }) => number < incident,
      );
      const waitMs = toldAfter(cause, earlier, since);
      if (waitMs === 0) await tell({ connectionId, incident }).catch(unlessTooSoon);
      return { incident, tellAt: new Date(Date.parse(since) + waitMs).toISOString() };
    },

    /** Somebody says that they are on it; the last one counts. */
    async takeUpIncident({ incident, by, actionId }: Act): Promise<void> {
      const at = now().toISOString();
      await store.incidents.addEvent(incident, `taken-up/${actionId}`, {
        at,
        kind: 'taken-up',
        data: { by },
      });
    },

    /** Whoever was on it let it lie: at this moment it is nobody's again. */
    async letGoOfIncident({
      incident,
      by,
      at,
    }: {
      incident: number;
      by: PersonId;
      at: Moment;
    }): Promise<void> {
      await store.incidents.addEvent(incident, `let-go/${at}`, { at, kind: 'let-go', data: { by } });
    },

    /** Somebody puts reminders off, for themselves or for everybody. */
    async snoozeIncident(snooze: Act & Snooze): Promise<void> {
      const { incident, actionId, by, until, everybody } = snooze;
      await store.incidents.addEvent(incident, `snoozed/${actionId}`, {
        at: now().toISOString(),
        kind: 'snoozed',
        data: { by, until, everybody },
      });
    },

    /** Ends the incident; the first end counts. `by` is null when the login works again by itself. */
    async closeIncident({
      incident,
      by,
      how,
      signInId,
    }: {
      incident: number;
      by: PersonId | null;
      how: HowMended;
      /** The login that mended it. */
      signInId?: SignInId;
    }): Promise<void> {
      const outsider = signInId ? (await store.signIns.get(signInId))?.outsider : null;
      if (outsider)
        await store.incidents.addEvent(incident, `logged-in-for/${signInId}`, {
          at: now().toISOString(),
          kind: 'logged-in-for',
          data: { by, outsider: outsider.name },
        });
      await store.incidents.close(incident, { at: now().toISOString(), by, how });
      const closed = await store.incidents.get(incident);
      if (closed)
        await store.history.append({
          id: `mended/${incident}`,
          at: closed.endedAt ?? now().toISOString(),
          connectionId: closed.connectionId,
          officeUserId: closed.endedBy,
          what: closed.how ?? how,
          data: { incident, outsider: outsider?.name ?? null },
        });
    },
  };
}

/** It is said by whoever sees to it that it is mended (workflows/incidents/reconnect.ts); the connection does not wait for that. */
function unlessTooSoon(error: unknown): void {
  if (!(error instanceof TooSoon)) throw error;
}

/** What one person did about an incident, once. */
interface Act {
  incident: number;
  by: PersonId;
  actionId: string;
}
