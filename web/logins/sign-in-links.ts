import type { Moment } from '../../domain/master-data.ts';
import type { Outsider, SignInPurpose } from '../../domain/logins/sign-in.ts';
import { aboutNow } from '../../domain/logins/sign-in-link.ts';
import type { Store } from '../../store/index.ts';
import type { ConnectionId, PersonId, SignInId } from '../../domain/ids.ts';

export interface SignInLinks {
  /** Makes a link that works once, for one person, connection and purpose; an unused earlier one ends. */
  issue(request: SignInLinkRequest): Promise<{ signInId: SignInId; url: string; expiresAt: Moment }>;
}

export interface SignInLinkRequest {
  officeUserId: PersonId;
  connectionId: ConnectionId;
  purpose: SignInPurpose;
  /** When it is passed on to somebody without an account. */
  outsider?: Outsider | null;
  /** Who gets it; somebody else only for the login of an automation. @default officeUserId */
  heldBy?: PersonId;
  /** It ends then at the latest: when the link ends whose place it takes. */
  notAfter?: Moment;
}

const halfAnHour = 30 * 60_000;

/**
 * Makes the addresses of Connect pages.
 *
 * @example
 * const { url } = await links.issue({ officeUserId: 'monica', connectionId: 'exact', purpose: 'reconnect' });
 */
export function createSignInLinks(deps: {
  store: Pick<Store, 'signIns' | 'connections'>;
  publicUrl: string;
  /** @default 30 minutes */
  ttlMs?: number;
}): SignInLinks {
  const { store, publicUrl, ttlMs = halfAnHour } = deps;
  return {
    async issue(request) {
      const connection = await store.connections.get(request.connectionId);
      const about = connection && aboutNow(request, connection);
      const { id: signInId, token, expiresAt } = await store.signIns.issue({ ...request, about, ttlMs });
      return { signInId, url: `${publicUrl}/connect/${token}`, expiresAt };
    },
  };
}
