import { setTimeout as sleep } from 'node:timers/promises';
import { responders, teamsOf, type Office } from '../../domain/offices/office.ts';
import type { Bench } from '../bench.ts';
import type { Break } from '../parts/alarm/facts.ts';
import { liveThrough, type Fragile, type Stage } from '../parts/alarm/incident.ts';
import { planIncidents } from '../parts/alarm/plan.ts';
import { createReading } from '../parts/alarm/reading.ts';
import { timelineOf } from '../parts/alarm/timeline.ts';
import { createTroubles } from '../parts/alarm/troubles.ts';
import { judge, type Course, saidMeanwhile } from '../parts/alarm/verdict.ts';
import { patiently, setUpMany } from '../parts/connections.ts';
import { percentile } from '../parts/percentile.ts';
import { limitsRaised, startSandbox, type Sandbox } from '../parts/sandbox.ts';
import { synchronisationUser } from '../parts/set-up.ts';
import { startSyncuser } from '../parts/syncuser.ts';

const second = 1_000;
/** So many connections never break; whatever goes wrong around them, nobody may be alarmed of them. */
const quiet = 2;
/**
 * How many are broken side by side at most. With twelve, two cores had so much to do after a worker was killed that
 * nothing was told for two minutes: that measures the machine. Many that break in one moment are what `alert` measures.
 */
const atOnce = 6;
/** The first seven companies of the demo: those of one team and the first of the other. */
const companies = 7;

export const bench: Bench = {
  about:
    'many bad days at once: whether everybody hit by a break is told, in time, once, and of nothing else',
  options: {
    incidents: { type: 'string', default: '200', about: 'how many logins break' },
    seed: { type: 'string', default: '1', about: 'the same seed gives the same incidents' },
    // Exact Online blocks an app for an hour after ten refused calls of one user, so we stop asking at eight: a login that
    // breaks more often than that in one hour is not looked at again in it.
    connections: { type: 'string', default: '40', about: 'how many connections take turns in breaking' },
  },
  holds: ({ incidents, reachedWithin60s, falseAlarms, doubled, silent }) =>
    incidents === reachedWithin60s && falseAlarms === 0 && doubled === 0 && silent === 0,
  async run(run) {
    const incidents = run.count('incidents');
    const fragile = Math.max(1, Math.min(run.count('connections'), Math.ceil(incidents / 2)));
    const sandbox = await startSandbox(run, { companies, rows: 1, users: fragile + quiet });
    // A look is eleven events: with one every few seconds the bench would measure how long histories are replayed. Offices
    // have five minutes (LOGIN_CHECK_INTERVAL): forty connections every quarter of a minute are as many looks as eight hundred there.
    // Where nobody asks for a round, a break is counted from its moment, so a quarter of its minute may go by first.
    const waits = { loginCheckInterval: 15 * second, retryDelayed: 5 * second };
    const started = await startSyncuser(run, { accounting: sandbox.url, waits });
    const syncuser = { ...started, gateway: patiently(started.gateway) };
    const scene = sceneOf(syncuser.office);
    // One office with hundreds of breaks in minutes: what Slack allows a channel is played by misfortunes instead.
    await syncuser.strict.turn('rates', { on: false });
    const connections = await connectionsOf(sandbox, syncuser.office, fragile + quiet);
    await setUpMany(
      run,
      syncuser,
      connections.map(({ userName, name, divisions }) => ({
        ...{ userName, name },
        companies: divisions.map(String),
      })),
    );

    const reading = createReading(syncuser, [...scene.channels, ...scene.directMessages]);
    const troubles = createTroubles(syncuser, sandbox, directMessagesOf);
    const breaks: Break[] = [];
    const course = (): Course => ({
      ...{ breaks, closures: troubles.closures, messages: reading.messages() },
      names: connections.map(({ name }) => name),
      now: Date.now(),
    });
    const stage = { syncuser, sandbox, troubles, breaks, course, say: run.say };
    const over = new AbortController();
    run.atEnd(() => over.abort());
    const looking = Promise.all([
      reading.keepReading(over.signal, second / 2),
      noteRefusals(sandbox, breaks, over.signal),
    ]);
    const plan = planIncidents(String(run.values['seed']), incidents, scene);
    const begun = performance.now();
    const lived = liveThroughAll(plan, connections.slice(0, fragile), stage);
    await Promise.race([lived, looking, syncuser.worker.died]);
    const seconds = Math.round((performance.now() - begun) / 1000);
    await sleep(5 * second); // a word that comes twice may come late
    over.abort();
    await looking;
    await reading.readAll();

    const verdict = judge(course());
    const { toldAfterMs, late, falseAlarms, doubled, silent } = verdict;
    for (const [what, found] of Object.entries({ late, falseAlarms, doubled, silent }))
      for (const sentence of found) run.say(`${what}: ${sentence}`);
    for (const one of verdict.missed) {
      for (const line of saidMeanwhile(course(), one)) run.say(`  ${one.number} ${line}`);
      for (const line of await timelineOf(syncuser.temporal, one)) run.say(`  ${one.number} ${line}`);
    }
    return {
      incidents: breaks.length,
      seed: String(run.values['seed']),
      reachedWithin60s: breaks.length - late.length,
      slowestMs: Math.max(...toldAfterMs),
      falseAlarms: falseAlarms.length,
      doubled: doubled.length,
      silent: silent.length,
      ...{ p50Ms: percentile(toldAfterMs, 50), p99Ms: percentile(toldAfterMs, 99) },
      ...{ connections: fragile, seconds },
      troubles: troubles.counts,
      limits: `${limitsRaised}; Slack's rates come as misfortunes`,
    };
  },
};

