import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { Grant, StateStore } from './state.ts';

const accessTokenSeconds = 600;
/** The vendor: a new access token may be asked for 570 seconds after the last one. */
const earliestRefreshSeconds = 570;
const codeSeconds = 180;
const refreshTokenDays = 30;

export interface TokenAnswer {
  access_token: string;
  token_type: 'bearer';
  /** A string, as the vendor sends it. */
  expires_in: string;
  refresh_token: string;
}

/** A refusal of the token endpoint (RFC 6749 section 5.2, with the vendor's words and statuses). */
export class TokenRefusal extends Error {
  readonly status: number;
  readonly error: string;
  readonly headers: Record<string, string>;

  constructor(status: number, error: string, description: string, headers: Record<string, string> = {}) {
    super(description);
    this.status = status;
    this.error = error;
    this.headers = headers;
  }
}

export interface Grants {
  /** Notes that the user consents, and gives the code to send back: valid three minutes, once. */
  consent(user: string, app: string, redirectUri: string): string;
  /** @throws TokenRefusal */
  redeem(code: string, app: string, redirectUri: string): TokenAnswer;
  /** @throws TokenRefusal */
  refresh(refreshToken: string, app: string): TokenAnswer;
  /** The living grant behind an access token, or null. */
  behind(accessToken: string): Grant | null;
  /** Ends every living consent of the user; says how many there were. */
  withdraw(user: string): number;
  /** Living consents, newest first. */
  living(): Grant[];
}

/** Consents and the chains of tokens that came from them. One user has one living chain per app. */
export function createGrants({ store, clock }: { store: StateStore; clock: Clock }): Grants {
  const issue = (id: string): TokenAnswer => {
    const tokens = { access: `AAEA${secret(90)}`, refresh: secret(60) };
    store.change((state) => {
      const now = clock.now();
      const grant = state.grants.find((one) => one.id === id)!;
      for (const other of state.grants) {
        // Second-hand (skyvia, flowgear): a second login of the same user with the same app replaces the first chain.
        const replaced =
          other.user === grant.user && other.app === grant.app && other.id !== id && !other.code;
        if (replaced && !other.ended) other.ended = { at: now, why: 'replaced' };
      }
      if (grant.refreshHash)
        grant.usedRefreshHashes = [...grant.usedRefreshHashes, grant.refreshHash].slice(-50);
      grant.code = null;
      grant.refreshHash = hash(tokens.refresh);
      grant.issuedAt = now;
      grant.accessTokens = grant.accessTokens.filter((token) => token.expiresAt > now);
      grant.accessTokens.push({ hash: hash(tokens.access), expiresAt: now + accessTokenSeconds * 1000 });
      state.grants = state.grants.filter((one) => !isForgotten(one, now));
    });
    return {
      access_token: tokens.access,
      token_type: 'bearer',
      expires_in: String(accessTokenSeconds),
      refresh_token: tokens.refresh,
    };
  };

  return {
    consent(user, app, redirectUri) {
      const code = secret(40);
      store.change((state) => {
        const givenAt = clock.now();
        state.grants.push({
          id: randomUUID(),
          user,
          app,
          givenAt,
          code: { hash: hash(code), expiresAt: givenAt + codeSeconds * 1000, redirectUri },
          issuedAt: null,
          refreshHash: null,
          usedRefreshHashes: [],
          accessTokens: [],
          ended: null,
        });
      });
      return code;
    },
    redeem(code, app, redirectUri) {
      const grant = store.state.grants.find((one) => one.code?.hash === hash(code));
      const valid = grant?.code && !grant.ended && grant.app === app && grant.code.expiresAt > clock.now();
      if (!valid || grant.code?.redirectUri !== redirectUri) throw emptyChain();
      return issue(grant.id);
    },
    refresh(refreshToken, app) {
      const grant = findByRefreshToken(store.state.grants, hash(refreshToken), app);
      refuseRefresh(grant, hash(refreshToken), clock.now());
      return issue(grant.id);
    },
    behind(accessToken) {
      const wanted = hash(accessToken);
      const alive = (grant: Grant) =>
        !grant.ended &&
        grant.accessTokens.some((token) => token.hash === wanted && token.expiresAt > clock.now());
      return store.state.grants.find(alive) ?? null;
    },
    withdraw(user) {
      const ended = store.state.grants.filter((grant) => grant.user === user && !grant.ended);
      store.change((state) => {
        for (const grant of state.grants) {
          if (grant.user === user && !grant.ended) grant.ended = { at: clock.now(), why: 'withdrawn' };
        }
      });
      return ended.filter((grant) => !grant.code).length;
    },
    living: () => store.state.grants.filter((grant) => !grant.ended && !grant.code).reverse(),
  };
}

/** Ended grants are remembered as long as their refresh token could have lived, unused codes for an hour. */
function isForgotten(grant: Grant, now: number): boolean {
  if (grant.ended) return now - grant.ended.at > refreshTokenDays * 86_400_000;
  return grant.code !== null && now - grant.code.expiresAt > 3_600_000;
}

function findByRefreshToken(grants: readonly Grant[], wanted: string, app: string): Grant {
  const found = grants.find(
    (grant) =>
      grant.app === app && (grant.refreshHash === wanted || grant.usedRefreshHashes.includes(wanted)),
  );
  if (!found) throw emptyChain();
  return found;
}

/** The order counts: a withdrawn consent is told before anything else, an old token before its age. */
function refuseRefresh(grant: Grant, wanted: string, now: number): void {
  if (grant.ended?.why === 'withdrawn') {
    throw new TokenRefusal(400, 'invalid_grant', 'The user has withdrawn the consent for this application.');
  }
  if (grant.refreshHash !== wanted || grant.ended) {
    throw new TokenRefusal(401, 'unauthorized_client', 'Old refresh token used.');
  }
  const issuedAt = grant.issuedAt ?? grant.givenAt;
  const expiresAt = issuedAt + refreshTokenDays * 86_400_000;
  if (now >= expiresAt) {
    const words = `The refresh token expired at ${vendorTime(expiresAt)} and it is now ${vendorTime(now)}.`;
    throw new TokenRefusal(400, 'invalid_request', words);
  }
  if (now < issuedAt + earliestRefreshSeconds * 1000) {
    const words = 'Rate limit exceeded: access_token not expired';
    throw new TokenRefusal(400, 'access_denied', words, { reason: `TooEarlyToRefreshTokens: ${words}` });
  }
}

function emptyChain(): TokenRefusal {
  return new TokenRefusal(400, 'invalid_grant', 'Token is not allowed, because of invalid or empty chainId');
}

/** `10/28/2022 4:15:50 PM`, as the vendor writes a moment in this message. */
function vendorTime(at: number): string {
  const date = new Date(at);
  const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
  const time = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', timeStyle: 'medium' });
  return `${day} ${time.format(date).replace(/\s/g, ' ')}`;
}

function secret(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

export function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
