import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { FormSignIn } from '../../accounting/port.ts';
import type { SignInId } from '../../domain/ids.ts';

const longestValue = 500;
const halfAnHour = 30 * 60;

/** What somebody entered into the fields of a package without a login page. */
export interface TypedLogin {
  /** All of it, or null when something is missing or too long. */
  values: Record<string, string> | null;
  /** What is not secret, to fill the form in again. */
  plain: Record<string, string>;
  /** Something came of one of the fields at all. */
  isFilledIn: boolean;
}

export function readTypedLogin({ fields }: Pick<FormSignIn, 'fields'>, body: unknown): TypedLogin {
  const given = (body ?? {}) as Record<string, unknown>;
  const typed = fields.flatMap(({ name, secret }) => {
    const value = given[name];
    return typeof value === 'string' && value !== '' && value.length <= longestValue
      ? [{ name, secret, value }]
      : [];
  });
  const byName = (some: typeof typed) => Object.fromEntries(some.map(({ name, value }) => [name, value]));
  return {
    values: typed.length === fields.length ? byName(typed) : null,
    plain: byName(typed.filter(({ secret }) => !secret)),
    isFilledIn: fields.some(({ name }) => name in given),
  };
}

/**
 * The user name of a login stays with the browser in which it was entered, for the page of its result: whoever mistyped the
 * password need not enter both. We keep nothing of it, as some people enter a password where the name belongs.
 */
export interface TypedCookie {
  keep(reply: FastifyReply, signInId: SignInId, plain: Record<string, string>): void;
  read(request: FastifyRequest, signInId: SignInId): Record<string, string>;
}

const plainSchema = z.record(z.string(), z.string().max(longestValue));

export function createTypedCookie(publicUrl: string): TypedCookie {
  const nameOf = (signInId: SignInId) => `syncuser-typed-${signInId}`;
  return {
    keep(reply, signInId, plain) {
      reply.setCookie(nameOf(signInId), Buffer.from(JSON.stringify(plain)).toString('base64url'), {
        httpOnly: true,
        sameSite: 'lax',
        secure: publicUrl.startsWith('https:'),
        path: `/connect/result/${signInId}`,
        maxAge: halfAnHour,
      });
    },
    read(request, signInId) {
      try {
        const text = Buffer.from(request.cookies[nameOf(signInId)] ?? '', 'base64url').toString('utf8');
        return plainSchema.parse(JSON.parse(text));
      } catch {
        return {};
      }
    },
  };
}
