import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Moment } from '../../domain/master-data.ts';
import type { SignInLink } from '../../domain/logins/sign-in-link.ts';
import { outsiderSchema, type Outsider } from '../../domain/logins/sign-in.ts';
import type { SignInOutcome, SignInPurpose } from '../../domain/logins/sign-in.ts';
import type { Database } from '../database/database.ts';
import { factsSchema, parseJson, type Facts } from '../database/json.ts';
import type { Sealer } from './sealer.ts';
import type { SignInRow } from '../database/schema.ts';
import { signInOutcomeSchema } from './sign-in-outcome.ts';
import type { ConnectionId, PersonId } from '../../domain/ids.ts';

/** A person is asked to log in: one link, for one person, connection and purpose, that works once. */
export interface SignIn extends SignInLink {
  id: string;
  connectionId: ConnectionId;
  /** What the page that asks needs to know; given at the issue. */
  context: Facts;
  createdAt: Moment;
  expiresAt: Moment;
  status: SignInStatus;
  outcome: SignInOutcome | null;
}

/**
 * `open` nobody came yet, `claimed` a browser holds it, `returned` the login came back and is being looked at,
 * `ended` with an outcome, `expired` nobody came in time, `voided` a newer link took its place.
 */
export type SignInStatus = 'open' | 'claimed' | 'returned' | 'ended' | 'expired' | 'voided';

export interface SignInRequest {
  officeUserId: PersonId;
  connectionId: ConnectionId;
  purpose: SignInPurpose;
  ttlMs: number;
  /** It ends then at the latest: when the link ends whose place it takes. */
  notAfter?: Moment;
  context?: Facts;
  /** For whom it is, when it is passed on to somebody without an account. */
  outsider?: Outsider | null;
  /** Number of the incident or of the change it is for. */
  about?: number | null;
  /** Who gets the link. @default officeUserId */
  heldBy?: PersonId;
}

/** Every change is one statement with its condition, so that each happens once, whoever else tries. */
export interface SignInStore {
  /** The token goes into the link; only its hash is kept. An unused earlier link of the same kind is voided. */
  issue(request: SignInRequest): Promise<{ id: string; token: string; expiresAt: Moment }>;
  findByToken(token: string): Promise<SignIn | 'unknown'>;
  /** Binds the first browser. False for another browser, and once the link is used, expired or voided. */
  claim(id: string, browserSecret: string): Promise<boolean>;
  /** Whether this browser is the one that claimed the link; also after it was used. */
  isHeldBy(id: string, browserSecret: string): Promise<boolean>;
  /** Remembers the hash of the OAuth `state` of a claimed link; a new attempt replaces an older one. False when closed. */
  setState(id: string, state: string): Promise<boolean>;
  findByState(state: string): Promise<SignIn | 'unknown'>;
  /** Keeps, sealed, what the login came back with. True once; false for every other attempt and when closed. */
  return(id: string, payload: unknown): Promise<boolean>;
  /** What came back, or null when nothing did or it was concluded. May be read again by a retry. */
  takeReturn(id: string): Promise<unknown>;
  /** Ends it and forgets what came back. The first outcome counts; false when there was one, or it was voided. */
  conclude(id: string, outcome: SignInOutcome): Promise<boolean>;
  get(id: string): Promise<SignIn | null>;
  /** The newest login for the same, over a link given out after this one, that was taken; null without one. */
  takenAfter(signIn: SignIn): Promise<SignIn | null>;
  /** Those that came back after this moment and have no outcome yet. */
  returnedSince(moment: Moment): Promise<SignIn[]>;
}

export interface SignInStoreOptions {
  sealer: Sealer;
  now: () => Date;
}

