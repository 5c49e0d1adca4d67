/** JSON Schema 2020-12, as the descriptions of answers are put together. */
export type Schema = Record<string, unknown>;

export const text: Schema = { type: 'string' };
export const flag: Schema = { type: 'boolean' };
export const count: Schema = { type: 'integer', minimum: 0 };
export const moment: Schema = { type: 'string', format: 'date-time' };
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const listOf = (schema: Schema): Schema => ({ type: 'array', items: schema });

/** An object with exactly these members, all of them present. */
export function object(properties: Record<string, Schema>): Schema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}
