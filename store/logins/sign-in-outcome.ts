import { z } from 'zod';
import { linkCauses } from '../../domain/causes.ts';
import type { SignInOutcome } from '../../domain/logins/sign-in.ts';

/** An outcome as it stands in the database. */
export const signInOutcomeSchema = z.discriminatedUnion('result', [
  z.object({
    result: z.literal('linked'),
    login: z.string(),
    environment: z.string(),
    reachable: z.number(),
    total: z.number(),
  }),
  z.object({ result: z.literal('wrong-user'), login: z.string(), expected: z.string() }),
  z.object({ result: z.literal('wrong-environment'), environment: z.string(), expected: z.string() }),
  z.object({ result: z.literal('no-companies'), login: z.string() }),
  z.object({
    result: z.literal('refused'),
    cause: z.enum([...linkCauses, 'cancelled', 'login-failed', 'login-in-use', 'not-allowed']),
  }),
  z.object({ result: z.literal('no-longer-needed') }),
]) satisfies z.ZodType<SignInOutcome>;
