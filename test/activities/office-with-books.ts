import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { BookingHook } from '../../activities/bookings/booking-hook.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { createActivities, type Activities } from '../../activities/index.ts';
import type { AccountingSystem } from '../../accounting/port.ts';
import { createAccountingSystems } from '../../accounting/registry.ts';
import type { Announcement } from '../../domain/announcements/index.ts';
import { recipientId, type Speaker, type Statement } from '../../domain/deliveries.ts';
import type { ConnectionState, Login } from '../../domain/connection.ts';
import type { Office } from '../../domain/offices/office.ts';
import type { Outsider, SignInPurpose } from '../../domain/logins/sign-in.ts';
import { weekdays } from '../../domain/offices/working-hours.ts';
import type { Store, StoreOptions } from '../../store/index.ts';
import {
  redirectSignIn,
  redirectUri,
  walkLoginPage,
  type Workbench,
} from '../accounting/exact-online/sandbox.ts';
import type { Open } from '../database.ts';
import { connectionState, openStore } from '../store/store.ts';
import { stepByStep } from './step-by-step.ts';

export const connectionId = 'c1';

export const office: Office = {
  id: 'de-vries',
  name: 'De Vries Accountants',
  timeZone: 'Europe/Amsterdam',
  hours: { days: [...weekdays], from: '00:00', to: '24:00' }, // who is asked when depends on no real hour
  channelId: 'C-office',
  users: [
    { id: 'tom', name: 'Tom de Vries', slackUserId: 'U1', roles: ['accountant'] },
    { id: 'sanne', name: 'Sanne Jansen', slackUserId: 'U2', roles: ['superuser'] },
    { id: 'petra', name: 'Petra Peeters', slackUserId: 'U3', roles: ['accountant'] },
  ],
  teams: [
    { id: 'food', name: 'Food', channelId: 'C-food', companies: ['101', '102'] },
    { id: 'cars', name: 'Cars', channelId: 'C-cars', companies: ['103'] },
    { id: 'shops', name: 'Shops', channelId: 'C-shops', companies: ['999'] },
  ],
};

/** A speaker that keeps what was said. */
export interface KeptSpeaker extends Speaker {
  /** Everything that was said, in order, with repetitions. */
  all: Statement[];
  /** What stands in Slack under this key. */
  standing(key: string): Announcement | undefined;
  keys(): string[];
}

function createKeptSpeaker(store: Pick<Store, 'deliveries' | 'incidents'>, now: () => Date): KeptSpeaker {
  const all: Statement[] = [];
  return {
    all,
    async say(statement) {
      const isSaid = all.some(({ key }) => key === statement.key);
      if (!isSaid && statement.onlyIfSaid) return 'nothing';
      all.push(statement);
      const written = await store.deliveries.write(statement);
      if (!written) return 'nothing';
      const { key, version } = written;
      if (written.ts === null) await store.deliveries.sending(key, recipientId(written.to), version);
      await store.deliveries.said(key, { ts: `${now().getTime() / 1_000}`, contentHash: '', version });
      await store.incidents.told(statement.tellsOf ?? [], new Date().toISOString());
      return 'said';
    },
    standing: (key) => all.findLast((statement) => statement.key === key)?.announcement,
    keys: () => [...new Set(all.map(({ key }) => key))],
  };
}

/** Where nothing is left to be carried out later. */
export const noDeliveries: ActivityDeps['deliveries'] = {
  carryOut: async () => ({ kind: 'over' }),
  giveUp: async () => {},
  takeUp: async () => {},
};

export interface OfficeWithBooks {
  store: Store;
  speaker: KeptSpeaker;
  activities: Activities;
  /** The same activities in a process of its own, with some of what they work with exchanged. */
  process: (other: {
    store?: Store;
    speaker?: Speaker;
    office?: Office;
    system?: AccountingSystem;
    bookingHook?: BookingHook;
    betweenEditsMs?: number;
  }) => Activities;
  /** Saves the state of the connection, each time as a newer revision. */
  save(changes?: Partial<ConnectionState>): Promise<ConnectionState>;
  /** A connection that works with the login of this user, with all its companies linked. */
  connected(userName?: string): Promise<Login>;
  /** A person logs in on the package's page, and the web page keeps what came back. Gives the id of the sign-in. */
  logsIn(
    person: string,
    userName: string,
    more?: { purpose?: SignInPurpose; connection?: string; last?: 'allow' | 'cancel'; outsider?: Outsider },
  ): Promise<string>;
  /** Whether the grant under this id still opens the package's door. */
  works(grantId: string): Promise<boolean>;
}

