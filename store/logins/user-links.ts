import type { LinkCause } from '../../domain/causes.ts';
import type { Login } from '../../domain/connection.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { Database } from '../database/database.ts';
import type { UserLinkRow } from '../database/schema.ts';
import type { ConnectionId, PersonId } from '../../domain/ids.ts';

/** Office user <-> accounting-system user on one connection. There is one at most per person and connection. */
export interface UserLink {
  id: string;
  connectionId: ConnectionId;
  officeUserId: PersonId;
  /** Null until a first login was verified. */
  login: Login | null;
  state: 'connected' | 'not-connected';
  /** Why it is not connected, if it was once. */
  cause: LinkCause | null;
  since: Moment;
}

export interface UserLinkStore {
  save(link: UserLink): Promise<void>;
  /** The login of this link works no more. Nothing changes when somebody logged in again since it was read. */
  broke(link: UserLink, cause: LinkCause, at: Moment): Promise<void>;
  get(id: string): Promise<UserLink | null>;
  ofConnection(connectionId: ConnectionId): Promise<UserLink[]>;
  find(connectionId: ConnectionId, officeUserId: PersonId): Promise<UserLink | null>;
  all(): Promise<UserLink[]>;
  /** Under which key a person was warned that this link broke, while that stands; null when they were not. */
  warningOf(id: string): Promise<string | null>;
  noteWarning(id: string, key: string | null): Promise<void>;
}

export function createUserLinkStore({ db }: Database): UserLinkStore {
  const links = db.selectFrom('user_links').selectAll().orderBy('id');
  const one = (row: UserLinkRow | undefined) => (row === undefined ? null : fromRow(row));
  return {
    async save(link) {
      const row = toRow(link);
      await db
        .insertInto('user_links')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },
    async broke({ id, since }, cause, at) {
      await db
        .updateTable('user_links')
        .set({ state: 'not-connected', cause, since: at })
        .where('id', '=', id)
        .where('state', '=', 'connected')
        .where('since', '=', since)
        .execute();
    },
    async get(id) {
      return one(await links.where('id', '=', id).executeTakeFirst());
    },
    async ofConnection(connectionId) {
      return (await links.where('connection_id', '=', connectionId).execute()).map(fromRow);
    },
    async find(connectionId, officeUserId) {
      const found = links
        .where('connection_id', '=', connectionId)
        .where('office_user_id', '=', officeUserId);
      return one(await found.executeTakeFirst());
    },
    async all() {
      return (await links.execute()).map(fromRow);
    },
    async warningOf(id) {
      return (await links.where('id', '=', id).executeTakeFirst())?.warning ?? null;
    },
    async noteWarning(id, key) {
      await db.updateTable('user_links').set({ warning: key }).where('id', '=', id).execute();
    },
  };
}

function toRow({
  id,
  connectionId,
  officeUserId,
  login,
  state,
  cause,
  since,
}: UserLink): Omit<UserLinkRow, 'warning'> {
  return {
    id,
    connection_id: connectionId,
    office_user_id: officeUserId,
    grant_id: login?.grantId ?? null,
    accounting_user_id: login?.accountingUserId ?? null,
    accounting_user_name: login?.accountingUserName ?? null,
    environment_id: login?.environmentId ?? null,
    environment_name: login?.environmentName ?? null,
    state,
    cause,
    since,
  };
}

function fromRow(row: UserLinkRow): UserLink {
  return {
    id: row.id,
    connectionId: row.connection_id,
    officeUserId: row.office_user_id,
    login: loginOf(row),
    state: row.state,
    cause: row.cause,
    since: row.since,
  };
}

function loginOf(row: UserLinkRow): UserLink['login'] {
  const { grant_id, accounting_user_id, accounting_user_name, environment_id, environment_name } = row;
  if (grant_id === null || accounting_user_id === null || environment_id === null) return null;
  return {
    grantId: grant_id,
    accountingUserId: accounting_user_id,
    accountingUserName: accounting_user_name ?? accounting_user_id,
    environmentId: environment_id,
    environmentName: environment_name ?? environment_id,
  };
}
