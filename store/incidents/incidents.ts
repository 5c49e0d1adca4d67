import type { LinkCause } from '../../domain/causes.ts';
import type { HowMended, KeptEvent, StoryEvent } from '../../domain/incidents/incident-story.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { Database } from '../database/database.ts';
import { addEvent, openIncident } from './incident-opening.ts';
import type { IncidentEventRow, IncidentRow } from '../database/schema.ts';
import { readEnd, readEvent } from './story-kinds.ts';
import type { ConnectionId, GrantId, PersonId } from '../../domain/ids.ts';

/** One open problem of one connection, numbered per installation from 1. */
export interface Incident {
  number: number;
  connectionId: ConnectionId;
  cause: LinkCause;
  /** When the login last worked before, or null when it never did. */
  lastGoodAt: Moment | null;
  openedAt: Moment;
  /** When the first message stood in Slack, or null. */
  toldAt: Moment | null;
  /** Number of the first of those that broke together, whose messages it shares; null when it has its own. */
  groupedUnder: number | null;
  /** What happened since, in the order it was told. */
  story: IncidentEvent[];
  endedAt: Moment | null;
  /** Office user who mended it; null while open, or when it mended itself. */
  endedBy: string | null;
  /** How it ended. */
  how: HowMended | null;
}

export type IncidentEvent = KeptEvent & { id: string };

export interface IncidentEnd {
  at: Moment;
  by: PersonId | null;
  how: HowMended;
}

export interface IncidentStore {
  /**
   * The number of the open incident of the connection; a new one when none is open, or the open one is about another login
   * (`grantId`), which ends it: every break is one of its own. It joins an open one of the same package of which the first
   * had the same cause and was opened less than `groupWithinMs` before.
   */
  open(
    connectionId: ConnectionId,
    cause: LinkCause,
    openedAt: Moment,
    more?: { groupWithinMs?: number; lastGoodAt?: Moment | null; grantId?: GrantId | null },
  ): Promise<number>;
  /** Adds to the story, once per event id. */
  addEvent(number: number, eventId: string, event: StoryEvent): Promise<void>;
  /** The first message that tells of them stands in Slack; the first time counts. */
  told(numbers: readonly number[], at: Moment): Promise<void>;
  /** Ends it; the first end counts. */
  close(number: number, end: IncidentEnd): Promise<void>;
  get(number: number): Promise<Incident | null>;
  /** All that share the messages of this one, itself included, in the order they were opened. */
  group(number: number): Promise<Incident[]>;
  /** Whether others share its messages. */
  isGroup(number: number): Promise<boolean>;
  /** The newest first. */
  ofConnection(connectionId: ConnectionId): Promise<Incident[]>;
  /** Those that ended at this moment or later, the oldest first. */
  endedSince(moment: Moment): Promise<Incident[]>;
  /** Those that began at this moment or later, the oldest first. */
  openedSince(moment: Moment): Promise<Incident[]>;
}

export function createIncidentStore(database: Database): IncidentStore {
  const { db, transact } = database;
  return {
    open: (connectionId, cause, openedAt, more = {}) =>
      openIncident(database, { ...more, connectionId, cause, openedAt }),
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

    async group(number) {
      const rows = await db
        .selectFrom('incidents')
        .selectAll()
        .where((eb) => eb.or([eb('number', '=', number), eb('joined', '=', number)]))
        .orderBy('number')
        .execute();
      return withStories(database, rows);
    },

    async isGroup(number) {
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

    async endedSince(moment) {
      const rows = await db
        .selectFrom('incidents')
        .selectAll()
        .where('ended_at', '>=', moment)
        .orderBy('number')
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
    groupedUnder: row.joined,
    story: events.map((event) => ({ id: event.event_id, ...readEvent(event) })),
    endedAt: row.ended_at,
    endedBy: row.ended_by,
    how: row.how === null ? null : readEnd(row.how),
  };
}
