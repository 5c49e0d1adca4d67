import { z } from 'zod';

import { inTurns } from '../in-turns.ts';

/** The rows of a list, and where it goes on. */
export interface List<T> {
  rows: T[];
  /** The address of the next page, or null after the last. */
  next: string | null;
}

/**
 * A short list, read in one step. Made once for every schema of a row: zod compiles each schema it is given, which takes
 * longer than most answers take to read.
 */
export function listSchema<T>(row: z.ZodType<T>): z.ZodType<List<T>> {
  const known = lists.get(row) as z.ZodType<List<T>> | undefined;
  const list = known ?? newListSchema(row);
  if (!known) lists.set(row, list);
  return list;
}

/** What was read, or what is wrong with it. */
export type Reading<T> = { data: T; error?: undefined } | { data?: undefined; error: z.ZodError<unknown> };

/** A list that may be long, read a few rows at a time. The first row that is wrong speaks for all. */
export async function readList<T>(json: unknown, row: z.ZodType<T>): Promise<Reading<List<T>>> {
  const list = anyList.safeParse(json);
  if (list.error) return { error: list.error };
  const rows: T[] = [];
  const errors = await inTurns(list.data.rows, (value, index) => {
    const { data, error } = row.safeParse(value);
    if (!error) rows.push(data);
    return error?.issues.map((issue) => ({ ...issue, path: ['d', 'results', index, ...issue.path] }));
  });
  const issues = errors.find((ofRow) => ofRow !== undefined);
  return issues ? { error: new z.ZodError(issues) } : { data: { rows, next: list.data.next } };
}

const lists = new WeakMap<z.ZodType, unknown>();
const anyList = newListSchema(z.unknown());

/** `{"d":{"results":[…],"__next":"…"}}`; some endpoints, and `$top`, answer with `{"d":[…]}`. */
function newListSchema<T>(row: z.ZodType<T>): z.ZodType<List<T>> {
  const list = z.object({ results: z.array(row), __next: z.string().nullish() });
  return z
    .object({ d: z.preprocess((d) => (Array.isArray(d) ? { results: d as unknown[] } : d), list) })
    .transform(({ d }) => ({ rows: d.results, next: d.__next ?? null }));
}
