import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { AccountingFailure } from '../../accounting/failure.ts';
import type { Credential, GrantVault, StoredCredential } from '../../accounting/port.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { Database } from '../database/database.ts';
import { factsSchema, parseJson } from '../database/json.ts';
import type { Schema } from '../database/schema.ts';
import type { Sealer } from './sealer.ts';
import type { SharedClock } from '../database/shared-clock.ts';
import type { GrantId } from '../../domain/ids.ts';

/** The credentials behind the logins (`Login.grantId`), sealed. */
export interface GrantStore {
  /** Stores what a login gave; it takes the place of whatever was there. */
  put(grantId: GrantId, credential: Credential): Promise<void>;
  /** Where an accounting session keeps its grant. Reading throws AccountingFailure `grant-lost` when there is none. */
  vault(grantId: GrantId): GrantVault;
  /** Whether a credential is stored. */
  has(grantId: GrantId): Promise<boolean>;
  /** When the credential dies if nobody renews it, and of which end people were warned; null when there is none. */
  expiry(grantId: GrantId): Promise<GrantExpiry | null>;
  /** People were warned of this end, or (null) told that it is over. */
  noteWarning(grantId: GrantId, expiresAt: Moment | null): Promise<void>;
  /** Forgets the credential. A renewal under way does not bring it back. */
  discard(grantId: GrantId): Promise<void>;
  /**
   * `to` takes over the credential of `from`, in one step, and `from` stands for `to` from then on: one chain of tokens
   * is never kept, and rotated, in two places. Done again, or without anything in `from`, it changes nothing.
   */
  move(from: string, to: string): Promise<void>;
}

export interface GrantExpiry {
  /** Null when it does not die of idleness. */
  expiresAt: Moment | null;
  warnedOf: Moment | null;
}

export interface GrantStoreOptions {
  sealer: Sealer;
  now: () => Date;
  clock: SharedClock;
  /** After this time a renewal of a dead process may be taken over; longer than any adapter's time-out. @default 90000 */
  leaseMs?: number;
  /** How often a process that waits for another's renewal looks again. @default 100 */
  lookAgainMs?: number;
}

const credentialSchema = z.object({
  secret: factsSchema,
  expiresAt: z.string().nullable(),
}) satisfies z.ZodType<Credential>;

/** What is sealed: a credential, or under which id it is kept now. */
const contentSchema = z.union([credentialSchema, z.object({ movedTo: z.string() })]);
type Content = z.infer<typeof contentSchema>;

/** A grant as it was read, and who has or had the lease on it. */
interface Found {
  content: Content;
  generation: number;
  holder: string | null;
  leaseUntil: Moment | null;
}

