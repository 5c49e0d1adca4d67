import type { LinkCause } from '../domain/causes.ts';
import type { Moment } from '../domain/master-data.ts';
import type { Database } from './database.ts';
import { factsSchema, parseJson, type Facts } from './json.ts';
import type { IncidentEventRow, IncidentRow } from './schema.ts';

/** One open problem of one connection, numbered per installation from 1. */
export interface Incident {
  number: number;
  connectionId: string;
  cause: LinkCause;
  openedAt: Moment;
  /** What happened since, in the order it was told. */
  story: IncidentEvent[];
  endedAt: Moment | null;
  /** Office user who mended it; null while open, or when it mended itself. */
  endedBy: string | null;
  /** How it ended, as a word: `reconnected`. */
  how: string | null;
}

/** Free of text for people: whoever shows it finds the words. */
export interface IncidentEvent {
  at: Moment;
  kind: string;
  data: Facts;
}

export interface IncidentEnd {
  at: Moment;
  by: string | null;
  how: string;
}

export interface IncidentStore {
  /** The number of the open incident of the connection; a new one when none is open. */
  open(connectionId: string, cause: LinkCause, openedAt: Moment): Promise<number>;
  /** Adds to the story, once per event id. */
  addEvent(number: number, eventId: string, event: IncidentEvent): Promise<void>;
  /** Ends it; the first end counts. */
  close(number: number, end: IncidentEnd): Promise<void>;
  get(number: number): Promise<Incident | null>;
  /** The newest first. */
  ofConnection(connectionId: string): Promise<Incident[]>;
}

export function createIncidentStore(database: Database): IncidentStore {
  const { db, transact } = database;
  return {
    open: (connectionId, cause, openedAt) => openIncident(database, connectionId, cause, openedAt),

    async addEvent(number, eventId, { at, kind, data }) {
      await transact(`incident/${number}`, async (trx) => {
        const { told } = await trx
          .selectFrom('incident_events')
          .select((eb) => eb.fn.countAll<number>().as('told'))
          .where('incident', '=', number)
          .executeTakeFirstOrThrow();
        await trx
          .insertInto('incident_events')
          .values({
            incident: number,
            event_id: eventId,
            position: told + 1,
            at,
            kind,
            data: JSON.stringify(data),
          })
          .onConflict((conflict) => conflict.columns(['incident', 'event_id']).doNothing())
          .execute();
      });
    },

    async close(number, { at, by, how }) {
      await db
        .updateTable('incidents')
        .set({ ended_at: at, ended_by: by, how })
        .where('number', '=', number)
        .where('ended_at', 'is', null)
        .execute();
    },

    async get(number) {
      const row = await db
        .selectFrom('incidents')
        .selectAll()
        .where('number', '=', number)
        .executeTakeFirst();
      return row === undefined ? null : ((await withStories(database, [row]))[0] ?? null);
    },

    async ofConnection(connectionId) {
      const rows = await db
        .selectFrom('incidents')
        .selectAll()
        .where('connection_id', '=', connectionId)
        .orderBy('number', 'desc')
        .execute();
      return withStories(database, rows);
    },
  };
}

/** Numbered under one lock for the installation: no number is skipped and none is given twice. */
function openIncident(
  { transact }: Database,
  connectionId: string,
  cause: LinkCause,
  openedAt: Moment,
): Promise<number> {
  return transact('incidents', async (trx) => {
    const open = await trx
      .selectFrom('incidents')
      .select('number')
      .where('connection_id', '=', connectionId)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (open !== undefined) return open.number;
    const { last } = await trx
      .selectFrom('incidents')
      .select((eb) => eb.fn.max('number').as('last'))
      .executeTakeFirstOrThrow();
    const number = ((last as number | null) ?? 0) + 1; // max of an empty table is null, whatever Kysely's type says
    await trx
      .insertInto('incidents')
      .values({
        number,
        connection_id: connectionId,
        cause,
        opened_at: openedAt,
        ended_at: null,
        ended_by: null,
        how: null,
      })
      .execute();
    return number;
  });
}

async function withStories({ db }: Database, rows: IncidentRow[]): Promise<Incident[]> {
  if (rows.length === 0) return [];
  const events = await db
    .selectFrom('incident_events')
    .selectAll()
    .where(
      'incident',
      'in',
      rows.map(({ number }) => number),
    )
    .orderBy('position')
    .execute();
  return rows.map((row) =>
    fromRow(
      row,
      events.filter(({ incident }) => incident === row.number),
    ),
  );
}

function fromRow(row: IncidentRow, events: IncidentEventRow[]): Incident {
  return {
    number: row.number,
    connectionId: row.connection_id,
    cause: row.cause,
    openedAt: row.opened_at,
    story: events.map(({ at, kind, data }) => ({ at, kind, data: parseJson(factsSchema, data) })),
    endedAt: row.ended_at,
    endedBy: row.ended_by,
    how: row.how,
  };
}
