import { condition } from '@temporalio/workflow';
import { maySync } from '../../domain/connection.ts';
import { nextOfHandover } from '../../domain/succession/handover.ts';
import type { ConnectionEntity } from './connection-entity.ts';

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
  | 'hand-over-requests'
  | 'sync'
  | 'tell-delay'
  | 'look'
  | 'verify'
  | 'wait';

/**
 * What the connection does next, at this moment (milliseconds since 1970); the order of the questions is the order of
 * importance. It asks no clock, because predicates ask it.
 */
export function nextStep(entity: ConnectionEntity, at: number): NextStep {
  const { state } = entity;
  const isConnected = state.link.state === 'connected';
  const isFree = state.changingTo === null;
  if (state.link.state === 'connecting' && !entity.setUp.handle) return 'set-up';
  if (!isFree && !entity.succession.handle) return 'end-change';
  if (state.incident !== null && !entity.reconnect.handle && (isConnected || entity.reconnect.result))
    return 'end-incident';
  if (state.link.state === 'disconnected' && !entity.reconnect.handle) return 'open-incident';
  if (!entity.noted.isEmpty()) return 'do-noted'; // somebody waits for the answer
  if (state.syncingSince !== null && !entity.round.handle) return 'end-round';
  if (entity.logins.look.brought) return 'end-look';
  if (entity.verifications.slot.brought) return 'end-verification';
  if (untilLookAtChildren(entity, at) === 0) return 'look-at-children';
  if (entity.requestedUndo !== null && isFree) return 'undo-change';
  if (untilUndoEnds(entity, at) === 0 && isFree) return 'forget-former';
  if (entity.requestedChange && isFree) return 'begin-change'; // a person's request goes before what falls due
  if (untilHandover(entity, at) === 0 && isFree) return 'hand-over';
  if (entity.round.handle && entity.newRequests().length > 0) return 'hand-over-requests';
  if (waitsForRound(entity) && (isRoundDue(entity, at) || mayBringInRequests(entity))) return 'sync';
  if (untilDelayIsTold(entity, at) === 0) return 'tell-delay';
  if (untilNextLook(entity, at) === 0) return 'look';
  if (untilVerification(entity, at) === 0) return 'verify';
  return 'wait';
}

/**
 * Sleeps until something needs doing that did not at this moment: because something happened, or because a timer went
 * off. There always is one, so that the moment in which it falls asleep is kept.
 *
 * @returns the moment for which that timer was set, in milliseconds since 1970, or null when something happened
 */
export async function somethingHappens(entity: ConnectionEntity, at: number): Promise<number | null> {
  const { heard } = entity;
  const isAwake = () =>
    entity.unsaved || entity.heard - heard >= mostUnheeded || nextStep(entity, at) !== 'wait';
  const first = alarms(entity, at).reduce((one, other) => (other.inMs < one.inMs ? other : one), nothingDue);
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
function alarms(entity: ConnectionEntity, at: number): Alarm[] {
  const isFree = entity.state.changingTo === null;
  const all: [number | null, string][] = [
    [isFree ? untilHandover(entity, at) : null, 'until the planned handover, or a reminder of it'],
    [waitsForRound(entity) ? untilNextRound(entity, at) : null, 'until the next round'],
    [untilDelayIsTold(entity, at), 'until the delay is told to the office'],
    [isFree ? untilUndoEnds(entity, at) : null, 'until the change cannot be undone any more'],
    [untilNextLook(entity, at), 'until the next look at the login'],
    [untilLookAtChildren(entity, at), 'until it is looked whether what is under way still runs'],
    [untilVerification(entity, at), 'until the rights of the login are verified'],
  ];
  return all.flatMap(([inMs, summary]) => (inMs === null ? [] : [{ inMs, summary }]));
}

/** The next planned round is due. */
export function isRoundDue(entity: ConnectionEntity, at: number): boolean {
  return untilNextRound(entity, at) === 0;
}

function waitsForRound({ state }: ConnectionEntity): boolean {
  return maySync(state) && state.syncingSince === null;
}

/** While the package is down or limits us, requests wait for the next planned round, which finds out when it is well. */
function mayBringInRequests({ state }: ConnectionEntity): boolean {
  return state.requests.length > 0 && state.health.state === 'ok';
}

// Milliseconds from this moment until something is due: 0 when it is, null when it never is.

function untilNextRound({ state }: ConnectionEntity, at: number): number {
  return state.nextSyncAt === null ? 0 : left(Date.parse(state.nextSyncAt), at);
}

function untilHandover({ state }: ConnectionEntity, at: number): number | null {
  return state.handover && left(nextOfHandover(state.handover).dueAt, at);
}

/** When the last change cannot be undone any more. */
function untilUndoEnds({ state }: ConnectionEntity, at: number): number | null {
  return state.former && left(Date.parse(state.former.until), at);
}

function untilDelayIsTold({ delays, state, input }: ConnectionEntity, at: number): number | null {
  return delays.dueIn(state.health, input.waits, at);
}

function untilNextLook(entity: ConnectionEntity, at: number): number | null {
  return entity.logins.untilDue(entity, entity.input.waits, at);
}

function untilVerification(entity: ConnectionEntity, at: number): number | null {
  return entity.verifications.untilDue(entity, at);
}

function untilLookAtChildren({ slots }: ConnectionEntity, at: number): number | null {
  return slots
    .map((slot) => slot.untilLook(at))
    .reduce((one, other) => (one === null || other === null ? (one ?? other) : Math.min(one, other)), null);
}

function left(dueAt: number, at: number): number {
  return Math.max(0, dueAt - at);
}
