import { isDeepStrictEqual } from 'node:util';
import { maySync, type ConnectionState } from '../../domain/connection.ts';
import * as contract from '../../workflows/contract.ts';
import type { Run } from './runs.ts';
import type { Step, StepKind, Taken } from './lifecycle-steps.ts';
import type { World } from './lifecycle-world.ts';
import { happenedIn, minute } from './office-of-fakes.ts';

/** All that can be known of a connection while nothing is being done. */
export interface Seen {
  state: ConnectionState;
  world: World;
  asked: { activity: string; input: unknown }[];
  runs: Run[];
  /** The moment on the server, in milliseconds since 1970. */
  now: number;
  waits: contract.Waits;
  /** Everything that was done, and what was done since it was quiet before. */
  taken: Taken[];
  fresh: Taken[];
}

/** What is wrong, in words; nothing when the sentence holds. */
type Check = (seen: Seen) => (string | false | null | undefined)[];

/** What holds whenever it is quiet, whatever happened before. */
export const whenQuiet: Record<string, Check> = {
  'whoever is disconnected has an open incident and somebody who waits for a login, and whoever is connected has none':
    ({ state, runs }) => {
      const { id, link, incident } = state;
      if (link.state !== 'disconnected')
        return [incident !== null && `${link.state} with incident ${incident}`];
      if (incident === null) return ['disconnected without an incident'];
      return [
        !runs.some(isRunning(contract.workflowIds.reconnect(id, incident))) && `nobody waits for ${incident}`,
      ];
    },

  'whoever is asked to log in is asked by somebody who waits for it': ({ state, runs }) => [
    state.link.state === 'connecting' &&
      !runs.some(isRunning(contract.workflowIds.setUp(state.id))) &&
      'no set-up',
    state.changingTo !== null &&
      !runs.some(isRunning(contract.workflowIds.change(state.id, state.changes))) &&
      `no change to ${state.changingTo}`,
  ],

  'there is no break that nobody is told of': ({ state, world, asked, now }) => {
    const saved = inputsOf<{ state: ConnectionState }>(asked, 'saveConnection').map(
      (input) => input.state.link,
    );
    const opened = inputsOf<{ since: string }>(asked, 'openIncident').map(({ since }) => since);
    const unopened = [...saved, state.link].filter(
      ({ state: is, since }) => is === 'disconnected' && !opened.includes(since),
    );
    const untold = world.incidents.filter(
      ({ toldAt, endedAt, tellAt }) => toldAt === null && endedAt === null && tellAt + minute < now,
    );
    return [
      unopened.length > 0 && `never opened: ${JSON.stringify(unopened)}`,
      untold.length > 0 && `never told: ${JSON.stringify(untold)}`,
    ];
  },

  'a login that is broken is found by the next look, or by the next round': ({
    state,
    world,
    now,
    waits,
  }) => {
    if (state.link.state !== 'connected' || !state.login || world.down) return [];
    const since = world.brokenSince(state.login.grantId);
    const latest = waits.syncInterval * 1.25 + waits.loginCheckInterval + minute;
    return [since !== null && now - since > latest && `broken for ${(now - since) / minute} minutes`];
  },

  'there is one synchronisation user, and it is their login that is used': ({ state, world }) => {
    const { login, synchronisationUserId, standInId, former } = state;
    const theirs = world.links.get(synchronisationUserId);
    const formers = former && world.links.get(former.person);
    return [
      login !== null &&
        theirs?.login.grantId !== login.grantId &&
        `${login.grantId} of ${synchronisationUserId}, who has ${theirs?.login.grantId}`,
      standInId === synchronisationUserId && login !== null && `${standInId} stands in for themselves`,
      former !== null &&
        formers?.login.grantId !== former.login.grantId &&
        (formers?.since ?? '') < former.changedAt &&
        `the login of ${former.person} is not kept`,
    ];
  },

  'what was accepted has an effect or a word': (seen) =>
    seen.fresh.map((taken) => {
      const isAlone = seen.fresh.length === 1;
      const effect = effects[taken.step.do];
      if (taken.answer !== 'accepted' || !effect || !isAlone) return null;
      return !effect(taken, seen) && `nothing came of ${JSON.stringify(taken)}`;
    }),

  // While the package is down a change looks at the login that is there first, for as long as that takes.
  'everybody who logged in reads what came of it': ({ fresh, asked, world }) =>
    fresh.map(({ signInId, answer }) => {
      const isAnswered =
        signInId === undefined ||
        world.down !== null ||
        answer !== 'accepted' ||
        hasEnded(fresh) ||
        isAnsweredIn(asked, signInId);
      return !isAnswered && `nobody answered ${signInId}`;
    }),

  'what is done once is not done twice': ({ asked }) =>
    ['takeUpIncident', 'snoozeIncident'].map((activity) => {
      const ids = inputsOf<{ actionId: string }>(asked, activity).map(({ actionId }) => actionId);
      return new Set(ids).size < ids.length && `${activity} twice`;
    }),

  'the store knows what the connection knows': ({ state, world }) => [
    !isDeepStrictEqual(world.saved, state) &&
      `the store has ${JSON.stringify(world.saved)}\nand the connection ${JSON.stringify(state)}`,
  ],

  'something is always due': ({ state, runs, now, waits }) => {
    const { nextSyncAt, syncingSince, health, link } = state;
    const idle = runs.filter(
      ({ isOver, openTimers, waitsFor }) => !isOver && openTimers + waitsFor.length === 0,
    );
    const without = idle.filter(({ openChildren }) => openChildren.length === 0);
    const dueMs = nextSyncAt === null ? Infinity : Date.parse(nextSyncAt) - now;
    const latest = health.state === 'ok' ? 1.25 * waits.syncInterval + minute : 30 * minute;
    const isWaiting = maySync(state) && syncingSince === null;
    return [
      without.length > 0 && `nothing is due in ${without.map(({ workflowId }) => workflowId).join()}`,
      isWaiting && !(dueMs < latest) && `the next round is at ${nextSyncAt}, in ${dueMs / minute} minutes`,
      isWaiting && dueMs < -minute && `the round of ${nextSyncAt} was missed`,
      link.state === 'connected' &&
        syncingSince !== null &&
        !runs.some(isRunning(contract.workflowIds.sync(state.id, state.round))) &&
        'no round although one runs',
    ];
  },

  'no history is long, and nothing in it fails': ({ runs }) =>
    runs.flatMap(({ workflowId, events, faults }) => [
      events.length > 5_000 && `${workflowId} has ${events.length} events`,
      faults.length > 0 && `${workflowId}: ${faults.join()}`,
    ]),
};

