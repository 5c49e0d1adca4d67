import { z } from 'zod';
import { kindIds } from './books/kinds.ts';
import { scopeLevels } from './scopes.ts';

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
  /** The companies that the consent covers; null for all, also those that come later. */
  companies: z.array(z.number()).nullable().default(null),
});
export type Grant = z.infer<typeof grantSchema>;

const companySchema = z.object({
  code: z.string().exactOptional(),
  name: z.string().exactOptional(),
  blocked: z.boolean().exactOptional(),
  archived: z.boolean().exactOptional(),
  deleted: z.boolean().exactOptional(),
  licenceExpired: z.boolean().exactOptional(),
  /** When it was moved to another database (DivisionMoveDate). */
  movedAt: moment.exactOptional(),
});
export type CompanyState = z.infer<typeof companySchema>;

const rowChangeSchema = z.object({
  /** `move` gives every row another version. */
  action: z.enum(['add', 'change', 'delete', 'move']),
  count: z.number(),
  at: moment,
  /** The first of `count` row versions this change uses. */
  firstTimestamp: z.number(),
});
export type RowChange = z.infer<typeof rowChangeSchema>;

/** 408 and 599 come for seconds to hours on many resources: forums.invantive.com thread 1368. */
export const outages = [
  'off',
  'status-408',
  'status-500',
  'status-502',
  'status-503',
  'status-504',
  'status-599',
  'maintenance-page',
] as const;

/** What can be wrong with replies that would have been good. */
export const replyTroubles = [
  'as-usual',
  'time-out',
  'slow',
  'truncated',
  'cut-off',
  'malformed',
  'wrong-shape',
  'repeated-page',
  'refused-401',
] as const;

/** What the token endpoint has been seen to answer to a refresh that was in order; RFC 6749 section 5.2. */
export const tokenTroubles = ['as-usual', 'invalid-request', 'text', 'empty-401', 'invalid-client'] as const;

const repliesSchema = z.object({
  how: z.enum(replyTroubles),
  /** For `slow`. */
  seconds: z.number(),
  /** Only calls whose address holds this, whatever the case. */
  path: z.string().nullable(),
  /** How many more calls it hits; null for all. */
  left: z.number().nullable(),
});
export const repliesAsUsual = { how: 'as-usual' as const, seconds: 0, path: null, left: null };

const webhookSchema = z.object({
  id: z.string(),
  app: z.string(),
  user: z.string(),
  division: z.number(),
  topic: z.string(),
  callbackUrl: z.string(),
  createdAt: moment,
  /** Whether the CallbackURL answered the empty POST that follows a subscription. */
  validated: z.boolean(),
});
export type Webhook = z.infer<typeof webhookSchema>;

const entrySchema = z.object({
  EntryID: z.string(),
  EntryNumber: z.number(),
  Journal: z.string(),
  Supplier: z.string(),
  YourRef: z.string().nullable(),
  Description: z.string().nullable(),
  Currency: z.string(),
  EntryDate: moment,
  DueDate: moment.nullable(),
  AmountFC: z.number(),
  VATAmountFC: z.number(),
  Created: moment,
  Creator: z.string(),
});
export type Entry = z.infer<typeof entrySchema>;

/** Errors of one key, user, company and endpoint within the last hour, and the block that came of them. */
const errorsSchema = z.object({ at: z.array(moment), blockedUntil: moment, blocks: z.number() });
export type Errors = z.infer<typeof errorsSchema>;

export const stateSchema = z.object({
  version: z.literal(1),
  /** Which books the divisions below belong to. */
  books: z.object({ seed: z.number(), companies: z.number() }),
  clockShift: z.number(),
  users: z.record(z.string(), userSchema),
  customer: z.object({ blocked: z.boolean(), licenceExpired: z.boolean() }),
  /** Only what differs from the generated books, by division. */
  companies: z.record(z.string(), companySchema),
  outage: z.enum(outages),
  rateLimit: z.enum(['off', 'minute', 'day']),
  grants: z.array(grantSchema),
  sessions: z.array(z.object({ hash: z.string(), user: z.string() })),
  nextTimestamp: z.number(),
  /** In order, by `division/kind`; the books replay them over the generated rows. */
  rowChanges: z.record(z.string(), z.array(rowChangeSchema)),
  // What follows came later: a state file without it is read as if nothing of it had happened.
  /** Calls used of the minute and the day, by `app/division`. */
  budgets: z
    .record(
      z.string(),
      z.object({ minute: z.number(), inMinute: z.number(), day: z.number(), inDay: z.number() }),
    )
    .default({}),
  /** Calls of the token endpoint, by `app/user`. */
  tokenCalls: z.record(z.string(), z.object({ day: z.number(), count: z.number() })).default({}),
  errors: z.record(z.string(), errorsSchema).default({}),
  /** The switch that answers as the block after too many errors; null is off. */
  errorBlock: z
    .object({ division: z.number().nullable(), kind: z.enum(kindIds).nullable() })
    .nullable()
    .default(null),
  scopes: z.record(z.string(), z.enum(scopeLevels)).default({}),
  /** Purchase entries that were made here, by division. */
  entries: z.record(z.string(), z.array(entrySchema)).default({}),
  /** Until which month (`2026-10`) the periods of a division are closed. */
  closedUntil: z.record(z.string(), z.string()).default({}),
  /** Users without the right to purchase entries. */
  mayNotBook: z.array(z.string()).default([]),
  /** How many replies to a new purchase entry get lost from now on. */
  loseEntryReplies: z.number().default(0),
  webhooks: z.array(webhookSchema).default([]),
  webhooksLost: z.boolean().default(false),
  replies: repliesSchema.default(repliesAsUsual),
  /** What the token endpoint answers, and how many more times; null until it is turned off. */
  tokenReplies: z
    .object({ how: z.enum(tokenTroubles), left: z.number().nullable() })
    .default({ how: 'as-usual', left: null }),
  /** How many replies to a refresh get lost from now on. */
  loseRefreshReplies: z.number().default(0),
  /** Who every browser is logged in as before anybody typed a name. */
  browserUser: z.string().nullable().default(null),
  /** Whether lists of companies check the company in their path (2021: forums.invantive.com thread 1739). */
  listsCheckDivision: z.boolean().default(false),
  /** Whether `$top=1` is answered with a bare array, as a higher `$top` is: clients have seen both. */
  topOneBare: z.boolean().default(false),
});
export type State = z.infer<typeof stateSchema>;