/** A few at a time are broken: each incident comes to the connection that has been well for longest. */
async function liveThroughAll(
  plan: ReturnType<typeof planIncidents>,
  fragile: readonly Fragile[],
  stage: Stage,
): Promise<void> {
  const waiting = [...plan];
  const well = [...fragile];
  const breakOneAfterTheOther = async () => {
    for (let planned = waiting.shift(); planned; planned = waiting.shift()) {
      const one = well.shift()!; // there are at least as many as break at once
      await liveThrough(planned, one, stage);
      well.push(one);
      if (planned.number % 20 === 0) stage.say(`${planned.number} incidents …`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, fragile.length) }, breakOneAfterTheOther));
}

/** When the package refused the first call of each break. */
async function noteRefusals(sandbox: Sandbox, breaks: readonly Break[], over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const calls = await sandbox.lastCalls();
    for (const one of breaks.filter(({ refusedAt }) => refusedAt === null)) {
      const isRefusal = ({ at, user, status }: (typeof calls)[number]) =>
        user === one.userName &&
        [401, 403].includes(status) &&
        Date.parse(at) >= one.brokeAt &&
        Date.parse(at) <= (one.mendingSince ?? Infinity);
      const refused = calls.find(isRefusal);
      if (refused) one.refusedAt = Date.parse(refused.at);
    }
    await sleep(second / 2);
  }
}

/** Where people read, and who mends. */
function sceneOf(office: Office) {
  const people = responders(office, { synchronisationUserId: synchronisationUser, standInId: null });
  return {
    channels: [office.channelId, ...office.teams.map(({ channelId }) => channelId)],
    responders: people.map(({ id, slackUserId }) => ({ id, slackUserId })),
    directMessages: people.map(({ slackUserId }) => directMessagesOf(slackUserId)),
  };
}

/** The demo workspace gives them ids that follow from the person's (`sandboxes/slack`). */
const directMessagesOf = (slackUserId: string) => slackUserId.replace(/^U/, 'D');

/** A connection of each user: with the company of one team, of another, or of both. */
async function connectionsOf(sandbox: Sandbox, office: Office, count: number): Promise<Fragile[]> {
  const divisions = await sandbox.divisions();
  const { directMessages } = sceneOf(office);
  return Array.from({ length: count }, (_, index) => {
    const which = [[0], [companies - 1], [0, companies - 1]][index % 3] ?? [];
    const linked = which.map((company) => ({ code: `${101 + company}`, name: '' }));
    const channels = [office.channelId, ...teamsOf(office, linked).map(({ channelId }) => channelId)];
    return {
      userName: `User${index + 1}`,
      name: `Books ${String(index + 1).padStart(3, '0')}`,
      divisions: which.flatMap((company) => divisions[company] ?? []),
      hit: [...channels, ...directMessages],
    };
  });
}
