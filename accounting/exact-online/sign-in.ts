import { AccountingFailure } from '../failure.ts';
import type { OAuthClient } from '../oauth.ts';
import type { RedirectSignIn } from '../port.ts';
import { credentialFrom } from './tokens.ts';

/**
 * Logging in on Exact Online's own page. It takes no scope (rights are set with the registered app) and no PKCE;
 * `force_login=1` asks for the form even when the browser is logged in as somebody.
 */
export function createSignIn({ oauth, now }: { oauth: OAuthClient; now: () => Date }): RedirectSignIn {
  return {
    kind: 'redirect',

    authorisationUrl({ state, redirectUri, forceLogin }) {
      return oauth.authorizationUrl({
        state,
        redirect_uri: redirectUri,
        extra: { force_login: forceLogin ? '1' : '0' },
      });
    },

    async redeem({ callback, state, redirectUri, signal }) {
      try {
        const grant = { callback, state, redirect_uri: redirectUri, signal };
        return credentialFrom(await oauth.authorizationCodeGrant(grant), now());
      } catch (error) {
        throw duringLogin(error);
      }
    },
  };
}

/**
 * A code that is refused is a login that failed, not a link that broke: the human is there and can try again. Unless it is
 * this installation that is refused: then trying again is of no use, and the words say so.
 */
function duringLogin(error: unknown): unknown {
  if (!(error instanceof AccountingFailure)) return error;
  const { meaning } = error;
  if (meaning.about === 'login' || meaning.about === 'delay') return error;
  if (meaning.about === 'doubt' && meaning.of === 'app-refused')
    return new AccountingFailure({ about: 'link', cause: meaning.of }, error.message, { cause: error });
  return new AccountingFailure({ about: 'login', reason: 'login-failed' }, error.message, { cause: error });
}
