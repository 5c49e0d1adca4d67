import type { Transaction } from 'kysely';
import type { LinkCause } from '../../domain/causes.ts';
import type { StoryEvent } from '../../domain/incidents/incident-story.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { Database } from '../database/database.ts';
import { numberAfter } from '../database/number-after.ts';
import type { Schema } from '../database/schema.ts';
import type { ConnectionId, GrantId } from '../../domain/ids.ts';

/** See IncidentStore.open. */
export interface NewIncident {
  connectionId: ConnectionId;
  cause: LinkCause;
  openedAt: Moment;
  groupWithinMs?: number;
  lastGoodAt?: Moment | null;
  /** The grant of the login that broke. */
  grantId?: GrantId | null;
}

/** Numbered under one lock for the installation: no number is skipped and none is given twice. */
export function openIncident({ transact }: Database, incident: NewIncident): Promise<number> {
  const { connectionId, cause, openedAt, lastGoodAt = null, grantId = null } = incident;
  return transact('incidents', async (trx) => {
    const last = await trx
      .selectFrom('incidents')
      .select(['number', 'ended_at', 'grant_id'])
      .where('connection_id', '=', connectionId)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (last?.ended_at === null) {
      if (grantId === null || last.grant_id === null || last.grant_id === grantId) return last.number;
      await trx
        .updateTable('incidents')
        .set({ ended_at: openedAt, how: 'changed' })
        .where('number', '=', last.number)
        .execute();
    }
    const { newest } = await trx
      .selectFrom('incidents')
      .select((eb) => eb.fn.max('number').as('newest'))
      .executeTakeFirstOrThrow();
    const number = numberAfter(newest);
    await trx
      .insertInto('incidents')
      .values({
        number,
        connection_id: connectionId,
        cause,
        grant_id: grantId,
        last_good_at: lastGoodAt,
        opened_at: openedAt,
        told_at: null,
        joined: await firstOfThoseThatBroke(trx, incident),
        ended_at: null,
        ended_by: null,
        how: null,
      })
      .execute();
    return number;
  });
}

/** The incident whose messages a new one shares, or null; none of those of which this connection was one already. */
async function firstOfThoseThatBroke(
  trx: Transaction<Schema>,
  { connectionId, cause, openedAt, groupWithinMs = 0 }: NewIncident,
): Promise<number | null> {
  const since = new Date(Date.parse(openedAt) - groupWithinMs).toISOString();
  const system = trx.selectFrom('connections').select('system');
  const found = await trx
    .selectFrom('incidents')
    .innerJoin('connections', 'connections.id', 'incidents.connection_id')
    .innerJoin('incidents as first', (join) =>
      join.on((eb) => eb('first.number', '=', eb.fn.coalesce('incidents.joined', 'incidents.number'))),
    )
    .select('first.number')
    .where('incidents.ended_at', 'is', null)
    .where('first.cause', '=', cause)
    .where('first.opened_at', '>', since)
    .where('connections.system', '=', system.where('id', '=', connectionId))
    .where((group) =>
      group.not(
        group.exists(
          group
            .selectFrom('incidents as own')
            .select('own.number')
            .where('own.connection_id', '=', connectionId)
            .where((eb) => eb(eb.fn.coalesce('own.joined', 'own.number'), '=', eb.ref('first.number'))),
        ),
      ),
    )
    .orderBy('incidents.number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found?.number ?? null;
}

/** Adds to the story of an incident, once per event id. */
export async function addEvent(
  trx: Transaction<Schema>,
  number: number,
  eventId: string,
  { at, kind, data }: StoryEvent,
): Promise<void> {
  const { told } = await trx
    .selectFrom('incident_events')
    .select((eb) => eb.fn.countAll<number>().as('told'))
    .where('incident', '=', number)
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('incident_events')
    .values({ incident: number, event_id: eventId, position: told + 1, at, kind, data: JSON.stringify(data) })
    .onConflict((conflict) => conflict.columns(['incident', 'event_id']).doNothing())
    .execute();
}
