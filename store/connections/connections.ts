import type { Kysely } from 'kysely';
import { z } from 'zod';
import { formerFates, type Former } from '../../domain/connection.ts';
import type { ConnectionState, Health, LinkState, Login } from '../../domain/connection.ts';
import { masterDataKinds } from '../../domain/master-data.ts';
import type { SyncRequest } from '../../domain/sync/rounds.ts';
import type { ChangeFact } from '../../domain/succession/change-facts.ts';
import type { Handover } from '../../domain/succession/handover.ts';
import type { Database } from '../database/database.ts';
import { parseJson } from '../database/json.ts';
import type { ConnectionRow, Schema } from '../database/schema.ts';
import { keepChanges } from '../succession/changes.ts';

/** A copy of every connection's state, for screens and queries. The connection workflow owns the original. */
export interface ConnectionStore {
  /** Stores the state unless a newer revision, or this one, is there already; and what became known of changes with it. */
  save(state: ConnectionState, changes?: readonly ChangeFact[]): Promise<void>;
  /**
   * Puts the state in the place of a copy of another time, also of a newer one; not when somebody saved meanwhile.
   * `instead` is the revision that was found there.
   */
  restore(state: ConnectionState, instead: number | null): Promise<void>;
  get(id: string): Promise<ConnectionState | null>;
  /** All connections by name. */
  all(): Promise<ConnectionState[]>;
}

export function createConnectionStore({ db, transact }: Database): ConnectionStore {
  async function save(on: Kysely<Schema>, state: ConnectionState): Promise<void> {
    const row = toRow(state);
    await on
      .insertInto('connections')
      .values(row)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet(row).where('connections.revision', '<', row.revision),
      )
      .execute();
  }
  return {
    async save(state, changes = []) {
      if (changes.length === 0) return save(db, state);
      await transact(`changes/${state.id}`, async (trx) => {
        await keepChanges(trx, state.id, changes);
        await save(trx, state);
      });
    },
    async restore(state, instead) {
      const row = toRow(state);
      await db
        .insertInto('connections')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet(row)
            .where('connections.revision', '=', instead ?? -1),
        )
        .execute();
    },
    async get(id) {
      const row = await db.selectFrom('connections').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    async all() {
      const rows = await db.selectFrom('connections').selectAll().orderBy('name').orderBy('id').execute();
      return rows.map(fromRow);
    },
  };
}

const loginSchema = z.object({
  grantId: z.string(),
  accountingUserId: z.string(),
  accountingUserName: z.string(),
  environmentId: z.string(),
  environmentName: z.string(),
}) satisfies z.ZodType<Login>;

const requestsSchema = z.array(
  z.object({
    id: z.number(),
    scope: z.object({
      companies: z.array(z.string()).nullable(),
      kinds: z.array(z.enum(masterDataKinds)).nullable(),
      full: z.boolean().exactOptional(),
    }),
    by: z.string(),
    at: z.string(),
  }),
) satisfies z.ZodType<SyncRequest[]>;

const handoverSchema = z.object({
  from: z.string(),
  to: z.string(),
  by: z.string(),
  at: z.string(),
  heardUntil: z.string(),
}) satisfies z.ZodType<Handover>;

const formerSchema = z.object({
  change: z.number(),
  person: z.string(),
  login: loginSchema,
  changedAt: z.string(),
  until: z.string(),
  fate: z.enum(formerFates),
  standIn: z.string().nullable().default(null),
  standInBefore: z.string().nullable().default(null),
}) satisfies z.ZodType<Former>;

function toRow({ link, health, ...state }: ConnectionState): ConnectionRow {
  const wait = health.state === 'ok' ? null : health;
  return {
    id: state.id,
    name: state.name,
    system: state.system,
    link_state: link.state,
    link_since: link.since,
    link_cause: link.state === 'disconnected' ? link.cause : null,
    health: health.state,
    delay_reason: health.state === 'delayed' ? health.reason : null,
    delayed_since: wait?.since ?? null,
    delayed_until: wait?.until ?? null,
    paused_by: state.pausedBy,
    synchronisation_user_id: state.synchronisationUserId,
    stand_in_id: state.standInId,
    login: state.login === null ? null : JSON.stringify(state.login),
    requested_by: state.requestedBy,
    incident: state.incident,
    companies: state.companies,
    round: state.round,
    changes: state.changes,
    last_success_at: state.lastSuccessAt,
    syncing_since: state.syncingSince,
    next_sync_at: state.nextSyncAt,
    requests: JSON.stringify(state.requests),
    changing_to: state.changingTo,
    handover: state.handover === null ? null : JSON.stringify(state.handover),
    former: state.former === null ? null : JSON.stringify(state.former),
    catching_up_after: state.catchingUpAfter,
    revision: state.revision,
  };
}

function fromRow(row: ConnectionRow): ConnectionState {
  return {
    id: row.id,
    name: row.name,
    system: row.system,
    link: linkOf(row),
    health: healthOf(row),
    pausedBy: row.paused_by,
    synchronisationUserId: row.synchronisation_user_id,
    standInId: row.stand_in_id,
    login: row.login === null ? null : parseJson(loginSchema, row.login),
    requestedBy: row.requested_by,
    incident: row.incident,
    companies: row.companies,
    round: row.round,
    changes: row.changes,
    lastSuccessAt: row.last_success_at,
    syncingSince: row.syncing_since,
    nextSyncAt: row.next_sync_at,
    requests: parseJson(requestsSchema, row.requests),
    changingTo: row.changing_to,
    handover: row.handover === null ? null : parseJson(handoverSchema, row.handover),
    former: row.former === null ? null : parseJson(formerSchema, row.former),
    catchingUpAfter: row.catching_up_after,
    revision: row.revision,
  };
}

function linkOf({ id, link_state: state, link_since: since, link_cause: cause }: ConnectionRow): LinkState {
  if (state !== 'disconnected') return { state, since };
  if (cause === null) throw new Error(`connection ${id} is disconnected without a cause`);
  return { state, since, cause };
}

function healthOf(row: ConnectionRow): Health {
  if (row.health === 'ok') return { state: 'ok' };
  const { health, delay_reason: reason, delayed_since: since, delayed_until: until } = row;
  if (health === 'doubtful' && since !== null && until !== null) return { state: health, since, until };
  if (health === 'delayed' && reason !== null && since !== null)
    return { state: health, reason, since, until };
  throw new Error(`connection ${row.id} is ${health} without a reason or a beginning`);
}
