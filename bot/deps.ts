import type { WebClient } from '@slack/web-api';
import type { ConnectionState } from '../domain/connection.ts';
import type { Moment } from '../domain/master-data.ts';
import type { Office } from '../domain/office.ts';
import type { Outsider, SignInPurpose } from '../domain/sign-in.ts';
import { RefusedError } from '../gateway/errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Store } from '../store/index.ts';
import type { Facts, FactsStore } from './facts.ts';

/** What the bot reads; everything it changes goes through the gateway. */
export type BotStore = FactsStore & {
  incidentPeople: Pick<Store['incidentPeople'], 'add'>;
  loginRefusals: Pick<Store['loginRefusals'], 'last'>;
  companies: Pick<Store['companies'], 'all' | 'linked'>;
  history: Pick<Store['history'], 'ofConnection'>;
  masterData: Pick<Store['masterData'], 'news'>;
};

/** Makes personal, single-use links to the Connect page. */
export interface PersonalLinks {
  issue(request: {
    officeUserId: string;
    connectionId: string;
    purpose: SignInPurpose;
    outsider?: Outsider;
  }): Promise<{ url: string; expiresAt: Moment }>;
}

/** What listeners and verbs work with. */
export interface BotDeps {
  facts: Facts;
  store: BotStore;
  gateway: Omit<Gateway, 'signInReturned'>;
  links: PersonalLinks;
  office: Office;
  systems: readonly { id: string; name: string }[];
  slack: WebClient;
  now: () => Date;
}

/** @throws RefusedError when a button or modal is about a connection that is gone */
export async function connectionOf({ facts }: BotDeps, id: string): Promise<ConnectionState> {
  const connection = await facts.connection(id);
  if (connection && connection.link.state !== 'abandoned') return connection;
  throw new RefusedError('This connection does not exist any more. Type /syncuser to see those that do.');
}
