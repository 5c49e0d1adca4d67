import { z } from 'zod';

/**
 * The wire values of Exact Online's OData 2 JSON, and the replies that are not master data.
 * Sources: "Exact Online REST API" reference of the vendor as kept in Pi-Systems/exact-online (2025) and
 * picqer/exact-php-client (2025), and the recorded replies of exactonline/exactonline-api-dotnet-client.
 */

/** Codes are padded to a fixed width ("                 8", "NL "); empty means absent. */
export const text = z
  .string()
  .max(5_000)
  .nullish()
  .transform((value) => storable(value ?? '').trim() || null);

/** A field no row is without. */
export const name = z
  .string()
  .max(5_000)
  .transform((value) => storable(value).trim());

/** NUL and half a surrogate pair are characters of JSON, and of no text that PostgreSQL keeps. */
function storable(value: string): string {
  return value.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}

export const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);

export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? null);

/** Edm.Double is a number and Edm.Decimal is text in OData 2 JSON; both are taken, as they were written. */
export const decimal = z
  .union([z.number().gt(-1e15).lt(1e15), z.string().regex(/^-?\d{1,20}(\.\d{1,20})?$/)])
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : String(value)));

export const integer = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^-?\d{1,15}$/)
      .transform(Number),
  ])
  .nullish()
  .transform((value) => value ?? null);

/** `/Date(1382667872203)/`: milliseconds since 1970, without an offset. */
export const date = z
  .string()
  .regex(/^\/Date\(-?\d{1,15}\)\/$/)
  .nullish()
  .transform((value) => (value ? Number(value.slice('/Date('.length, -')/'.length)) : null))
  // The years 1 to 9999.
  .refine((ms) => ms === null || (ms >= -62_135_596_800_000 && ms <= 253_402_300_799_999));

/** A row version (Edm.Int64): a number or text, and no moment in time. Kept as text, compared as a bigint. */
export const timestamp = z
  .union([z.int().nonnegative(), z.string().regex(/^\d{1,19}$/)])
  .transform((value) => String(value));

/** `{"d":{"results":[…],"__next":"…"}}`; some endpoints, and `$top`, answer with `{"d":[…]}`. */
export function listSchema<T>(row: z.ZodType<T>) {
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

export const deletedSchema = z.object({ Timestamp: timestamp, EntityKey: guid, EntityType: z.int() });

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
