import { z } from 'zod';

/** What happens to a call that matches, however right it is. */
const happening = z.union([
  /** Any error code of Slack, `ok: false` and HTTP 200. */
  z.object({ error: z.string().min(1) }).strict(),
  /** HTTP 429; `retryAfter` in seconds, null for an answer without the header. */
  z.object({ rateLimited: z.object({ retryAfter: z.number().int().min(0).nullable() }).strict() }).strict(),
  z.object({ status: z.union([z.literal(500), z.literal(502), z.literal(503), z.literal(504)]) }).strict(),
  /** `hang`: no answer, ever, and nothing done. `lose-answer`: Slack takes it, and the connection breaks. */
  z.object({ connection: z.enum(['hang', 'lose-answer']) }).strict(),
]);

export const misfortuneSchema = z
  .object({
    /** All methods when absent; `response_url` for answers to what a person did. */
    method: z.string().min(1).optional(),
    channel: z.string().min(1).optional(),
    user: z.string().min(1).optional(),
    /** How many calls it meets; every one until it is cleared, when absent. */
    times: z.number().int().min(1).optional(),
    /** So many that match pass unharmed first. */
    after: z.number().int().min(0).default(0),
    then: happening,
  })
  .strict();

export type Misfortune = z.input<typeof misfortuneSchema>;
export type Happening = z.output<typeof happening>;

export interface CallPlace {
  method: string;
  channel?: string | undefined;
  user?: string | undefined;
}

/** What a test wishes to go wrong: the first that matches and is not used up meets the call. */
export function createMisfortunes() {
  let wishes: z.output<typeof misfortuneSchema>[] = [];
  return {
    add(wish: Misfortune): void {
      wishes.push(misfortuneSchema.parse(wish));
    },
    meet(call: CallPlace): Happening | null {
      const wish = wishes.find(
        ({ method, channel, user }) =>
          (method ?? call.method) === call.method &&
          (channel ?? call.channel) === call.channel &&
          (user ?? call.user) === call.user,
      );
      if (!wish) return null;
      if (wish.after > 0) {
        wish.after -= 1;
        return null;
      }
      if (wish.times !== undefined) {
        wish.times -= 1;
        if (wish.times === 0) wishes = wishes.filter((other) => other !== wish);
      }
      return wish.then;
    },
    all: () => wishes,
    clear(): void {
      wishes = [];
    },
  };
}

export type Misfortunes = ReturnType<typeof createMisfortunes>;
