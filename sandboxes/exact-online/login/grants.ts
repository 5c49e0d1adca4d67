import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Grant } from '../state-schema.ts';
import type { StateStore } from '../state.ts';
import { countTokenCall, emptyChain, refreshTokenDays, refuseRefresh } from './token-rules.ts';

const accessTokenSeconds = 600;
const codeSeconds = 180;

export interface TokenAnswer {
  access_token: string;
  token_type: 'bearer';
  /** A string, as the vendor sends it. */
  expires_in: string;
  refresh_token: string;
}

export interface Grants {
  /**
   * Notes that the user consents for these companies (null: all, also later ones), and gives the code to send back:
   * valid three minutes, once.
   */
  consent(user: string, app: string, redirectUri: string, companies: number[] | null): string;
  /** @throws TokenRefusal */
  redeem(code: string, app: string, redirectUri: string): TokenAnswer;
  /** @throws TokenRefusal */
  refresh(refreshToken: string, app: string): TokenAnswer;
  /** The living grant behind an access token, or null. */
  behind(accessToken: string): Grant | null;
  /** Whose access token this is or was, also when it is no longer good. */
  ownerOf(accessToken: string): Grant | null;
  /** Lets the refresh tokens of the user's living consents be thirty days old; says how many there were. */
  expireRefreshTokens(user: string): number;
  /** Changes which companies the user's living consents cover; says how many there were. */
  cover(user: string, companies: number[] | null): number;
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

  const changeLiving = (user: string, edit: (grant: Grant) => void) => {
    const isLiving = (grant: Grant) => grant.user === user && !grant.ended && !grant.code;
    store.change((state) => state.grants.filter(isLiving).forEach(edit));
    return store.state.grants.filter(isLiving).length;
  };

  return {
    consent(user, app, redirectUri, companies) {
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
          companies,
        });
      });
      return code;
    },
    redeem(code, app, redirectUri) {
      const grant = store.state.grants.find((one) => one.code?.hash === hash(code));
      if (grant) countTokenCall(grant, { store, clock });
      const valid = grant?.code && !grant.ended && grant.app === app && grant.code.expiresAt > clock.now();
      if (!valid || grant.code?.redirectUri !== redirectUri) throw emptyChain();
      return issue(grant.id);
    },
    refresh(refreshToken, app) {
      const grant = findByRefreshToken(store.state.grants, hash(refreshToken), app);
      countTokenCall(grant, { store, clock });
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
    ownerOf(accessToken) {
      const wanted = hash(accessToken);
      return (
        store.state.grants.find((one) => one.accessTokens.some((token) => token.hash === wanted)) ?? null
      );
    },
    expireRefreshTokens: (user) =>
      changeLiving(user, (grant) => {
        grant.issuedAt = clock.now() - refreshTokenDays * 86_400_000;
      }),
    cover: (user, companies) =>
      changeLiving(user, (grant) => {
        grant.companies = companies;
      }),
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

function secret(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

export function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
