import { z } from 'zod';
import type { LinkCause } from '../causes.ts';

/** Somebody without an account, such as an ICT administrator, to whom a link is passed on; in words, nothing more. */
export const outsiderSchema = z.object({
  name: z.string().min(1).max(100),
  email: z.string().max(200).nullable(),
});
export type Outsider = z.infer<typeof outsiderSchema>;

/** Why a person is asked to log in to the accounting system. */
export const signInPurposes = ['set-up', 'reconnect', 'change', 'personal'] as const;
export type SignInPurpose = (typeof signInPurposes)[number];

/** Those for which the connection waits; a person links their own login whenever they like. */
export type AwaitedPurpose = Exclude<SignInPurpose, 'personal'>;

/**
 * What came of one login, shown on the result page. `linked` also says what the login reaches; the refusals say
 * what was expected, so that the person can put it right.
 */
export type SignInOutcome =
  | { result: 'linked'; login: string; environment: string; reachable: number; total: number }
  | { result: 'wrong-user'; login: string; expected: string }
  | { result: 'wrong-environment'; environment: string; expected: string }
  | { result: 'no-companies'; login: string }
  | { result: 'refused'; cause: LinkCause | 'cancelled' | 'login-failed' | 'login-in-use' | 'not-allowed' }
  | { result: 'no-longer-needed' };

/** What a human brought back from a login; the web page seals it, an activity redeems it. */
export const returnedLoginSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('redirect'),
    /** The full callback address with its query. */
    callback: z.url(),
    state: z.string(),
    redirectUri: z.url(),
  }),
  z.object({ kind: z.literal('form'), values: z.record(z.string(), z.string()) }),
]);
export type ReturnedLogin = z.infer<typeof returnedLoginSchema>;
