import { z } from 'zod';
import type { ReplyTo } from '../asking/ask.ts';
import { idSchema, readCarried } from '../carried-value.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** What a modal carries along, out of sight: where to answer, and which connection it is about. */
const carriedSchema = z.object({
  responseUrl: z.string().nullable(),
  channel: z.string().nullable(),
  connectionId: idSchema.nullable(),
  /** It is about all that broke together with this connection. */
  all: z.boolean(),
});
export type Carried = z.infer<typeof carriedSchema>;

export function carry(replyTo: ReplyTo, connectionId: ConnectionId | null = null, all = false): string {
  return JSON.stringify({ ...replyTo, connectionId, all } satisfies Carried);
}

/** @throws RefusedError when the metadata was not made by {@link carry} */
export function carried(metadata: string): Carried {
  return readCarried(carriedSchema, metadata);
}
