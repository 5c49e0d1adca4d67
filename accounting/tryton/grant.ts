import { AccountingFailure } from '../failure.ts';
import type { GrantVault, StoredCredential } from '../port.ts';
import { TrytonRefusal, type TrytonClient, type TrytonSession } from './client.ts';
import { secretSchema, type TrytonSecret } from './schemas.ts';

/** Calls Tryton with the login in the vault. */
export interface TrytonCaller {
  /**
   * Calls a method; a session that is over is renewed by one login.
   * @throws TrytonRefusal `user-error`
   * @throws AccountingFailure `credentials-refused`, `grant-lost`, a doubt, a delay, or a reply that is not understood
   */
  call(method: string, parameters: unknown[], signal?: AbortSignal): Promise<unknown>;
}

/**
 * Tryton refuses the password of a user who is not active in the same words as a wrong one, and who is active again is
 * let in with it. So it is tried again, but seldom: Tryton counts attempts within five minutes.
 */
const triedAgainAfterMs = 6 * 60 * 60_000;

/** A session lives 30 days by default (trytond.conf, [session] max_age); a new password ends it sooner. */
export function createTrytonCaller(
  client: TrytonClient,
  vault: GrantVault,
  { host, now }: { host: string; now: () => Date },
): TrytonCaller {
  return {
    async call(method, parameters, signal) {
      let stored = await vault.read();
      if (needsLogin(stored)) stored = await renew(stored);
      try {
        return await client.call(sessionIn(stored), method, parameters, signal);
      } catch (error) {
        if (!isRefusal(error, 'unauthorised')) throw error;
      }
      stored = await renew(stored);
      try {
        return await client.call(sessionIn(stored), method, parameters, signal);
      } catch (error) {
        if (!isRefusal(error, 'unauthorised')) throw error;
        // The password was taken a moment ago. A session counts for one address only, and something between may be odd.
        throw new AccountingFailure(
          { about: 'doubt', of: 'not-accepted' },
          `${error.message} right after a login`,
          { cause: error },
        );
      }
    },
  };

  // No signal: a login that was sent must also be stored, or the next one is one too many.
  async function renew(stored: StoredCredential): Promise<StoredCredential> {
    const own = secretOf(stored).sessions[host]?.token;
    const renewed = await vault.renew(stored.generation, async (current) => ({
      ...current,
      secret: await logIn(client, secretSchema.parse(current.secret), { host, now }),
    }));
    // Another host renewed its own meanwhile.
    const isOurs = secretOf(renewed).refusedAt || secretOf(renewed).sessions[host]?.token !== own;
    return isOurs ? renewed : renew(renewed);
  }

  function needsLogin(stored: StoredCredential): boolean {
    const { sessions, refusedAt } = secretOf(stored);
    if (refusedAt) return now().getTime() - Date.parse(refusedAt) >= triedAgainAfterMs;
    return !sessions[host];
  }

  function sessionIn(stored: StoredCredential): TrytonSession {
    const { userName, sessions } = secretOf(stored);
    const session = sessions[host];
    if (session) return { userName, ...session };
    throw new AccountingFailure(
      { about: 'link', cause: 'credentials-refused' },
      'Tryton refused this user name and password; they are not tried again for some hours',
    );
  }
}

const secretOf = ({ credential }: StoredCredential): TrytonSecret => secretSchema.parse(credential.secret);

/** Containers get new names; of those that are gone the oldest sessions are let go of. */
const mostHosts = 8;

/** The secret with the session that a login gave this host. */
export function withSession(
  { userName, password, sessions = {} }: Pick<TrytonSecret, 'userName' | 'password'> & Partial<TrytonSecret>,
  host: string,
  session: TrytonSecret['sessions'][string],
): TrytonSecret {
  const others = Object.entries(sessions).filter(([name]) => name !== host);
  return {
    userName,
    password,
    sessions: Object.fromEntries([...others, [host, session] as const].slice(-mostHosts)),
  };
}

/**
 * One login. A refused password is remembered in the secret itself, so that no process tries it again soon:
 * Tryton answers every further attempt more slowly, and past five it refuses the login for a while.
 */
async function logIn(
  client: TrytonClient,
  secret: TrytonSecret,
  { host, now }: { host: string; now: () => Date },
): Promise<TrytonSecret> {
  const { userName, password } = secret;
  try {
    const { userId, token } = await client.login({ userName, password });
    return withSession(secret, host, { userId, token });
  } catch (error) {
    if (isRefusal(error, 'unauthorised'))
      return { userName, password, sessions: {}, refusedAt: now().toISOString() };
    if (!isRefusal(error, 'asks-more')) throw error;
    throw new AccountingFailure({ about: 'link', cause: 'grant-lost' }, error.message, { cause: error });
  }
}

export function isRefusal(error: unknown, reason: TrytonRefusal['reason']): error is TrytonRefusal {
  return error instanceof TrytonRefusal && error.reason === reason;
}
