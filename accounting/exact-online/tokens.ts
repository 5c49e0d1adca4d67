import { z } from 'zod';

import { AccountingFailure } from '../failure.ts';
import type { Tokens } from '../oauth.ts';
import type { Credential, GrantVault, KeptAlive, StoredCredential } from '../port.ts';

/** What `Credential.secret` holds for Exact Online. */
const secretSchema = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
  obtainedAt: z.iso.datetime(),
  accessTokenExpiresAt: z.iso.datetime(),
});
type Secret = z.infer<typeof secretSchema>;

/** An access token lives 600 s; asked for a new one within 570 s of the last, Exact Online refuses and counts an error. */
const shortestAgeMs = 570_000;
const margin = 30_000;
const accessTokenLifeSeconds = 600;
/** A refresh token dies 30 days after it was issued, and sooner when it is used. */
const refreshTokenLifeMs = 30 * 24 * 60 * 60_000;
/** How old an idle grant may get: a day lost to an outage, or a week, is then still far from its end. */
const idleMs = 24 * 60 * 60_000;

/** The grant as it is stored, from a token response. */
export function credentialFrom({ access_token, refresh_token, expires_in }: Tokens, now: Date): Credential {
  const later = (ms: number) => new Date(now.getTime() + ms).toISOString();
  const secret: Secret = {
    accessToken: access_token,
    refreshToken: refresh_token,
    obtainedAt: now.toISOString(),
    accessTokenExpiresAt: later(lifeSeconds(expires_in) * 1000),
  };
  return { secret: { ...secret }, expiresAt: later(refreshTokenLifeMs) };
}

/** Nonsense must not cost the tokens it comes with. */
function lifeSeconds(expires_in: number | undefined): number {
  const isSensible = expires_in !== undefined && expires_in >= 60 && expires_in <= 24 * 3600;
  return isSensible ? expires_in : accessTokenLifeSeconds;
}

/** An access token and the generation of the grant it came with. */
export interface AccessToken {
  value: string;
  generation: number;
}

/** The access token of one session, renewed in time and by one caller at a time. */
export interface AccessTokens {
  /** A token that is good for now. */
  current(): Promise<AccessToken>;
  /**
   * Another token than one the API refused: that of another process, or a renewed one.
   * Null when there is none to be had: the token should have been good, and it is too early for a new one. `outright`:
   * a young token is renewed as well, once, for the answer alone: a grant that is gone is refused as such, and one that
   * lives is "too early".
   */
  insteadOf(refused: AccessToken, how?: { outright: boolean }): Promise<AccessToken | null>;
  /** Renews a grant that nobody has used for a day; it dies after thirty. */
  keepAlive(): Promise<KeptAlive>;
}

export interface AccessTokensDeps {
  vault: GrantVault;
  refreshTokenGrant: (refreshToken: string) => Promise<Tokens>;
  now: () => Date;
  /**
   * By vault, what came of a renewal before its time, and which access token was refused then. The package counts what it
   * refuses, so for each token it is asked once, and the answer stands. Shared by the sessions of a process. @default its own
   */
  askedOutright?: AskedOutright;
}

export type AskedOutright = Map<string, { refused: string; answer: Promise<AccessToken | null> }>;

export function createAccessTokens(deps: AccessTokensDeps): AccessTokens {
  const { vault, refreshTokenGrant, now, askedOutright = new Map() as AskedOutright } = deps;
  /** Renewals on their way, by the generation they replace: parallel calls share one. */
  const renewals = new Map<number, Promise<StoredCredential>>();
  /** The generation whose renewal was put off; it is used to its end before this session asks again. */
  let putOff: number | null = null;

  async function renewGrant(seen: number, early: boolean): Promise<StoredCredential> {
    try {
      return await vault.renew(seen, async ({ secret }) => {
        const current = parseSecret(secret);
        if (!early) assertOldEnough(current, now());
        return credentialFrom(await refreshTokenGrant(current.refreshToken), now());
      });
    } catch (error) {
      // A lost race is no break: somebody else may have renewed this grant while we were refused.
      const latest = await vault.read();
      if (latest.generation !== seen) return latest;
      throw error;
    }
  }

  function renew(seen: number, early = false): Promise<StoredCredential> {
    const underWay = renewals.get(seen);
    if (underWay) return underWay;
    const renewal = renewGrant(seen, early).finally(() => renewals.delete(seen));
    renewals.set(seen, renewal);
    return renewal;
  }

  /** Null when the package finds it too early, or cannot be asked now: that proves nothing. */
  async function renewEarly(generation: number): Promise<AccessToken | null> {
    try {
      return accessToken(await renew(generation, true));
    } catch (error) {
      if (provesNothing(error)) return null;
      throw error;
    }
  }

  /** Null also when nobody has asked, and nobody is to. */
  async function answerOutright(
    { value, generation }: AccessToken,
    mayAsk: boolean,
  ): Promise<AccessToken | null> {
    const known = askedOutright.get(vault.id);
    if (known?.refused === value) return known.answer;
    if (!mayAsk) return null;
    const answer = renewEarly(generation);
    askedOutright.set(vault.id, { refused: value, answer });
    return answer;
  }

  return {
    async current() {
      const stored = await vault.read();
      const { accessTokenExpiresAt } = parseSecret(stored.credential.secret);
      const left = Date.parse(accessTokenExpiresAt) - now().getTime();
      const due = left <= (putOff === stored.generation ? 0 : margin);
      if (!due) return accessToken(stored);
      try {
        return accessToken(await renew(stored.generation));
      } catch (error) {
        // The old token is still good for its last seconds: neither an outage, nor our clock, nor an odd answer need stop the call.
        if (left <= 0 || !provesNothing(error)) throw error;
        putOff = stored.generation;
        return accessToken(stored);
      }
    },

    async insteadOf(refused, { outright } = { outright: false }) {
      const { generation } = refused;
      const latest = await vault.read();
      if (latest.generation !== generation) return accessToken(latest);
      if (age(parseSecret(latest.credential.secret), now()) >= shortestAgeMs)
        return accessToken(await renew(generation));
      return answerOutright(refused, outright);
    },

    async keepAlive() {
      const { credential, generation } = await vault.read();
      if (age(parseSecret(credential.secret), now()) < idleMs)
        return { renewed: false, expiresAt: credential.expiresAt };
      const { credential: latest } = await renew(generation);
      return { renewed: true, expiresAt: latest.expiresAt };
    },
  };
}

function parseSecret(secret: Record<string, unknown>): Secret {
  const { data } = secretSchema.safeParse(secret);
  if (data) return data;
  throw new AccountingFailure(
    { about: 'link', cause: 'grant-lost' },
    'the stored grant is not one of Exact Online',
  );
}

function accessToken({ credential, generation }: StoredCredential): AccessToken {
  return { value: parseSecret(credential.secret).accessToken, generation };
}

function age({ obtainedAt }: Secret, now: Date): number {
  return now.getTime() - Date.parse(obtainedAt);
}

function assertOldEnough(secret: Secret, now: Date): void {
  if (age(secret, now) >= shortestAgeMs) return;
  const until = new Date(Date.parse(secret.obtainedAt) + shortestAgeMs);
  throw new AccountingFailure(
    { about: 'delay', reason: 'rate-limit', until },
    'oauth2/token: not asked, the last access token is younger than 570 s',
  );
}

function provesNothing(error: unknown): boolean {
  return error instanceof AccountingFailure && ['delay', 'doubt'].includes(error.meaning.about);
}
