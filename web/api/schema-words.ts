/** JSON Schema 2020-12, as the descriptions of answers are put together. */
export type Schema = Record<string, unknown>;

export const text: Schema = { type: 'string' };
/** What a client may write in an address: of what is refused (domain/plain-text.ts), all that other languages' patterns can say. */
export const typed: Schema = {
  type: 'string',
  pattern: String.raw`^[^\u0000-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]*$`,
};
/** A place in a feed (place.ts). */
export const place: Schema = { type: 'string', pattern: '^(0|[0-9a-f]{1,8}-[0-9]{1,15})$' };
export const month: Schema = { type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' };
export const flag: Schema = { type: 'boolean' };
export const count: Schema = { type: 'integer', minimum: 0 };
export const moment: Schema = { type: 'string', format: 'date-time' };
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const listOf = (schema: Schema): Schema => ({ type: 'array', items: schema });

/** An object with exactly these members, all of them present. */
export function object(properties: Record<string, Schema>): Schema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}