/** What holds once everything is mended, everybody has answered and some time has gone by. */
export const atRest: Record<string, Check> = {
  'it is connected and brings master data in': ({ state, now, waits }) => [
    state.link.state !== 'connected' && `it is ${state.link.state}`,
    state.health.state !== 'ok' && `its health is ${state.health.state}`,
    (state.lastSuccessAt === null || now - Date.parse(state.lastSuccessAt) > 2 * waits.syncInterval) &&
      `the last round was at ${state.lastSuccessAt}`,
  ],

  'nothing is left over': ({ state, runs }) => [
    state.requests.length > 0 && `requests: ${JSON.stringify(state.requests)}`,
    state.changingTo !== null && `changing to ${state.changingTo}`,
    state.former !== null && `the former login of ${state.former.person}`,
    state.handover !== null && `the handover to ${state.handover.to}`,
    state.catchingUpAfter !== null && `the catch-up after ${state.catchingUpAfter}`,
    ...runs.map(
      ({ isOver, type, workflowId }) => !isOver && type !== 'connection' && `${workflowId} still runs`,
    ),
  ],

  'every incident is closed, and everybody reads that': ({ world, asked }) => {
    const mended = inputsOf<{ incident: number }>(asked, 'tellMended').map(({ incident }) => incident);
    return world.incidents.map(
      (one) =>
        (one.endedAt === null || !mended.includes(one.number)) && `open or untold: ${JSON.stringify(one)}`,
    );
  },

  'every change that began ends in words': ({ state, asked }) => {
    const told = inputsOf<{ change: number; result?: { kind: string } }>(
      asked,
      'tellChanged',
      'tellChangeResult',
    )
      .filter(({ result }) => result?.kind !== 'decided')
      .map(({ change }) => change);
    return Array.from({ length: state.changes }, (_, index) => index + 1).map(
      (change) => !told.includes(change) && `change ${change} came to nothing`,
    );
  },

  'whatever was asked to be brought in came in, and who asked reads it': ({ taken, asked }) =>
    taken.map(({ step, answer, action, askedBefore }) => {
      if (step.do !== 'synchronise' || answer !== 'accepted') return null;
      const since = asked.slice(askedBefore);
      const isDone = step.companies
        ? inputsOf<{ by: string }>(since, 'tellRequest').some(({ by }) => by === action.by)
        : inputsOf(since, 'planRound').length > 0;
      return !isDone && `nothing came in for ${action.actionId}`;
    }),

  'whoever asked for a verification reads how it ended': ({ taken, asked }) =>
    taken.map(({ step, answer, action, askedBefore }) => {
      if (step.do !== 'verify' || answer !== 'accepted') return null;
      const ends = inputsOf<{ by: string; ended: object | null }>(
        asked.slice(askedBefore),
        'tellVerification',
      );
      return (
        !ends.some(({ by, ended }) => by === action.by && ended !== null) && `no end of ${action.actionId}`
      );
    }),

  'a delay that was told is taken back': ({ asked }) => [
    inputsOf<{ lasts: boolean }>(asked, 'tellDelay').at(-1)?.lasts === true && 'it was not',
  ],
};

