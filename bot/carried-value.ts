import { z } from 'zod';
import { RefusedError } from './asking/refused.ts';

/** An id as ours are: short, and of characters that can be kept and looked for. */
export const idSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u);

/** A number of ours, as the database counts. */
export const numberSchema = z
  .int()
  .min(0)
  .max(2 ** 31 - 1);

/**
 * What a button or a modal carries. Slack brings back what we gave it, and whoever holds a token of the app may bring anything.
 * @throws RefusedError when it is not what we give
 */
export function readCarried<T>(schema: z.ZodType<T>, value: string): T {
  const read = schema.safeParse(parsed(value));
  if (read.success) return read.data;
  throw notOurs();
}

/** @throws RefusedError */
export function readId(value: string): string {
  if (idSchema.safeParse(value).success) return value;
  throw notOurs();
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

const notOurs = () =>
  new RefusedError(
    'This button is not one that Syncuser knows, or not any more, so nothing was done. Type /syncuser to see how things are.',
  );
