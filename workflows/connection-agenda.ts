import { condition } from '@temporalio/workflow';
import { maySync } from '../domain/connection.ts';
import { nextOfHandover } from '../domain/handover.ts';
import type { ConnectionLife } from './connection-life.ts';

export type NextStep =
  | 'set-up'
  | 'end-change'
  | 'end-incident'
  | 'open-incident'
  | 'end-round'
  | 'end-look'
  | 'end-verification'
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

/** What the connection does next; the order of the questions is the order of importance. */
export function nextStep(life: ConnectionLife): NextStep {
  const { state } = life;
  const isConnected = state.link.state === 'connected';
  const isFree = state.changingTo === null;
  if (state.link.state === 'connecting' && !life.setUp.handle) return 'set-up';
  if (!isFree && !life.succession.handle) return 'end-change';
  if (state.incident !== null && !life.reconnect.handle && (isConnected || life.reconnect.result))
    return 'end-incident';
  if (state.link.state === 'disconnected' && !life.reconnect.handle) return 'open-incident';
  if (state.syncingSince !== null && !life.round.handle) return 'end-round';
  if (life.logins.look.brought) return 'end-look';
  if (life.verifications.errand.result) return 'end-verification';
  if (life.wishedUndo !== null && isFree) return 'undo-change';
  if (untilUndoEnds(life) === 0 && isFree) return 'forget-former';
  if (untilHandover(life) === 0 && isFree) return 'hand-over';
  if (life.wishedChange && isFree) return 'begin-change';
  if (life.round.handle && life.newWishes().length > 0) return 'hand-over-wishes';
  if (waitsForRound(life) && (isRoundDue(life) || mayBringInWishes(life))) return 'sync';
  if (untilDelayIsTold(life) === 0) return 'tell-delay';
  if (untilNextLook(life) === 0) return 'look';
  if (untilVerification(life) === 0) return 'verify';
  return 'wait';
}

/** Sleeps until something needs doing. */
export async function somethingHappens(life: ConnectionLife): Promise<void> {
  const isAwake = () => life.unsaved || nextStep(life) !== 'wait';
  const [first] = alarms(life).sort((one, other) => one.inMs - other.inMs);
  if (first) await condition(isAwake, Math.max(1, first.inMs), { summary: first.summary });
  else await condition(isAwake);
}

/** What falls due by itself: in how many milliseconds, and what an operator reads on its timer. */
function alarms(life: ConnectionLife): { inMs: number; summary: string }[] {
  const isFree = life.state.changingTo === null;
  const all: [number | null, string][] = [
    [isFree ? untilHandover(life) : null, 'until the planned handover, or a reminder of it'],
    [waitsForRound(life) ? untilNextRound(life) : null, 'until the next round'],
    [untilDelayIsTold(life), 'until the delay is told to the office'],
    [isFree ? untilUndoEnds(life) : null, 'until the change cannot be undone any more'],
    [untilNextLook(life), 'until the next look at the login'],
    [untilVerification(life), 'until the rights of the login are verified'],
  ];
  return all.flatMap(([inMs, summary]) => (inMs === null ? [] : [{ inMs, summary }]));
}

/** Nothing is under way beside the main loop but a change, which goes on by itself; so a fresh history may begin. */
export function isQuiet(life: ConnectionLife): boolean {
  const errands = [life.setUp, life.round, life.reconnect, life.verifications.errand];
  const underWay = errands.some(({ handle }) => handle);
  // A round that is due may as well be the first thing of the new history: where calls come in all the time, one always is.
  const mayWait = ['wait', 'sync'].includes(nextStep(life));
  return mayWait && !underWay && !life.logins.look.isUnderWay && life.talk.isSilent();
}

/** The next planned round is due. */
export function isRoundDue(life: ConnectionLife): boolean {
  return untilNextRound(life) === 0;
}

function waitsForRound({ state }: ConnectionLife): boolean {
  return maySync(state) && state.syncingSince === null;
}

/** While the package is down or limits us, wishes wait for the next planned round, which finds out when it is well. */
function mayBringInWishes({ state }: ConnectionLife): boolean {
  return state.wishes.length > 0 && state.health.state === 'ok';
}

// Milliseconds until something is due: 0 when it is, null when it never is.

function untilNextRound({ state }: ConnectionLife): number {
  return state.nextSyncAt === null ? 0 : left(Date.parse(state.nextSyncAt));
}

function untilHandover({ state }: ConnectionLife): number | null {
  return state.handover && left(nextOfHandover(state.handover).dueAt);
}

/** When the last change cannot be undone any more. */
function untilUndoEnds({ state }: ConnectionLife): number | null {
  return state.former && left(Date.parse(state.former.until));
}

function untilDelayIsTold({ delays, state, input }: ConnectionLife): number | null {
  return delays.dueIn(state.health, input.waits);
}

function untilNextLook(life: ConnectionLife): number | null {
  return life.logins.untilDue(life, life.input.waits);
}

function untilVerification(life: ConnectionLife): number | null {
  return life.verifications.untilDue(life);
}

function left(dueAt: number): number {
  return Math.max(0, dueAt - Date.now());
}
