import { condition } from '@temporalio/workflow';
import { maySync } from '../../domain/connection.ts';
import { nextOfHandover } from '../../domain/succession/handover.ts';
import type { ConnectionLife } from './connection-life.ts';

export type NextStep =
  | 'set-up'
  | 'end-change'
  | 'end-incident'
  | 'open-incident'
  | 'do-noted'
  | 'end-round'
  | 'end-look'
  | 'end-verification'
  | 'look-at-children'
  | 'begin-change'
  | 'undo-change'
  | 'hand-over'
  | 'forget-former'
  | 'hand-over-wishes'
  | 'sync'
  | 'tell-delay'
  | 'look'
  | 'verify'
  | 'wait';

/**
 * What the connection does next, at this moment (milliseconds since 1970); the order of the questions is the order of
 * importance. It asks no clock, because predicates ask it.
 */
export function nextStep(life: ConnectionLife, at: number): NextStep {
  const { state } = life;
  const isConnected = state.link.state === 'connected';
  const isFree = state.changingTo === null;
  if (state.link.state === 'connecting' && !life.setUp.handle) return 'set-up';
  if (!isFree && !life.succession.handle) return 'end-change';
  if (state.incident !== null && !life.reconnect.handle && (isConnected || life.reconnect.result))
    return 'end-incident';
  if (state.link.state === 'disconnected' && !life.reconnect.handle) return 'open-incident';
  if (!life.noted.isEmpty()) return 'do-noted'; // somebody waits for the answer
  if (state.syncingSince !== null && !life.round.handle) return 'end-round';
  if (life.logins.look.brought) return 'end-look';
  if (life.verifications.errand.brought) return 'end-verification';
  if (untilLookAtChildren(life, at) === 0) return 'look-at-children';
  if (life.wishedUndo !== null && isFree) return 'undo-change';
  if (untilUndoEnds(life, at) === 0 && isFree) return 'forget-former';
  if (life.wishedChange && isFree) return 'begin-change'; // a person's wish goes before what falls due
  if (untilHandover(life, at) === 0 && isFree) return 'hand-over';
  if (life.round.handle && life.newWishes().length > 0) return 'hand-over-wishes';
  if (waitsForRound(life) && (isRoundDue(life, at) || mayBringInWishes(life))) return 'sync';
  if (untilDelayIsTold(life, at) === 0) return 'tell-delay';
  if (untilNextLook(life, at) === 0) return 'look';
  if (untilVerification(life, at) === 0) return 'verify';
  return 'wait';
}

/**
 * Sleeps until something needs doing that did not at this moment: because something happened, or because a timer went
 * off. There always is one, so that the moment in which it falls asleep is kept.
 *
 * @returns the moment for which that timer was set, in milliseconds since 1970, or null when something happened
 */
export async function somethingHappens(life: ConnectionLife, at: number): Promise<number | null> {
  const { heard } = life;
  const isAwake = () => life.unsaved || life.heard - heard >= mostUnheeded || nextStep(life, at) !== 'wait';
  const first = alarms(life, at).reduce((one, other) => (other.inMs < one.inMs ? other : one), nothingDue);
  const inMs = Math.max(1, first.inMs);
  const isWoken = await condition(isAwake, inMs, { summary: first.summary });
  return isWoken ? null : at + inMs;
}

interface Alarm {
  inMs: number;
  /** What an operator reads on its timer. */
  summary: string;
}

/** After so many messages that left nothing to do it wakes all the same, and looks how long its history is. */
const mostUnheeded = 25;

const nothingDue: Alarm = { inMs: 24 * 60 * 60_000, summary: 'until something happens' };

/** What falls due by itself, and in how many milliseconds. */
function alarms(life: ConnectionLife, at: number): Alarm[] {
  const isFree = life.state.changingTo === null;
  const all: [number | null, string][] = [
    [isFree ? untilHandover(life, at) : null, 'until the planned handover, or a reminder of it'],
    [waitsForRound(life) ? untilNextRound(life, at) : null, 'until the next round'],
    [untilDelayIsTold(life, at), 'until the delay is told to the office'],
    [isFree ? untilUndoEnds(life, at) : null, 'until the change cannot be undone any more'],
    [untilNextLook(life, at), 'until the next look at the login'],
    [untilLookAtChildren(life, at), 'until it is looked whether what is under way still runs'],
    [untilVerification(life, at), 'until the rights of the login are verified'],
  ];
  return all.flatMap(([inMs, summary]) => (inMs === null ? [] : [{ inMs, summary }]));
}

/** The next planned round is due. */
export function isRoundDue(life: ConnectionLife, at: number): boolean {
  return untilNextRound(life, at) === 0;
}

function waitsForRound({ state }: ConnectionLife): boolean {
  return maySync(state) && state.syncingSince === null;
}

/** While the package is down or limits us, wishes wait for the next planned round, which finds out when it is well. */
function mayBringInWishes({ state }: ConnectionLife): boolean {
  return state.wishes.length > 0 && state.health.state === 'ok';
}

// Milliseconds from this moment until something is due: 0 when it is, null when it never is.

function untilNextRound({ state }: ConnectionLife, at: number): number {
  return state.nextSyncAt === null ? 0 : left(Date.parse(state.nextSyncAt), at);
}

function untilHandover({ state }: ConnectionLife, at: number): number | null {
  return state.handover && left(nextOfHandover(state.handover).dueAt, at);
}

/** When the last change cannot be undone any more. */
function untilUndoEnds({ state }: ConnectionLife, at: number): number | null {
  return state.former && left(Date.parse(state.former.until), at);
}

function untilDelayIsTold({ delays, state, input }: ConnectionLife, at: number): number | null {
  return delays.dueIn(state.health, input.waits, at);
}

function untilNextLook(life: ConnectionLife, at: number): number | null {
  return life.logins.untilDue(life, life.input.waits, at);
}

function untilVerification(life: ConnectionLife, at: number): number | null {
  return life.verifications.untilDue(life, at);
}

function untilLookAtChildren({ errands }: ConnectionLife, at: number): number | null {
  return errands
    .map((errand) => errand.untilLook(at))
    .reduce((one, other) => (one === null || other === null ? (one ?? other) : Math.min(one, other)), null);
}

function left(dueAt: number, at: number): number {
  return Math.max(0, dueAt - at);
}
