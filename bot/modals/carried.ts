import { z } from 'zod';
import type { ReplyTo } from '../ask.ts';

/** What a modal carries along, out of sight: where to answer, and which connection it is about. */
const carriedSchema = z.object({
  responseUrl: z.string().nullable(),
  channel: z.string().nullable(),
  connectionId: z.string().nullable(),
});
export type Carried = z.infer<typeof carriedSchema>;

export function carry(replyTo: ReplyTo, connectionId: string | null = null): string {
  return JSON.stringify({ ...replyTo, connectionId } satisfies Carried);
}

/** @throws ZodError when the metadata was not made by {@link carry} */
export function carried(metadata: string): Carried {
  return carriedSchema.parse(JSON.parse(metadata));
}
