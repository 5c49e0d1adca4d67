import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountingSystem, ChangeCalls } from '../../accounting/port.ts';
import { createAccountingSystems } from '../../accounting/registry.ts';
import { promise } from '../../domain/sync/freshness.ts';
import type { Office } from '../../domain/offices/office.ts';
import { returnedLoginSchema, type ReturnedLogin, type SignInOutcome } from '../../domain/logins/sign-in.ts';
import { UnavailableError } from '../../gateway/errors.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { createLogger } from '../../logger.ts';
import { Secret } from '../../secret.ts';
import { openDatabase, type Database, type DatabaseAddress } from '../../store/database/database.ts';
import { createStore, type Store } from '../../store/index.ts';
import { createSealer } from '../../store/logins/sealer.ts';
import { startOnFreePort } from '../../start/ports.ts';
import { createSignInLinks, type SignInLinks } from '../../web/logins/sign-in-links.ts';
import { createWeb } from '../../web/web.ts';
import { office } from './demo-office.ts';
import { screensOf } from '../screens.ts';

/** The connection's workflow as the web pages see it: takes a login once and concludes it, unless it is down. */
export interface PlayedWorkflow {
  /** `silent`: no answer at all, not even an error. */
  down: boolean | 'silent';
  outcome: SignInOutcome | null;
  returned: ReturnedLogin[];
  chosen: { actionId: string; by: string; companies: string[] | 'all' }[];
  /** The lines of bookings it was told of. */
  lines: { connectionId: string; companyId: string }[];
  /** What it does when it is told. */
  told: (() => Promise<void>) | null;
  changes: { actionId: string; by: string; to: string; fate: string }[];
  synced: { connectionId: string; request: Parameters<Gateway['packageCalled']>[1] }[];
}

export interface RunningWeb {
  url: string;
  database: Database;
  store: Store;
  links: SignInLinks;
  workflow: PlayedWorkflow;
  /** The people of the office, who may change while the server runs. */
  office: Office;
  /** `GET /api/connections`, as registered. */
  routes: readonly string[];
  /** Moves the clock on. */
  pass(ms: number): void;
  /** Every log line so far. */
  logLines(): string;
  /** Every byte of the database, as text. */
  databaseText(): Promise<string>;
  close(): Promise<void>;
}

/** What programs send. */
export const apiToken = 'the-token-of-this-office';
export const bearer = { authorization: `Bearer ${apiToken}` };

/** A real server with a real database in a folder of its own; only the packages and the workflow are played. */
export async function runWeb(
  options: {
    loginPage?: string;
    changeCalls?: ChangeCalls;
    holdBookings?: boolean;
    database?: DatabaseAddress;
  } = {},
): Promise<RunningWeb> {
  const folder = await mkdtemp(join(tmpdir(), 'syncuser-web-'));
  const database = await openDatabase(options.database ?? { file: join(folder, 'store.sqlite') });
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const sealer = createSealer({ current: 'k1', keys: { k1: randomBytes(32).toString('base64') } });
  const store = createStore(database, { sealer, now });
  await store.heartbeats.beat('worker');
  const workflow: PlayedWorkflow = {
    down: false,
    outcome: null,
    returned: [],
    chosen: [],
    synced: [],
    lines: [],
    told: null,
    changes: [],
  };
  const people = { ...office, holdBookings: options.holdBookings ?? false };
  const logged: string[] = [];
  const routes: string[] = [];
  const { web, url, links } = await startOnFreePort(async (port) => {
    const url = `http://127.0.0.1:${port}`;
    const links = createSignInLinks({ store, publicUrl: url });
    const web = createWeb({
      store,
      gateway: playGateway(store, workflow),
      systems: createAccountingSystems([
        {
          ...redirectSystem(options.loginPage ?? 'https://login.example.com/authorise'),
          ...(options.changeCalls && { changeCalls: options.changeCalls }),
        },
        formSystem,
      ]),
      office: people,
      publicUrl: url,
      apiToken: new Secret(apiToken),
      freshness: promise(3_600_000),
      links,
      logger: createLogger('web', 'trace', { write: (line) => void logged.push(line) }),
      now,
      localLinks: [{ label: 'Slack', about: 'Where the people are', url: 'http://127.0.0.1:9/' }],
      timeZone: 'Europe/Amsterdam',
      gatherMs: 100,
    });
    web.addHook(
      'onRoute',
      ({ method, url: path }) => void routes.push(...[method].flat().map((verb) => `${verb} ${path}`)),
    );
    await web.listen({ host: '127.0.0.1', port });
    return { web, url, links };
  });
  return {
    url,
    database,
    store,
    links,
    workflow,
    office: people,
    routes,
    pass: (ms) => void (ahead += ms),
    logLines: () => logged.join(''),
    databaseText: () => textOf(folder),
    async close() {
      await web.close();
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}

function playGateway(
  store: Store,
  workflow: PlayedWorkflow,
): Pick<
  Gateway,
  | 'signInReturned'
  | 'changeSynchronisationUser'
  | 'chooseCompanies'
  | 'packageCalled'
  | 'reachable'
  | 'bookingsChanged'
> {
  const answer = async () => {
    if (workflow.down === 'silent') await new Promise(() => {});
    if (workflow.down) throw new UnavailableError('Syncuser cannot pass this on at the moment.');
  };
  return {
    async signInReturned(_connectionId, { signInId }) {
      await answer();
      const returned = await store.signIns.takeReturn(signInId);
      if (!workflow.outcome || returned === null) return;
      if (await store.signIns.conclude(signInId, workflow.outcome))
        workflow.returned.push(returnedLoginSchema.parse(returned));
    },
    async changeSynchronisationUser(_connectionId, change) {
      await answer();
      workflow.changes.push(change);
    },
    async chooseCompanies(_connectionId, choice) {
      await answer();
      if (!workflow.chosen.some(({ actionId }) => actionId === choice.actionId)) workflow.chosen.push(choice);
    },
    async packageCalled(connectionId, request) {
      await answer();
      workflow.synced.push({ connectionId, request });
    },
    async bookingsChanged(line) {
      await answer();
      workflow.lines.push(line);
      await workflow.told?.();
    },
    reachable: async () => !workflow.down,
  };
}

const notPartOfTheWeb = (): never => {
  throw new Error('web pages neither redeem a login nor open a session');
};

function redirectSystem(loginPage: string): AccountingSystem {
  return {
    id: 'redirecting',
    name: 'Exact Online',
    screens: screensOf('exact-online'),
    signIn: {
      kind: 'redirect',
      authorisationUrl({ state, redirectUri, forceLogin }) {
        const query = { state, redirect_uri: redirectUri, force_login: forceLogin ? '1' : '0' };
        return new URL(`?${new URLSearchParams(query).toString()}`, loginPage);
      },
      redeem: notPartOfTheWeb,
    },
    open: notPartOfTheWeb,
  };
}

const formSystem: AccountingSystem = {
  id: 'form',
  name: 'Tryton',
  screens: screensOf('tryton'),
  signIn: {
    kind: 'form',
    fields: [
      { name: 'user', label: 'User name', secret: false },
      { name: 'password', label: 'Password', secret: true },
    ],
    redeem: notPartOfTheWeb,
  },
  open: notPartOfTheWeb,
};

async function textOf(folder: string): Promise<string> {
  const files = await readdir(folder);
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'latin1')))).join('\n');
}
