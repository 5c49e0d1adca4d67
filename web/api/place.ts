import { z } from 'zod';

/**
 * A place in a feed of changes, as text: the epoch of the feed and a sequence number in it. When the database was taken
 * back to an older state the numbers begin anew in another epoch, and a place of before means nothing any more.
 */
export interface Place {
  epoch: string;
  seq: number;
}

const error = 'is the "next" of an earlier answer';

/** Null for 0, the very beginning. */
export const placeSchema = z
  .string(error)
  .regex(/^(0|[0-9a-f]{1,8}-[0-9]{1,15})$/, error)
  .default('0')
  .transform((text): Place | null => {
    const [epoch = '', seq] = text.split('-');
    return seq === undefined ? null : { epoch, seq: Number(seq) };
  });

export function placeText({ epoch, seq }: Place): string {
  return `${epoch}-${seq}`;
}
