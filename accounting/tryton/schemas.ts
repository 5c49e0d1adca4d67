import { z } from 'zod';

/** A JSON-RPC answer: a result, or an error (which also comes with HTTP 200). */
export const replySchema = z.union([
  z.object({ error: z.array(z.unknown()).min(1) }),
  z.object({ result: z.unknown() }),
]);

/** `common.db.login`: user id, session token, and since 5.2 the address of the bus. */
export const loginResultSchema = z.tuple([z.int(), z.string().min(1)]).rest(z.unknown());

/**
 * What we keep sealed. Tryton ties a session to the address it was opened from (trytond, ir/session.py), so each of our hosts has one
 * of its own, by its name. `refusedAt`: when Tryton last refused this password, which is tried again a good while later.
 */
export const secretSchema = z.object({
  userName: z.string().min(1),
  password: z.string(),
  sessions: z.record(z.string(), z.object({ userId: z.int(), token: z.string().min(1) })).default({}),
  refusedAt: z.iso.datetime().optional(),
});
export type TrytonSecret = z.infer<typeof secretSchema>;

/** The part of `res.user.get_preferences` that says how far the user reaches. */
export const preferencesSchema = z.object({
  companies: z.array(z.int()),
  company: z.int().nullish(),
  company_filter: z.enum(['one', 'all']).nullish(),
  language: z.string().nullish(),
});
export type TrytonPreferences = z.infer<typeof preferencesSchema>;

export const usersSchema = z.array(z.object({ login: z.string() })).length(1);

export const companiesSchema = z.array(
  z.object({
    id: z.int(),
    rec_name: z.string(),
    'party.': z.object({ code: z.string().nullish() }).nullish(),
  }),
);

export const modelsSchema = z.array(z.object({ name: z.string() }));
