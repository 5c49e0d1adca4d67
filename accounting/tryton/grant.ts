import { AccountingFailure } from '../failure.ts';
import type { GrantVault, StoredCredential } from '../port.ts';
import { TrytonRefusal, type TrytonClient, type TrytonSession } from './client.ts';
import { secretSchema, type TrytonSecret } from './schemas.ts';

/** Calls Tryton with the login in the vault. */
export interface TrytonCaller {
  /**
   * Calls a method; a session that is over is renewed by one login.
   * @throws TrytonRefusal `user-error`
   * @throws AccountingFailure `credentials-refused`, `grant-lost`, a delay, or a reply that is not understood
   */
  call(method: string, parameters: unknown[], signal?: AbortSignal): Promise<unknown>;
}

/** A session lives 30 days by default (trytond.conf, [session] max_age); a new password ends it sooner. */
export function createTrytonCaller(client: TrytonClient, vault: GrantVault): TrytonCaller {
  return {
    async call(method, parameters, signal) {
      let stored = await vault.read();
      if (needsLogin(stored)) stored = await renew(stored);
      try {
        return await client.call(sessionOf(stored), method, parameters, signal);
      } catch (error) {
        if (!isRefusal(error, 'unauthorised')) throw error;
      }
      stored = await renew(stored);
      try {
        return await client.call(sessionOf(stored), method, parameters, signal);
      } catch (error) {
        if (!isRefusal(error, 'unauthorised')) throw error;
        throw new AccountingFailure(
          { about: 'link', cause: 'grant-lost' },
          `${error.message} right after a login`,
          { cause: error },
        );
      }
    },
  };

  // No signal: a login that was sent must also be stored, or the next one is one too many.
  function renew(stored: StoredCredential): Promise<StoredCredential> {
    return vault.renew(stored.generation, async (current) => {
      return { ...current, secret: await logIn(client, secretSchema.parse(current.secret)) };
    });
  }
}

/**
 * One login. A refused password is remembered in the secret itself, so that no process tries it again:
 * Tryton answers every further attempt more slowly, and past five it refuses the login for a while.
 */
async function logIn(client: TrytonClient, secret: TrytonSecret): Promise<TrytonSecret> {
  const { userName, password } = secret;
  try {
    const { userId, token } = await client.login({ userName, password });
    return { userName, password, session: { userId, token } };
  } catch (error) {
    if (isRefusal(error, 'unauthorised')) return { userName, password, refused: true };
    if (!isRefusal(error, 'asks-more')) throw error;
    throw new AccountingFailure({ about: 'link', cause: 'grant-lost' }, error.message, { cause: error });
  }
}

function needsLogin(stored: StoredCredential): boolean {
  const { session, refused } = secretSchema.parse(stored.credential.secret);
  return !session && !refused;
}

function sessionOf(stored: StoredCredential): TrytonSession {
  const { userName, session } = secretSchema.parse(stored.credential.secret);
  if (session) return { userName, ...session };
  throw new AccountingFailure(
    { about: 'link', cause: 'credentials-refused' },
    'Tryton refused this user name and password; they are not tried again',
  );
}

export function isRefusal(error: unknown, reason: TrytonRefusal['reason']): error is TrytonRefusal {
  return error instanceof TrytonRefusal && error.reason === reason;
}
