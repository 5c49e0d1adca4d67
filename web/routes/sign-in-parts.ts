import { createBrowserCookie, type BrowserCookie } from '../logins/browser-cookie.ts';
import type { WebDeps } from '../deps.ts';
import { createTypedCookie, type TypedCookie } from '../logins/typed-login.ts';
import { createHandOver, type HandOver } from '../logins/hand-over.ts';
import { createFindLinkEnd, type FindLinkEnd } from '../logins/link-end.ts';
import { createSendNotice, type SendNotice } from './notices.ts';

/** What the pages around one login share. */
export interface SignInPageParts {
  cookie: BrowserCookie;
  typedCookie: TypedCookie;
  handOver: HandOver;
  sendNotice: SendNotice;
  findLinkEnd: FindLinkEnd;
  /** Registered with every package that has a login page of its own. */
  redirectUri: string;
}

export function createSignInPageParts(deps: WebDeps): SignInPageParts {
  return {
    cookie: createBrowserCookie(deps.publicUrl),
    typedCookie: createTypedCookie(deps.publicUrl),
    handOver: createHandOver(deps),
    sendNotice: createSendNotice(deps),
    findLinkEnd: createFindLinkEnd(deps),
    redirectUri: `${deps.publicUrl}/oauth/callback`,
  };
}