export async function openOffice(
  bench: Workbench,
  open: Open,
  options: Pick<Partial<StoreOptions>, 'sealer'> = {},
): Promise<OfficeWithBooks> {
  const store = await openStore(open, { now: bench.now, ...options });
  const speaker = createKeptSpeaker(store, bench.now);
  let revision = 0;
  const process: OfficeWithBooks['process'] = ({ system = bench.system, ...other }) =>
    createActivities({
      store,
      speaker,
      office,
      now: bench.now,
      betweenEditsMs: 0,
      deliveries: noDeliveries,
      secondLookAfterMs: 0,
      ...other,
      systems: createAccountingSystems([system]),
    });
  const activities = process({});
  const save: OfficeWithBooks['save'] = async (changes = {}) => {
    revision += 1;
    const before = (await store.connections.get(changes.id ?? connectionId)) ?? undefined;
    const state = connectionState({
      id: connectionId,
      synchronisationUserId: 'tom',
      ...before,
      ...changes,
      revision,
    });
    await store.connections.save(state);
    return state;
  };
  const logsIn: OfficeWithBooks['logsIn'] = async (person, userName, more = {}) => {
    const { purpose = 'reconnect', connection = connectionId, last = 'allow', outsider = null } = more;
    const { id } = await store.signIns.issue({
      officeUserId: person,
      connectionId: connection,
      purpose,
      outsider,
      ttlMs: 3_600_000,
    });
    const state = crypto.randomUUID();
    await store.signIns.claim(id, `browser of ${id}`);
    await store.signIns.setState(id, state);
    const page = redirectSignIn(bench.system).authorisationUrl({ state, redirectUri, forceLogin: true });
    const callback = (await walkLoginPage(page, userName, last)).href;
    await store.signIns.return(id, { kind: 'redirect', callback, state, redirectUri });
    return id;
  };

  return {
    store,
    speaker,
    activities,
    process,
    save,
    logsIn,
    async connected(userName = 'CX_Basecone') {
      await save({ link: { state: 'connecting', since: bench.now().toISOString() }, login: null });
      const signInId = await logsIn('tom', userName, { purpose: 'set-up' });
      const found = await activities.redeemSignIn({ connectionId, signInId });
      if (found.result === 'refused') throw new Error(`${userName} was refused`);
      await activities.acceptSignIn({ connectionId, signInId, person: 'tom', found });
      const { companies } = await activities.linkCompanies({ connectionId, companies: 'all', by: 'tom' });
      const link = { state: 'connected', since: bench.now().toISOString() } as const;
      await save({ link, login: found.login, companies });
      return found.login;
    },
    async works(grantId) {
      try {
        await bench.system.open(store.grants.vault(grantId)).whoAmI();
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** A failed attempt is what most tests are about, so nothing is logged of it. */
export const quietEnvironment = (info: { attempt?: number } = {}) =>
  new MockActivityEnvironment(info, { logger: new DefaultLogger('ERROR') });

/** Runs an activity as Temporal would: with heartbeats and a way to cancel it. */
export function inTemporal<Output>(
  activity: () => Promise<Output>,
  environment = quietEnvironment(),
): Promise<Output> {
  return environment.run(activity);
}

/**
 * What a process works with that is killed just before its n-th step: neither that step nor any later one is done.
 * A step is a call of the store or of the speaker.
 */
export function killedBefore(step: number, parts: { store: Store; speaker: Speaker }) {
  let steps = 0;
  const dying = stepByStep(parts, () => {
    steps += 1;
    if (steps >= step) throw new Error('killed');
  });
  return { ...dying, wasKilled: () => steps >= step };
}

/**
 * Does the work again and again, each time in a process that is killed one step later, until it comes through. After each
 * of them `afterwards` does and sees what has to be so. Gives the number of steps.
 */
export async function killedAtEveryStep<P>(
  { process, store, speaker }: OfficeWithBooks,
  work: {
    prepare: () => Promise<P>;
    run: (dying: Activities, prepared: P) => Promise<unknown>;
    afterwards: (prepared: P, step: number) => Promise<void>;
  },
): Promise<number> {
  for (let step = 1; ; step += 1) {
    const prepared = await work.prepare();
    const { wasKilled, ...parts } = killedBefore(step, { store, speaker });
    await work.run(process(parts), prepared).catch((error: unknown) => {
      if (!wasKilled()) throw error;
    });
    await work.afterwards(prepared, step);
    if (!wasKilled()) return step - 1;
  }
}
