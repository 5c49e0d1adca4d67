import { z } from 'zod';

/**
 * The wire values of Exact Online's OData 2 JSON, and the replies that are not master data.
 * Sources: "Exact Online REST API" reference of the vendor as kept in Pi-Systems/exact-online (2025) and
 * picqer/exact-php-client (2025), and the recorded replies of exactonline/exactonline-api-dotnet-client.
 */

/**
 * A value of a row: checked and told in one step. A page has ten thousand of them, and a chain of steps for each is what
 * a first pass spends most of its time on (docs/performance.md).
 */
function field<T>(expected: string, read: (value: unknown) => T | undefined): z.ZodType<T> {
  return z.transform((value: unknown, context): T => {
    const told = read(value);
    if (told !== undefined) return told;
    context.issues.push({ code: 'custom', message: `expected ${expected}`, input: value });
    return z.NEVER;
  });
}

const isAbsent = (value: unknown) => value === null || value === undefined;
const mostCharacters = 5_000;
const trimmed = (value: unknown) =>
  typeof value === 'string' && value.length <= mostCharacters ? value.trim() : undefined;

/** Codes are padded to a fixed width ("                 8", "NL "); empty means absent. */
export const text = field('text', (value) => {
  if (isAbsent(value)) return null;
  const words = trimmed(value);
  return words === '' ? null : words;
});

/** A field no row is without. */
export const name = field('text', trimmed);

const guidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** In small letters, so that the same id is the same text, however the package writes it today (RFC 9562 section 4). */
export const guid = field('a GUID', (value) => matching(guidPattern, value)?.toLowerCase());

export const flag = field('true or false', (value) =>
  isAbsent(value) ? null : typeof value === 'boolean' ? value : undefined,
);

/** Edm.Double is a number and Edm.Decimal is text in OData 2 JSON; both are taken, as they were written. */
export const decimal = field('a number', (value) => {
  if (isAbsent(value)) return null;
  if (typeof value === 'number') return Math.abs(value) < 1e15 ? String(value) : undefined;
  return matching(/^-?\d{1,20}(\.\d{1,20})?$/, value);
});

export const integer = field('a whole number', (value) => {
  if (isAbsent(value)) return null;
  const number = typeof value === 'number' ? value : Number(matching(/^-?\d{1,15}$/, value) ?? NaN);
  return Number.isSafeInteger(number) ? number : undefined;
});

/** `/Date(1382667872203)/`: milliseconds since 1970, without an offset; the years 1 to 9999. */
export const date = field('a date', (value) => {
  if (isAbsent(value)) return null;
  const written = matching(/^\/Date\(-?\d{1,15}\)\/$/, value);
  const ms = Number(written?.slice('/Date('.length, -')/'.length) ?? NaN);
  return ms >= -62_135_596_800_000 && ms <= 253_402_300_799_999 ? ms : undefined;
});

/** A row version (Edm.Int64): a number or text, and no moment in time. Kept as text, compared as a bigint. */
export const timestamp = field('a row version', (value) =>
  typeof value === 'number'
    ? Number.isSafeInteger(value) && value >= 0
      ? String(value)
      : undefined
    : matching(/^\d{1,19}$/, value),
);

function matching(pattern: RegExp, value: unknown): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}

const lists = new WeakMap<z.ZodType, unknown>();

/**
 * `{"d":{"results":[…],"__next":"…"}}`; some endpoints, and `$top`, answer with `{"d":[…]}`. Made once for every schema
 * of a row: zod compiles each schema it is given, which takes longer than most answers take to read.
 */
export function listSchema<T>(row: z.ZodType<T>): ReturnType<typeof newListSchema<T>> {
  const known = lists.get(row) as ReturnType<typeof newListSchema<T>> | undefined;
  const list = known ?? newListSchema(row);
  if (!known) lists.set(row, list);
  return list;
}

function newListSchema<T>(row: z.ZodType<T>) {
  const list = z.object({ results: z.array(row), __next: z.string().nullish() });
  return z
    .object({ d: z.preprocess((d) => (Array.isArray(d) ? { results: d as unknown[] } : d), list) })
    .transform(({ d }) => ({ rows: d.results, next: d.__next ?? null }));
}

export const meSchema = z.object({
  UserID: guid,
  UserName: text,
  FullName: text,
  CurrentDivision: integer,
  AccountingDivision: integer,
  CustomerCode: text,
  DivisionCustomer: text,
  DivisionCustomerCode: text,
  DivisionCustomerName: text,
});
export type Me = z.output<typeof meSchema>;

export const divisionSchema = z.object({
  Code: z.int(),
  Description: text,
  /** A number by the reference; kept as it is written, for people put zeros in front. */
  Hid: z.union([z.int().transform(String), text]),
  CustomerCode: text,
  /** 0 inactive, 1 active, 2 archived. */
  Status: integer,
  /** 0 not blocked; 1 backup or restore, 2 to 4 conversion, 5 and 6 copying. */
  BlockingStatus: integer,
});
export type Division = z.output<typeof divisionSchema>;

export const divisionMoveSchema = z.object({ Code: z.int(), DivisionMoveDate: date });
/** `system/Divisions`: what the login reaches, and when each was last moved to another database. */
export const reachedDivisionSchema = z.object({ ...divisionSchema.shape, ...divisionMoveSchema.shape });
export type ReachedDivision = z.output<typeof reachedDivisionSchema>;

export const deletedSchema = z.object({ Timestamp: timestamp, EntityKey: guid, EntityType: z.int() });
export type Deletion = z.output<typeof deletedSchema>;

/** A row of which nothing but its being there is asked. */
export const rowSchema = z.object({ ID: guid });

/** `webhooks/WebhookSubscriptions`. */
export const subscriptionSchema = z.object({ ID: guid, CallbackURL: text, ClientID: text, Topic: text });

export const userHasRightsSchema = z
  .object({ d: z.object({ UserHasRights: z.boolean() }) })
  .transform(({ d }) => d.UserHasRights);

/** What `$select` asks for is what the schema reads, so that neither can fall behind the other. */
export function selectOf(row: z.ZodObject): string {
  return Object.keys(row.shape).join(',');
}
