import * as oauth from 'oauth4webapi';

import { AccountingFailure } from './failure.ts';
import { send, type HttpReply } from './http.ts';

export interface OAuthOptions {
  authorization_endpoint: string;
  token_endpoint: string;
  client_id: string;
  client_secret: string;
  /** Only for a server on this machine. @default false */
  allowHttp?: boolean;
  /** What an answer of the token endpoint without tokens means. */
  refusal: (reply: HttpReply) => AccountingFailure;
  /** Hears of every answer that nobody understands; it may hold tokens. Never throws. */
  unknown?: (reply: HttpReply, failure: AccountingFailure) => Promise<void>;
}

/** A token response (RFC 6749 section 5.1) with `expires_in` as a number, also where the server sends it as text. */
export interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number | undefined;
}

/** The authorisation code grant of RFC 6749 for one registered app. Each method makes at most one call. */
export interface OAuthClient {
  /** RFC 6749 section 4.1.1; `extra` holds the parameters that only this server knows. */
  authorizationUrl(request: { state: string; redirect_uri: string; extra?: Record<string, string> }): URL;
  /**
   * RFC 6749 sections 4.1.2 to 4.1.4.
   * @throws AccountingFailure `login-cancelled`, `login-failed`, a delay, or what `refusal` says
   */
  authorizationCodeGrant(returned: {
    callback: URL;
    state: string;
    redirect_uri: string;
    signal?: AbortSignal | undefined;
  }): Promise<Tokens>;
  /**
   * RFC 6749 section 6. Cannot be aborted: a rotated refresh token that reaches nobody is a lost login.
   * @throws AccountingFailure a delay, what `refusal` says, or a doubt when no refresh token came along
   */
  refreshTokenGrant(refresh_token: string): Promise<Tokens>;
}

/** Longer than for other calls: giving up on a rotation costs the grant. */
const tokenTimeoutMs = 90_000;

/** An OAuth client that authenticates in the request body (RFC 6749 section 2.3.1), without PKCE. */
export function createOAuthClient(options: OAuthOptions): OAuthClient {
  const server: oauth.AuthorizationServer = {
    issuer: new URL(options.token_endpoint).origin,
    authorization_endpoint: options.authorization_endpoint,
    token_endpoint: options.token_endpoint,
  };
  const client: oauth.Client = { client_id: options.client_id };
  const authentication = oauth.ClientSecretPost(options.client_secret);
  /** One call: what the library needs for it, and what came of it. */
  function openCall(signal?: AbortSignal) {
    let reply: HttpReply | null = null;
    const failed = async (failure: AccountingFailure) => {
      if (reply && isUnexplained(failure)) await options.unknown?.(reply, failure);
      return failure;
    };
    const request = tokenRequest(signal, async (received) => {
      reply = received;
      // Tokens are kept whatever status they come with: the old ones are gone by then (picqer/exact-php-client#559).
      if (!carriesTokens(received.text)) throw await failed(options.refusal(received));
    });
    const settings = {
      [oauth.allowInsecureRequests]: options.allowHttp ?? false,
      [oauth.customFetch]: request,
    };
    return { settings, failed };
  }

  return {
    authorizationUrl({ state, redirect_uri, extra = {} }) {
      const url = new URL(options.authorization_endpoint);
      const parameters = {
        client_id: options.client_id,
        redirect_uri,
        response_type: 'code',
        state,
        ...extra,
      };
      url.search = new URLSearchParams(parameters).toString();
      return url;
    },

    async authorizationCodeGrant({ callback, state, redirect_uri, signal }) {
      const parameters = authorizationResponse(server, client, callback, state);
      const call = openCall(signal);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        authentication,
        parameters,
        redirect_uri,
        oauth.nopkce,
        call.settings,
      );
      return tokens(oauth.processAuthorizationCodeResponse(server, client, response), call.failed);
    },

    async refreshTokenGrant(refresh_token) {
      const call = openCall();
      const response = await oauth.refreshTokenGrantRequest(
        server,
        client,
        authentication,
        refresh_token,
        call.settings,
      );
      return tokens(oauth.processRefreshTokenResponse(server, client, response), call.failed);
    },
  };
}

/** @throws AccountingFailure `login-cancelled` (access_denied, RFC 6749 section 4.1.2.1) or `login-failed` */
function authorizationResponse(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  callback: URL,
  state: string,
): URLSearchParams {
  try {
    return oauth.validateAuthResponse(server, client, callback, state);
  } catch (error) {
    const code = error instanceof oauth.AuthorizationResponseError ? error.error : 'an unusable callback';
    throw new AccountingFailure(
      { about: 'login', reason: code === 'access_denied' ? 'login-cancelled' : 'login-failed' },
      `the login page sent back ${code}`,
    );
  }
}

function tokenRequest(signal: AbortSignal | undefined, judge: (reply: HttpReply) => Promise<void>) {
  return async (
    url: string,
    { method, headers, body }: oauth.CustomFetchOptions<'POST', URLSearchParams>,
  ) => {
    const reply = await send(new URL(url), { method, headers, body, signal, timeoutMs: tokenTimeoutMs });
    await judge(reply);
    return new Response(reply.text, { headers: { 'content-type': 'application/json' } });
  };
}

function isUnexplained({ meaning }: AccountingFailure): boolean {
  return meaning.about === 'reply' || (meaning.about === 'doubt' && meaning.of === 'not-accepted');
}

function carriesTokens(text: string): boolean {
  return /"access_token"\s*:\s*"[^"]/.test(text);
}

/** The cause is left out: the library keeps the body, and with it the tokens, in its errors. */
async function tokens(
  processing: Promise<oauth.TokenEndpointResponse>,
  failed: (failure: AccountingFailure) => Promise<AccountingFailure>,
): Promise<Tokens> {
  const refused = (why: string) => failed(new AccountingFailure({ about: 'doubt', of: 'not-accepted' }, why));
  const answer = await processing.catch(() => null);
  if (answer === null) throw await refused('the token endpoint answered something that is no token response');
  const { access_token, refresh_token, expires_in } = answer;
  if (!refresh_token) throw await refused('the token endpoint gave no refresh token to keep the login with');
  return { access_token, refresh_token, expires_in };
}
