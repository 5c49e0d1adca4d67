import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { kindIds } from './kinds.ts';

/** Milliseconds since 1970 on the sandbox clock. */
const moment = z.number();

const denialSchema = z.object({
  /** Null: in every company. */
  division: z.number().nullable(),
  kind: z.enum(kindIds),
  /** How the vendor shows it: an empty list (its documented way) or 403 Forbidden (seen by users). */
  how: z.enum(['empty', 'forbidden']),
});
export type Denial = z.infer<typeof denialSchema>;

const userSchema = z.object({
  blocked: z.boolean(),
  inactive: z.boolean(),
  divisions: z.array(z.number()),
  denials: z.array(denialSchema),
});
export type UserState = z.infer<typeof userSchema>;

/** One consent of one user to one app, and the chain of tokens that came from it. Tokens are kept as hashes. */
const grantSchema = z.object({
  id: z.string(),
  user: z.string(),
  app: z.string(),
  givenAt: moment,
  code: z.object({ hash: z.string(), expiresAt: moment, redirectUri: z.string() }).nullable(),
  issuedAt: moment.nullable(),
  refreshHash: z.string().nullable(),
  usedRefreshHashes: z.array(z.string()),
  accessTokens: z.array(z.object({ hash: z.string(), expiresAt: moment })),
  ended: z.object({ at: moment, why: z.enum(['withdrawn', 'replaced']) }).nullable(),
});
export type Grant = z.infer<typeof grantSchema>;

const companySchema = z.object({
  code: z.string().exactOptional(),
  name: z.string().exactOptional(),
  blocked: z.boolean().exactOptional(),
  archived: z.boolean().exactOptional(),
  deleted: z.boolean().exactOptional(),
});
export type CompanyState = z.infer<typeof companySchema>;

const rowChangeSchema = z.object({
  action: z.enum(['add', 'change', 'delete']),
  count: z.number(),
  at: moment,
  /** The first of `count` row versions this change uses. */
  firstTimestamp: z.number(),
});
export type RowChange = z.infer<typeof rowChangeSchema>;

const stateSchema = z.object({
  version: z.literal(1),
  /** Which books the divisions below belong to. */
  books: z.object({ seed: z.number(), companies: z.number() }),
  clockShift: z.number(),
  users: z.record(z.string(), userSchema),
  customer: z.object({ blocked: z.boolean(), licenceExpired: z.boolean() }),
  /** Only what differs from the generated books, by division. */
  companies: z.record(z.string(), companySchema),
  outage: z.enum(['off', 'status-503', 'maintenance-page']),
  rateLimit: z.enum(['off', 'minute', 'day']),
  grants: z.array(grantSchema),
  sessions: z.array(z.object({ hash: z.string(), user: z.string() })),
  nextTimestamp: z.number(),
  /** In order, by `division/kind`; the books replay them over the generated rows. */
  rowChanges: z.record(z.string(), z.array(rowChangeSchema)),
});
export type State = z.infer<typeof stateSchema>;

export interface StateStore {
  /** Read it freely; change it only through `change`. */
  readonly state: State;
  /** Changes the state and keeps it before it returns. */
  change(edit: (state: State) => void): void;
  /** Back to the beginning. */
  reset(): void;
}

/**
 * Keeps the state in a JSON file (or in memory without one). Each change writes a whole new file beside the old one
 * and renames it, so a killed process leaves the old or the new state and never half of one.
 * @throws Error when the file is there but holds something else, or the state of other books
 */
export function createStateStore(initial: () => State, file?: string): StateStore {
  let state = file && existsSync(file) ? read(file, initial()) : initial();
  const keep = () => {
    if (!file) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  keep();
  return {
    get state() {
      return state;
    },
    change(edit) {
      edit(state);
      keep();
    },
    reset() {
      state = initial();
      keep();
    },
  };
}

function read(file: string, { books, users }: State): State {
  const parsed = stateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file} holds no sandbox state: ${z.prettifyError(parsed.error)}`);
  const { seed, companies } = parsed.data.books;
  if (seed !== books.seed || companies !== books.companies) {
    throw new Error(
      `${file} belongs to other books (seed ${seed}, ${companies} companies); remove it to start anew`,
    );
  }
  return { ...parsed.data, users: { ...users, ...parsed.data.users } };
}
