import type { Transaction } from 'kysely';
import type { LinkCause } from '../domain/causes.ts';
import type { StoryEvent } from '../domain/incident-story.ts';
import type { Moment } from '../domain/master-data.ts';
import type { Database } from './database.ts';
import { factsSchema, parseJson } from './json.ts';
import type { IncidentEventRow, IncidentRow, Schema } from './schema.ts';

/** One open problem of one connection, numbered per installation from 1. */
export interface Incident {
  number: number;
  connectionId: string;
  cause: LinkCause;
  /** When the login last worked before, or null when it never did. */
  lastGoodAt: Moment | null;
  openedAt: Moment;
  /** When the first message stood in Slack, or null. */
  toldAt: Moment | null;
  /** How often it broke again soon after its end. */
  reopened: number;
  /** Number of the first of those that broke together, whose messages it shares; null when it has its own. */
  joined: number | null;
  /** What happened since, in the order it was told. */
  story: IncidentEvent[];
  endedAt: Moment | null;
  /** Office user who mended it; null while open, or when it mended itself. */
  endedBy: string | null;
  /** How it ended, as a word: `reconnected`, `changed`, `works-again`. */
  how: string | null;
}

export interface IncidentEvent extends StoryEvent {
  id: string;
}

export interface IncidentEnd {
  at: Moment;
  by: string | null;
  how: string;
}

export interface IncidentStore {
  /**
   * The number of the open incident of the connection; a new one when none is open. One that ended less than
   * `sameWithinMs` before is opened again, so that a flapping link is one incident. A new one joins an open one of the
   * same package of which the first had the same cause and was opened less than `togetherWithinMs` before.
   */
  open(
    connectionId: string,
    cause: LinkCause,
    openedAt: Moment,
    more?: { sameWithinMs?: number; togetherWithinMs?: number; lastGoodAt?: Moment | null },
  ): Promise<number>;
  /** Adds to the story, once per event id. */
  addEvent(number: number, eventId: string, event: StoryEvent): Promise<void>;
  /** The first message that tells of them stands in Slack; the first time counts. */
  told(numbers: readonly number[], at: Moment): Promise<void>;
  /** Ends it; the first end counts. */
  close(number: number, end: IncidentEnd): Promise<void>;
  get(number: number): Promise<Incident | null>;
  /** All that share the messages of this one, itself included, in the order they were opened. */
  together(number: number): Promise<Incident[]>;
  /** Whether others share its messages. */
  isJoined(number: number): Promise<boolean>;
  /** The newest first. */
  ofConnection(connectionId: string): Promise<Incident[]>;
  /** Those that began at this moment or later, the oldest first. */
  openedSince(moment: Moment): Promise<Incident[]>;
}

export function createIncidentStore(database: Database): IncidentStore {
  const { db, transact } = database;
  return {
    open: (connectionId, cause, openedAt, more = {}) =>
      openIncident(database, { ...patience, ...more, connectionId, cause, openedAt }),
    addEvent: (number, eventId, event) =>
      transact(`incident/${number}`, (trx) => addEvent(trx, number, eventId, event)),

    async told(numbers, at) {
      if (numbers.length === 0) return;
      await db
        .updateTable('incidents')
        .set({ told_at: at })
        .where('number', 'in', numbers)
        .where('told_at', 'is', null)
        .execute();
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

    async together(number) {
      const rows = await db
        .selectFrom('incidents')
        .selectAll()
        .where((eb) => eb.or([eb('number', '=', number), eb('joined', '=', number)]))
        .orderBy('number')
        .execute();
      return withStories(database, rows);
    },

    async isJoined(number) {
      const query = db.selectFrom('incidents').select('number').where('joined', '=', number).limit(1);
      return (await query.executeTakeFirst()) !== undefined;
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

    async openedSince(moment) {
      const rows = await db
        .selectFrom('incidents')
        .selectAll()
        .where('opened_at', '>=', moment)
        .orderBy('number')
        .execute();
      return withStories(database, rows);
    },
  };
}

interface NewIncident {
  connectionId: string;
  cause: LinkCause;
  openedAt: Moment;
  sameWithinMs: number;
  togetherWithinMs: number;
  lastGoodAt: Moment | null;
}

const patience = { sameWithinMs: 0, togetherWithinMs: 0, lastGoodAt: null };

/** Numbered under one lock for the installation: no number is skipped and none is given twice. */
function openIncident({ transact }: Database, incident: NewIncident): Promise<number> {
  const { connectionId, cause, openedAt, sameWithinMs, lastGoodAt } = incident;
  return transact('incidents', async (trx) => {
    const last = await trx
      .selectFrom('incidents')
      .select(['number', 'ended_at', 'reopened'])
      .where('connection_id', '=', connectionId)
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (last?.ended_at === null) return last.number;
    if (last && Date.parse(openedAt) - Date.parse(last.ended_at ?? '') < sameWithinMs) {
      const reopened = last.reopened + 1;
      await trx
        .updateTable('incidents')
        .set({ cause, reopened, ended_at: null, ended_by: null, how: null })
        .where('number', '=', last.number)
        .execute();
      await addEvent(trx, last.number, `reopened/${reopened}`, {
        at: openedAt,
        kind: 'reopened',
        data: { cause },
      });
      return last.number;
    }
    const { newest } = await trx
      .selectFrom('incidents')
      .select((eb) => eb.fn.max('number').as('newest'))
      .executeTakeFirstOrThrow();
    const number = ((newest as number | null) ?? 0) + 1; // max of an empty table is null, whatever Kysely's type says
    await trx
      .insertInto('incidents')
      .values({
        number,
        connection_id: connectionId,
        cause,
        last_good_at: lastGoodAt,
        opened_at: openedAt,
        told_at: null,
        reopened: 0,
        joined: await firstOfThoseThatBroke(trx, incident),
        ended_at: null,
        ended_by: null,
        how: null,
      })
      .execute();
    return number;
  });
}

/** The incident whose messages a new one shares, or null. */
async function firstOfThoseThatBroke(
  trx: Transaction<Schema>,
  { connectionId, cause, openedAt, togetherWithinMs }: NewIncident,
): Promise<number | null> {
  const since = new Date(Date.parse(openedAt) - togetherWithinMs).toISOString();
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
    .orderBy('incidents.number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found?.number ?? null;
}

async function addEvent(
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
    lastGoodAt: row.last_good_at,
    openedAt: row.opened_at,
    toldAt: row.told_at,
    reopened: row.reopened,
    joined: row.joined,
    story: events.map(({ event_id: id, at, kind, data }) => ({
      id,
      at,
      kind,
      data: parseJson(factsSchema, data),
    })),
    endedAt: row.ended_at,
    endedBy: row.ended_by,
    how: row.how,
  };
}
