import type { z } from 'zod';
import { AccountingFailure, type FailureMeaning } from '../failure.ts';
import { isRefusal, type TrytonCaller } from './grant.ts';
import { withReadableDays } from './values.ts';

/** Calls a method, and parses what comes back. The last parameter must be the context. */
export type Ask = <S extends z.ZodType>(
  schema: S,
  method: string,
  parameters: unknown[],
  signal?: AbortSignal,
) => Promise<z.output<S>>;

/**
 * `no`: what it means when Tryton says no in words. A read asks for nothing a user can do wrong, so there it is about
 * their rights.
 */
export function createAsk(
  caller: TrytonCaller,
  no: (said: string) => FailureMeaning = () => ({ about: 'right' }),
): Ask {
  return async (schema, method, parameters, signal) => {
    const answer = await caller.call(method, parameters, signal).catch((error: unknown) => {
      if (!isRefusal(error, 'user-error')) throw error;
      const said = withReadableDays(error.said, parameters.at(-1));
      throw new AccountingFailure(no(said), error.message, { cause: error });
    });
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    const cause = parsed.error;
    throw new AccountingFailure({ about: 'reply' }, `${method}: not what Tryton 8.0 gives`, { cause });
  };
}
