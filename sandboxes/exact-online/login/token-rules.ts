import type { Clock } from '../clock.ts';
import type { Grant } from '../state-schema.ts';
import type { StateStore } from '../state.ts';

/** The vendor: a new access token may be asked for 570 seconds after the last one. */
const earliestRefreshSeconds = 570;
export const refreshTokenDays = 30;
/** Second-hand (forums.invantive.com threads 1040 and 3507, quoting the vendor in 2021): per user and app. */
const tokenCallsPerDay = 200;
/** What the 201st is answered. ASSUMED: nobody recorded it. */
const tooManyTokenCalls = {
  status: 429,
  error: 'access_denied',
  words: 'Rate limit exceeded: token requests per day',
};

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

/** The order counts: a withdrawn consent is told before anything else, an old token before its age. */
export function refuseRefresh(grant: Grant, wanted: string, now: number): void {
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

export function emptyChain(): TokenRefusal {
  return new TokenRefusal(400, 'invalid_grant', 'Token is not allowed, because of invalid or empty chainId');
}

/** `10/28/2022 4:15:50 PM`, as the vendor writes a moment in this message. */
function vendorTime(at: number): string {
  const date = new Date(at);
  const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
  const time = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', timeStyle: 'medium' });
  return `${day} ${time.format(date).replace(/\s/g, ' ')}`;
}

/** @throws TokenRefusal when the user and the app have used up the day */
export function countTokenCall(
  { app, user }: Grant,
  { store, clock }: { store: StateStore; clock: Clock },
): void {
  const day = Math.floor(clock.now() / 86_400_000);
  const known = store.state.tokenCalls[`${app}/${user}`];
  const count = (known?.day === day ? known.count : 0) + 1;
  store.changeSoon(({ tokenCalls }) => {
    tokenCalls[`${app}/${user}`] = { day, count };
  });
  if (count <= tokenCallsPerDay) return;
  const { status, error, words } = tooManyTokenCalls;
  throw new TokenRefusal(status, error, words);
}
