import { createBrowserCookie, type BrowserCookie } from '../browser-cookie.ts';
import type { WebDeps } from '../deps.ts';
import { createHandOver, type HandOver } from '../hand-over.ts';
import { createSendNotice, type SendNotice } from './notices.ts';

/** What the pages around one login share. */
export interface SignInPageParts {
  cookie: BrowserCookie;
  handOver: HandOver;
  sendNotice: SendNotice;
  /** Registered with every package that has a login page of its own. */
  redirectUri: string;
}

export function createSignInPageParts(deps: WebDeps): SignInPageParts {
  return {
    cookie: createBrowserCookie(deps.publicUrl),
    handOver: createHandOver(deps),
    sendNotice: createSendNotice(deps),
    redirectUri: `${deps.publicUrl}/oauth/callback`,
  };
}