/** What comes of a click when nothing else happens at the same time. */
const effects: Partial<Record<StepKind, (taken: Taken, seen: Seen) => boolean>> = {
  pause: ({ action }, { state }) => state.pausedBy === action.by,
  resume: (_, { state }) => state.pausedBy === null,
  'on-it': ({ action, before }, { asked }) => {
    const acts = inputsOf<{ actionId: string; by: string; incident: number }>(asked, 'takeUpIncident');
    const isTheirs = (one: (typeof acts)[number]) => one.by === action.by && one.incident === before.incident;
    return acts.some((one) => one.actionId === action.actionId || isTheirs(one));
  },
  snooze: ({ action }, { asked }) =>
    inputsOf<{ actionId: string }>(asked, 'snoozeIncident').some(
      ({ actionId }) => actionId === action.actionId,
    ),
  change: ({ before }, { state, asked }) =>
    state.changes === before.changes + 1 &&
    asked.flatMap(happenedIn).some(({ what }) => what === 'change-asked'),
  cancel: (_, { state, asked }) =>
    state.changingTo === null && asked.flatMap(happenedIn).some(({ what }) => what.endsWith('-cancelled')),
  undo: ({ before }, { state }) => state.synchronisationUserId === before.former?.person,
  'stand-in': (taken, { state }) => state.standInId === stepOf(taken, 'stand-in').person,
  'plan-handover': (taken, { state }) => state.handover?.to === stepOf(taken, 'plan-handover').to,
  'cancel-handover': (_, { state }) => state.handover === null,
  'choose-companies': ({ askedBefore }, { asked }) =>
    inputsOf(asked.slice(askedBefore), 'linkCompanies').length > 0,
  'unlink-companies': (_, { state }) => state.companies === 0,
};

function stepOf<K extends StepKind>({ step }: Taken, _: K): Extract<Step, { do: K }> {
  return step as Extract<Step, { do: K }>;
}

const hasEnded = (fresh: Taken[]) => fresh.some(({ step }) => step.do === 'ends-a-child');

function isAnsweredIn(asked: Seen['asked'], signInId: string): boolean {
  return inputsOf<{ signInId: string }>(asked, 'redeemSignIn', 'dismissSignIn').some(
    (one) => one.signInId === signInId,
  );
}

const isRunning =
  (workflowId: string) =>
  (run: Run): boolean =>
    run.workflowId === workflowId && !run.isOver;

export function inputsOf<Input>(asked: Seen['asked'], ...activities: string[]): Input[] {
  return asked.filter(({ activity }) => activities.includes(activity)).map(({ input }) => input as Input);
}
