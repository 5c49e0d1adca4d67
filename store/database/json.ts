import { z } from 'zod';

/** Facts of an event as plain JSON: ids, counts, words from unions; never text written for people and never a secret. */
export type Facts = Record<string, unknown>;

export const factsSchema = z.record(z.string(), z.unknown());

/** The value of a JSON column, checked: the database is a border as well. */
export function parseJson<T>(schema: z.ZodType<T>, text: string): T {
  return schema.parse(JSON.parse(text));
}

/** The value of a JSON column that must not stop whoever reads beside it; undefined where the text is no JSON. */
export function looseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A schema of this very type: the compiler refuses one that leaves out a kind or a fact, or wants another. */
export const exactly =
  <T>() =>
  <Schema extends z.ZodType<T>>(schema: Schema & Covers<Schema, T>): z.ZodType<T> =>
    schema;

type Covers<Schema extends z.ZodType, T> = [T] extends [z.output<Schema>] ? unknown : never;