export function createGrantStore(
  { db, transact }: Database,
  { sealer, now, clock, leaseMs = 90_000, lookAgainMs = 100 }: GrantStoreOptions,
): GrantStore {
  const context = (grantId: GrantId) => `grant of ${grantId}`;
  const columnsOf = (grantId: GrantId, content: Content) => ({
    sealed: sealer.seal(JSON.stringify(content), context(grantId)),
    expires_at: 'expiresAt' in content ? content.expiresAt : null,
  });

  async function find(grantId: GrantId, query: Kysely<Schema> = db): Promise<Found | null> {
    const row = await query
      .selectFrom('grants')
      .select(['generation', 'sealed', 'lease_until', 'lease_holder'])
      .where('grant_id', '=', grantId)
      .executeTakeFirst();
    if (row === undefined || row.sealed === null) return null;
    const content = parseJson(contentSchema, sealer.open(row.sealed, context(grantId)));
    const { generation, lease_until: leaseUntil, lease_holder: holder } = row;
    return { content, generation, leaseUntil, holder };
  }

  /** Where nobody has changed it since it was read, and nobody else has taken the lease. */
  const asItWasRead = (grantId: GrantId, { generation, holder }: Found, query: Kysely<Schema> = db) =>
    query
      .updateTable('grants')
      .where('grant_id', '=', grantId)
      .where('generation', '=', generation)
      .where('lease_holder', holder === null ? 'is' : '=', holder);

  /** The credential and the id it is kept under. */
  async function read(grantId: GrantId): Promise<Found & { credential: Credential; keptAs: string }> {
    const found = await find(grantId);
    if (!found)
      throw new AccountingFailure(
        { about: 'link', cause: 'grant-lost' },
        `no grant is stored for ${grantId}`,
      );
    const { content } = found;
    return 'movedTo' in content ? read(content.movedTo) : { ...found, credential: content, keptAs: grantId };
  }

  async function readStored(grantId: GrantId): Promise<StoredCredential> {
    const { credential, generation } = await read(grantId);
    return { credential, generation };
  }

  /** Overwrites the grant and ends every lease on it. The generation counts up, so that sessions see it is another. */
  async function replace(
    grantId: GrantId,
    content: Content | null,
    query: Kysely<Schema> = db,
  ): Promise<void> {
    const value = content ? columnsOf(grantId, content) : { sealed: null, expires_at: null };
    const fresh = { ...value, lease_holder: null, lease_until: null, updated_at: now().toISOString() };
    await query
      .insertInto('grants')
      .values({ grant_id: grantId, generation: 1, ...fresh })
      .onConflict((conflict) =>
        conflict
          .column('grant_id')
          .doUpdateSet((eb) => ({ ...fresh, generation: eb('grants.generation', '+', 1) })),
      )
      .execute();
  }

  /** Waits for a renewal that is under way: its token would be thrown away, and the one that was moved is used up. */
  async function move(from: string, to: string): Promise<void> {
    const isDone = () =>
      transact(`grant/${to}`, async (trx) => {
        const found = await find(from, trx);
        if (!found || 'movedTo' in found.content) return true;
        if (isHeld(found, await clock(trx))) return false;
        // A renewal may have begun or ended in between.
        const left = await asItWasRead(from, found, trx)
          .set({
            ...columnsOf(from, { movedTo: to }),
            ...{ generation: found.generation + 1, lease_holder: null, lease_until: null },
            updated_at: now().toISOString(),
          })
          .executeTakeFirst();
        if (left.numUpdatedRows === 0n) return false;
        await replace(to, found.content, trx);
        return true;
      });
    while (!(await isDone())) await sleep(lookAgainMs);
  }

  /** A lease that ends further away than any lease may, by a clock that was ahead, is none. */
  function isHeld({ leaseUntil }: Found, at: Date): boolean {
    if (leaseUntil === null) return false;
    const left = Date.parse(leaseUntil) - at.getTime();
    return left > 0 && left <= 2 * leaseMs;
  }

  /** One statement, so that of two processes only one gets it. */
  async function takeLease(grantId: GrantId, found: Found, holder: string): Promise<boolean> {
    const at = await clock(db);
    if (isHeld(found, at)) return false;
    const lease = { lease_holder: holder, lease_until: new Date(at.getTime() + leaseMs).toISOString() };
    const taken = await asItWasRead(grantId, found).set(lease).executeTakeFirst();
    return taken.numUpdatedRows === 1n;
  }

  async function dropLease(grantId: GrantId, holder: string): Promise<void> {
    await db
      .updateTable('grants')
      .set({ lease_holder: null, lease_until: null })
      .where('grant_id', '=', grantId)
      .where('lease_holder', '=', holder)
      .execute();
  }

  /** Only onto the generation it came from: a login or a discard meanwhile counts for more than a renewal. */
  async function storeRenewed(grantId: GrantId, generation: number, credential: Credential): Promise<void> {
    await db
      .updateTable('grants')
      .set({
        ...columnsOf(grantId, credential),
        generation: generation + 1,
        lease_holder: null,
        lease_until: null,
        updated_at: now().toISOString(),
      })
      .where('grant_id', '=', grantId)
      .where('generation', '=', generation)
      .execute();
  }

  async function renew(
    grantId: GrantId,
    seen: number,
    renewal: (current: Credential) => Promise<Credential>,
  ): Promise<StoredCredential> {
    const holder = randomUUID();
    for (;;) {
      const { keptAs, credential, ...found } = await read(grantId);
      const { generation, holder: former } = found;
      if (generation !== seen) return { credential, generation };
      if (await takeLease(keptAs, found, holder)) {
        try {
          await storeRenewed(keptAs, seen, await renewal(credential));
        } catch (error) {
          await dropLease(keptAs, holder);
          throw former === null ? error : asDoubt(error);
        }
        return readStored(grantId);
      }
      await sleep(lookAgainMs);
    }
  }

  return {
    put: (grantId, credential) => replace(grantId, credential),
    vault: (grantId) => ({
      id: grantId,
      read: () => readStored(grantId),
      renew: (seen, renewal) => renew(grantId, seen, renewal),
    }),
    async has(grantId) {
      const row = await db
        .selectFrom('grants')
        .select('sealed')
        .where('grant_id', '=', grantId)
        .executeTakeFirst();
      return row !== undefined && row.sealed !== null;
    },
    async expiry(grantId) {
      const found = await find(grantId);
      if (!found) return null;
      const { keptAs } = await read(grantId);
      const row = await db
        .selectFrom('grants')
        .select(['expires_at', 'warned_of'])
        .where('grant_id', '=', keptAs)
        .executeTakeFirst();
      return { expiresAt: row?.expires_at ?? null, warnedOf: row?.warned_of ?? null };
    },
    async noteWarning(grantId, expiresAt) {
      const { keptAs } = await read(grantId);
      await db.updateTable('grants').set({ warned_of: expiresAt }).where('grant_id', '=', keptAs).execute();
    },
    discard: (grantId) => replace(grantId, null),
    move,
  };
}

/**
 * Whoever had the lease before may have used the token up and stand still with the next one in hand: a refusal then proves
 * nothing. By the next look it is written, or the refusal comes again on a lease that was free.
 */
function asDoubt(error: unknown): unknown {
  if (!(error instanceof AccountingFailure) || error.meaning.about !== 'link') return error;
  const why = `after a renewal was taken over: ${error.message}`;
  return new AccountingFailure({ about: 'doubt', of: 'not-accepted' }, why, { cause: error });
}
