import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, BenchRun } from '../bench.ts';
import { idOf, patiently, setUpMany } from '../parts/connections.ts';
import { percentile } from '../parts/percentile.ts';
import { peakRssMB } from '../parts/processes.ts';
import { limitsRaised, startSandbox, type Sandbox } from '../parts/sandbox.ts';
import { superuser } from '../parts/set-up.ts';
import { startSyncuser, type RunningSyncuser } from '../parts/syncuser.ts';

const second = 1_000;

export const bench: Bench = {
  about: 'from the first refused call to the message in the channel, one connection and many at once',
  options: {
    connections: { type: 'string', default: '200', about: 'how many connections break at once' },
    singles: { type: 'string', default: '10', about: 'how many break one after the other, before that' },
  },
  async run(run) {
    const [connections, singles] = [run.count('connections'), run.count('singles')];
    const sandbox = await startSandbox(run, { companies: 1, rows: 1, users: connections + singles });
    const waits = {
      retryDelayed: 10 * second,
      tellDelayAfter: { outage: 3 * second, 'rate-limit': 3 * second },
    };
    const syncuser = await startSyncuser(run, { accounting: sandbox.url, waits });
    const all = await setUpEach(run, syncuser, connections + singles);
    const [alone, together] = [all.slice(0, singles), all.slice(singles)];

    const onOutage = await messagesOnOutage(run, syncuser, sandbox, together);
    const single: number[] = [];
    for (const user of alone) {
      await sandbox.turn('block-user', { user });
      single.push(...(await timesToTell(syncuser, sandbox, [user])));
    }
    run.say(`one at a time: ${single.map((ms) => Math.round(ms)).join(', ')} ms`);
    const before = await messagesInChannel(syncuser);
    await sandbox.turn('customer', { blocked: true });
    const many = await timesToTell(syncuser, sandbox, together);
    return {
      connections,
      offices: 1,
      p50Ms: percentile(many, 50),
      p99Ms: percentile(many, 99),
      messagesOnOutage: onOutage,
      messagesOnBreak: (await messagesInChannel(syncuser)) - before,
      one: { p50Ms: percentile(single, 50), p99Ms: percentile(single, 99) },
      peakRssMB: peakRssMB(syncuser.worker),
      limits: limitsRaised,
    };
  },
};

/** A connection of each user, with one company; by the name of the user. */
async function setUpEach(run: BenchRun, syncuser: RunningSyncuser, count: number): Promise<string[]> {
  const users = Array.from({ length: count }, (_, index) => `User${index + 1}`);
  const each = users.map((userName) => ({
    userName,
    name: `Exact Online ${userName}`,
    companies: 'all' as const,
  }));
  await setUpMany(run, syncuser, each);
  return users;
}

/** How many messages the office reads while all its connections wait for the package, and until that is over. */
async function messagesOnOutage(
  run: BenchRun,
  syncuser: RunningSyncuser,
  sandbox: Sandbox,
  users: string[],
): Promise<number> {
  const before = await messagesInChannel(syncuser);
  const are = (health: string) => async () => {
    const all = await syncuser.store.connections.all();
    const those = all.filter(({ id }) => users.some((user) => idOf(user) === id));
    return those.every((one) => one.health.state === health);
  };
  run.say('an outage of the package …');
  await sandbox.turn('outage', { on: true });
  await syncAll(syncuser, users, 'outage');
  await syncuser.until(are('delayed'));
  await syncuser.until(async () => (await syncuser.store.notices.open()).length > 0);
  await sleep(10 * second); // every connection has waited long enough to be told by then
  await sandbox.turn('outage', { on: false });
  await syncuser.until(are('ok'));
  await syncuser.until(async () => (await syncuser.store.notices.open()).length === 0);
  return (await messagesInChannel(syncuser)) - before;
}

/** From the first refused call of each of these connections until it stood in the channel, in milliseconds. */
async function timesToTell(syncuser: RunningSyncuser, sandbox: Sandbox, users: string[]): Promise<number[]> {
  const begun = new Date().toISOString();
  const refused = new Map<string, number>();
  const noteRefusals = async () => {
    for (const { at, user, status } of await sandbox.lastCalls())
      if (user && status >= 400 && at >= begun && !refused.has(user)) refused.set(user, Date.parse(at));
  };
  await syncAll(syncuser, users, `broken ${users[0]}`);
  const told = await syncuser.until(async () => {
    await noteRefusals();
    const incidents = await syncuser.store.incidents.openedSince(begun);
    const known = incidents.filter(({ toldAt }) => toldAt !== null);
    return known.length === users.length && known;
  });
  await noteRefusals();
  return users.map((user) => {
    const toldAt = told.find(({ connectionId }) => connectionId === idOf(user))?.toldAt;
    const refusedAt = refused.get(user);
    if (!toldAt || refusedAt === undefined) throw new Error(`nobody knows when ${user} was refused or told`);
    return Date.parse(toldAt) - refusedAt;
  });
}

/** All of them use their login now. */
async function syncAll({ gateway }: RunningSyncuser, users: string[], actionId: string): Promise<void> {
  const patient = patiently(gateway);
  await Promise.all(users.map((user) => patient.syncNow(idOf(user), { actionId, by: superuser })));
}

/** How many messages stand in the office's channel, without those in threads. */
async function messagesInChannel({ slack, office }: RunningSyncuser): Promise<number> {
  let count = 0;
  for (let cursor: string | undefined; ;) {
    const query = { channel: office.channelId, limit: 200, ...(cursor && { cursor }) };
    const page = await slack.conversations.history(query);
    count += page.messages?.length ?? 0;
    cursor = page.response_metadata?.next_cursor || undefined;
    if (!cursor) return count;
  }
}
