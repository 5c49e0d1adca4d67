import type { FastifyReply } from 'fastify';
import type { AccountingSystems } from '../accounting/registry.ts';
import type { FreshnessPromise } from '../domain/sync/freshness.ts';
import type { Office } from '../domain/offices/office.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Logger } from '../logger.ts';
import type { Secret } from '../secret.ts';
import type { Store } from '../store/index.ts';
import type { SignInLinks } from './logins/sign-in-links.ts';

/** What the pages and the API are made from. */
export interface WebDeps {
  store: Store;
  gateway: Pick<
    Gateway,
    | 'signInReturned'
    | 'changeSynchronisationUser'
    | 'chooseCompanies'
    | 'packageCalled'
    | 'reachable'
    | 'bookingsChanged'
  >;
  systems: AccountingSystems;
  office: Office;
  /** Where browsers find us, without a slash at the end. */
  publicUrl: string;
  /** Every request under /api needs it. */
  apiToken: Secret;
  /** How old each kind of master data may become. */
  freshness: FreshnessPromise;
  links: SignInLinks;
  logger: Logger;
  now: () => Date;
  /** Where else to look, shown on the first page: Slack, Temporal UI. */
  localLinks: readonly { label: string; about: string; url: string }[];
  /** How long what packages tell us is gathered. */
  gatherMs?: number;
  /** In which times are said; that of the server when absent. */
  timeZone?: string;
}

export function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(page);
}