export function createSignInStore(database: Database, { sealer, now }: SignInStoreOptions): SignInStore {
  const { db } = database;
  const sealContext = (id: string) => `return of sign-in ${id}`;
  const find = async (column: 'id' | 'token_hash' | 'state_hash', value: string): Promise<SignIn | null> => {
    const row = await db.selectFrom('sign_ins').selectAll().where(column, '=', value).executeTakeFirst();
    return row === undefined ? null : fromRow(row, now());
  };
  /** Not used, not ended, not voided, not expired. */
  const change = (id: string) =>
    db
      .updateTable('sign_ins')
      .where('id', '=', id)
      .where('returned_at', 'is', null)
      .where('ended_at', 'is', null)
      .where('voided_at', 'is', null)
      .where('expires_at', '>', now().toISOString());

  return {
    issue: (request) => issue(database, request, now()),
    get: (id) => find('id', id),
    async takenAfter({ connectionId, officeUserId, purpose, about, createdAt }) {
      const rows = await db
        .selectFrom('sign_ins')
        .selectAll()
        .where('connection_id', '=', connectionId)
        .where('office_user_id', '=', officeUserId)
        .where('purpose', '=', purpose)
        .where('created_at', '>', createdAt)
        .where('ended_at', 'is not', null)
        .orderBy('created_at', 'desc')
        .execute();
      const later = rows.map((row) => fromRow(row, now()));
      return later.find((one) => one.about === about && one.outcome?.result === 'linked') ?? null;
    },
    findByToken: async (token) => (await find('token_hash', hashOf(token))) ?? 'unknown',
    findByState: async (state) => (await find('state_hash', hashOf(state))) ?? 'unknown',

    async claim(id, browserSecret) {
      const browser = hashOf(browserSecret);
      const claimed = await change(id)
        .set({ browser_hash: browser })
        .where((eb) => eb.or([eb('browser_hash', 'is', null), eb('browser_hash', '=', browser)]))
        .executeTakeFirst();
      return claimed.numUpdatedRows === 1n;
    },

    async isHeldBy(id, browserSecret) {
      const row = await db
        .selectFrom('sign_ins')
        .select('browser_hash')
        .where('id', '=', id)
        .executeTakeFirst();
      return row !== undefined && row.browser_hash === hashOf(browserSecret);
    },

    async setState(id, state) {
      const set = await change(id)
        .set({ state_hash: hashOf(state) })
        .where('browser_hash', 'is not', null)
        .executeTakeFirst();
      return set.numUpdatedRows === 1n;
    },

    async return(id, payload) {
      const returned = await change(id)
        .set({
          sealed_return: sealer.seal(JSON.stringify(payload), sealContext(id)),
          returned_at: now().toISOString(),
        })
        .where('browser_hash', 'is not', null)
        .executeTakeFirst();
      return returned.numUpdatedRows === 1n;
    },

    async takeReturn(id) {
      const row = await db
        .selectFrom('sign_ins')
        .select('sealed_return')
        .where('id', '=', id)
        .executeTakeFirst();
      const sealed = row?.sealed_return ?? null;
      return sealed === null ? null : parseJson(z.unknown(), sealer.open(sealed, sealContext(id)));
    },

    async returnedSince(moment) {
      const rows = await db
        .selectFrom('sign_ins')
        .selectAll()
        .where('returned_at', '>', moment)
        .where('ended_at', 'is', null)
        .where('voided_at', 'is', null)
        .execute();
      return rows.map((row) => fromRow(row, now()));
    },

    async conclude(id, outcome) {
      const ended = await db
        .updateTable('sign_ins')
        .set({ outcome: JSON.stringify(outcome), ended_at: now().toISOString(), sealed_return: null })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .where('voided_at', 'is', null)
        .executeTakeFirst();
      return ended.numUpdatedRows === 1n;
    },
  };
}

function issue(
  { transact }: Database,
  request: SignInRequest,
  at: Date,
): Promise<{ id: string; token: string; expiresAt: Moment }> {
  const {
    officeUserId,
    connectionId,
    purpose,
    ttlMs,
    notAfter,
    context = {},
    outsider,
    about,
    heldBy,
  } = request;
  const lasts = new Date(at.getTime() + ttlMs).toISOString();
  const expiresAt = notAfter !== undefined && notAfter < lasts ? notAfter : lasts;
  return transact(`sign-in/${connectionId}/${officeUserId}/${purpose}`, async (trx) => {
    const id = randomUUID();
    const token = randomBytes(32).toString('base64url');
    await trx
      .updateTable('sign_ins')
      .set({ voided_at: at.toISOString() })
      .where('connection_id', '=', connectionId)
      .where('office_user_id', '=', officeUserId)
      .where('purpose', '=', purpose)
      // A link that was passed on does not end one's own.
      .where('outsider', outsider ? 'is not' : 'is', null)
      .where('returned_at', 'is', null)
      .where('ended_at', 'is', null)
      .where('voided_at', 'is', null)
      .execute();
    await trx
      .insertInto('sign_ins')
      .values({
        id,
        token_hash: hashOf(token),
        office_user_id: officeUserId,
        connection_id: connectionId,
        purpose,
        context: JSON.stringify(context),
        outsider: outsider ? JSON.stringify(outsider) : null,
        created_at: at.toISOString(),
        expires_at: expiresAt,
        about: about ?? null,
        held_by: heldBy ?? null,
      })
      .execute();
    return { id, token, expiresAt };
  });
}

/** Tokens and secrets are random and long, so a plain hash keeps them (no salt, no stretching needed). */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function fromRow(row: SignInRow, now: Date): SignIn {
  return {
    id: row.id,
    officeUserId: row.office_user_id,
    connectionId: row.connection_id,
    purpose: row.purpose,
    context: parseJson(factsSchema, row.context),
    outsider: row.outsider === null ? null : parseJson(outsiderSchema, row.outsider),
    about: row.about,
    heldBy: row.held_by ?? row.office_user_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    status: statusOf(row, now),
    outcome: row.outcome === null ? null : parseJson(signInOutcomeSchema, row.outcome),
  };
}

function statusOf(row: SignInRow, now: Date): SignInStatus {
  if (row.ended_at !== null) return 'ended';
  if (row.voided_at !== null) return 'voided';
  if (row.returned_at !== null) return 'returned';
  if (row.expires_at <= now.toISOString()) return 'expired';
  return row.browser_hash === null ? 'open' : 'claimed';
}
