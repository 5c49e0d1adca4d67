import type { Moment } from '../domain/master-data.ts';
import type { Outsider, SignInPurpose } from '../domain/sign-in.ts';
import type { Store } from '../store/index.ts';

export interface SignInLinks {
  /** Makes a link that works once, for one person, connection and purpose; an unused earlier one ends. */
  issue(request: SignInLinkRequest): Promise<{ url: string; expiresAt: Moment }>;
}

export interface SignInLinkRequest {
  officeUserId: string;
  connectionId: string;
  purpose: SignInPurpose;
  /** When it is passed on to somebody without an account. */
  outsider?: Outsider;
}

const halfAnHour = 30 * 60_000;

/**
 * Makes the addresses of Connect pages.
 *
 * @example
 * const { url } = await links.issue({ officeUserId: 'monica', connectionId: 'exact', purpose: 'reconnect' });
 */
export function createSignInLinks(deps: {
  store: Pick<Store, 'signIns'>;
  publicUrl: string;
  /** @default 30 minutes */
  ttlMs?: number;
  now: () => Date;
}): SignInLinks {
  const { store, publicUrl, ttlMs = halfAnHour, now } = deps;
  return {
    async issue(request) {
      const expiresAt = new Date(now().getTime() + ttlMs).toISOString();
      const { token } = await store.signIns.issue({ ...request, ttlMs });
      return { url: `${publicUrl}/connect/${token}`, expiresAt };
    },
  };
}
