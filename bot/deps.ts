import type { WebClient } from '@slack/web-api';
import type { ConnectionState } from '../domain/connection.ts';
import type { Moment } from '../domain/master-data.ts';
import type { Screens } from '../domain/screens.ts';
import type { Office } from '../domain/offices/office.ts';
import type { Outsider, SignInPurpose } from '../domain/logins/sign-in.ts';
import { ObjectionError } from '../gateway/errors.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Store } from '../store/index.ts';
import { readId } from './carried-value.ts';
import type { Facts, FactsStore } from './facts.ts';
import type { Homes } from './home.ts';
import type { ConnectionId, PersonId } from '../domain/ids.ts';

/** What the bot reads; everything it changes goes through the gateway. */
export type BotStore = FactsStore & {
  incidentPeople: Pick<Store['incidentPeople'], 'add'>;
  loginRefusals: Pick<Store['loginRefusals'], 'last'>;
  companies: Pick<Store['companies'], 'all' | 'linked'>;
  history: Pick<Store['history'], 'ofConnection'>;
  masterData: Pick<Store['masterData'], 'news'>;
  deliveries: Pick<Store['deliveries'], 'seen'>;
  wholeLists: Store['wholeLists'];
  heartbeats: Pick<Store['heartbeats'], 'beat'>;
};

/** Makes personal, single-use links to the Connect page. */
export interface PersonalLinks {
  issue(request: {
    officeUserId: PersonId;
    connectionId: ConnectionId;
    purpose: SignInPurpose;
    outsider?: Outsider;
    /** Who gets it, when it is the login of an automation. */
    heldBy?: PersonId;
  }): Promise<{ url: string; expiresAt: Moment }>;
}

/** An accounting system of this installation, as far as people meet it. */
export interface KnownSystem {
  id: string;
  name: string;
  /** Whether people log in on a page of its own; otherwise our Connect page asks for user name and password. */
  hasLoginPage: boolean;
  /** Where in it people mend things. */
  screens: Screens;
}

/** What listeners and verbs work with. */
export interface BotDeps {
  facts: Facts;
  homes: Homes;
  store: BotStore;
  gateway: Omit<Gateway, 'signInReturned'>;
  links: PersonalLinks;
  office: Office;
  systems: readonly KnownSystem[];
  slack: WebClient;
  now: () => Date;
}

/** @throws ObjectionError when a button or modal is about a connection that is gone, or never was */
export async function connectionOf({ facts }: BotDeps, id: string): Promise<ConnectionState> {
  const connection = await facts.connection(readId(id));
  if (connection && connection.link.state !== 'abandoned') return connection;
  throw new ObjectionError('no-such-connection');
}
