import { setTimeout as sleep } from 'node:timers/promises';
import { ObjectionError } from '../../../gateway/errors.ts';
import { idOf } from '../connections.ts';
import type { Sandbox } from '../sandbox.ts';
import { followLink } from '../set-up.ts';
import type { RunningSyncuser } from '../syncuser.ts';
import { startOf, type Break } from './facts.ts';
import type { Act, PlannedCause, PlannedIncident } from './plan.ts';
import type { Troubles } from './troubles.ts';
import { leftOut, type Course } from './verdict.ts';

const second = 1_000;
/**
 * People wait so long to be told, once the package refuses it, before they find out by themselves. All of it is waited for
 * only where somebody is not told, so an incident that takes much longer than a look is worth looking into.
 */
const patienceMs = 90 * second;
const lookEveryMs = 300;
const mostAttempts = 10;

/** A connection that breaks now and then. */
export interface Fragile {
  userName: string;
  name: string;
  divisions: readonly number[];
  /** The conversations of everybody who is hit when it breaks. */
  hit: readonly string[];
}

export interface Stage {
  syncuser: RunningSyncuser;
  sandbox: Sandbox;
  troubles: Troubles;
  breaks: Break[];
  /** What is known by now. */
  course: () => Course;
  say: (sentence: string) => void;
}

/** One incident, from a login that works to one that works again. */
export async function liveThrough(planned: PlannedIncident, fragile: Fragile, stage: Stage): Promise<void> {
  const { syncuser, troubles, breaks, course } = stage;
  const { name, userName, hit } = fragile;
  await sleep(planned.worksForMs);
  const begun = [];
  for (const trouble of planned.troubles) begun.push(await troubles.begin(trouble));
  const { number, cause } = planned;
  const one: Break = {
    number,
    name,
    userName,
    cause,
    hit,
    brokeAt: Date.now(),
    refusedAt: null,
    mendingSince: null,
    mendedAt: null,
  };
  breaks.push(one);
  await breakIt(cause, fragile, stage.sandbox);
  const connectionId = idOf(userName);
  if (planned.isAskedFor)
    await unlessRefused(
      syncuser.gateway.syncNow(connectionId, { actionId: `ask ${number}`, by: planned.mendedBy }),
    );

  while (leftOut(course(), one).length > 0 && Date.now() < startOf(one) + patienceMs)
    await sleep(lookEveryMs);
  for (const { what, by } of planned.acts) await act(what, { connectionId, number, by }, syncuser);
  await sleep(planned.mendedAfterMs);
  if (number % 2 === 0) await Promise.all(begun.map((takeBack) => takeBack()));
  one.mendingSince = Date.now();
  await mend(planned, fragile, stage);
  one.mendedAt = Date.now();
  await Promise.all(begun.map((takeBack) => takeBack()));
}

async function breakIt(cause: PlannedCause, { userName: user, divisions }: Fragile, sandbox: Sandbox) {
  switch (cause) {
    case 'consent-withdrawn':
      return sandbox.turn('withdraw-consent', { user });
    case 'user-blocked':
      return sandbox.turn('block-user', { user });
    case 'user-inactive':
      return sandbox.turn('deactivate-user', { user });
    case 'no-company-access':
      for (const division of divisions) await sandbox.turn('remove-company', { user, division });
  }
}

async function restore(cause: PlannedCause, { userName: user, divisions }: Fragile, sandbox: Sandbox) {
  switch (cause) {
    case 'consent-withdrawn':
      return; // it is given again with the next login
    case 'user-blocked':
      return sandbox.turn('block-user', { user, on: false });
    case 'user-inactive':
      return sandbox.turn('deactivate-user', { user, on: false });
    case 'no-company-access':
      for (const division of divisions) await sandbox.turn('give-company', { user, division });
  }
}

/** Somebody logs in until it fits: while the package has troubles of its own, a person tries again as well. */
async function mend(planned: PlannedIncident, fragile: Fragile, { syncuser, sandbox }: Stage) {
  const { userName } = fragile;
  const connectionId = idOf(userName);
  const link = { connectionId, purpose: 'reconnect', person: planned.mendedBy, userName } as const;
  await restore(planned.cause, fragile, sandbox);
  const outcomes: string[] = [];
  for (let attempt = 1; !(await isConnected(syncuser, connectionId)); attempt += 1) {
    const became = await within(30 * second, followLink(syncuser, link)).catch((error: Error) => error);
    outcomes.push(became instanceof Error ? became.message : JSON.stringify(became));
    if (attempt === mostAttempts) {
      const state = JSON.stringify(await syncuser.store.connections.get(connectionId));
      throw new Error(`${fragile.name} was not mended by ${outcomes.join(', ')}: ${state}`);
    }
    const fits = became !== null && 'result' in became && became.result === 'linked';
    const patience = Date.now() + (fits ? 30 * second : second);
    while (Date.now() < patience && !(await isConnected(syncuser, connectionId))) await sleep(lookEveryMs);
  }
}

async function isConnected({ store }: RunningSyncuser, connectionId: string): Promise<boolean> {
  const state = await store.connections.get(connectionId);
  return state?.link.state === 'connected' && state.incident === null;
}

async function act(
  what: Act,
  { connectionId, number, by }: { connectionId: string; number: number; by: string },
  { gateway }: RunningSyncuser,
): Promise<void> {
  const actionId = `${what} ${number} ${by}`;
  const until = new Date(Date.now() + 3_600 * second).toISOString();
  const everybody = what === 'snoozes-for-all';
  await unlessRefused(
    what === 'takes-it-up'
      ? gateway.acknowledge(connectionId, { actionId, by })
      : gateway.snooze(connectionId, { actionId, by, until, everybody }),
  );
}

/** What comes a moment too early or too late is refused in words, as people know it. */
async function unlessRefused<T>(act: Promise<T>): Promise<T | null> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof ObjectionError) return null;
    throw error;
  }
}

/** Null when it takes longer. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  const over = new AbortController();
  const late = sleep(ms, null, { signal: over.signal }).catch(() => null);
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}
