import { typed } from './schema-words.ts';
import type { schemas } from './schemas.ts';

/** What descriptions of the API are put together from. */
export type Json = Record<string, unknown>;

export const json = (name: keyof typeof schemas, description: string): Json => ({
  description,
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
});
export const problem = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
export const inPath = (name: string, description: string, schema: Json = typed): Json => ({
  name,
  in: 'path',
  required: true,
  description,
  schema,
});
export const inQuery = (name: string, description: string, schema: Json): Json => ({
  name,
  in: 'query',
  description,
  schema,
});

export const connection = (name: string) =>
  inPath(name, 'Id of the connection, as in the list of connections.');
export const company = inPath(
  'company',
  'Id of the company, as in the list of companies, or its code. Where ids and codes meet, `id:` or `code:` before it says which.',
);
export const ambiguous = problem('The name may mean more than one company; the detail says which.');
export const notFound = problem('There is no such connection or company.');
