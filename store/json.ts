import { z } from 'zod';

/** Facts of an event as plain JSON: ids, counts, words from unions; never text written for people and never a secret. */
export type Facts = Record<string, unknown>;

export const factsSchema = z.record(z.string(), z.unknown());

/** The value of a JSON column, checked: the database is a border as well. */
export function parseJson<T>(schema: z.ZodType<T>, text: string): T {
  return schema.parse(JSON.parse(text));
}
