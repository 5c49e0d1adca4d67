import { ApplicationFailure } from '@temporalio/workflow';
import type { ConnectionLife } from './connection-life.ts';
import { refusal } from '../contract.ts';

// Why something that people ask for is refused, in words for who asked; null where it is not. What depends on the time is
// told the moment (milliseconds since 1970): validators must not ask for it.

export const nobodyIsAsked = 'Nobody is being asked to connect at the moment.';

export const nothingToMend = 'This connection is not disconnected; there is nothing to mend.';

/** @throws ApplicationFailure, which the person who asked reads */
export function refuseIf(objection: string | null): void {
  if (objection !== null) throw ApplicationFailure.nonRetryable(objection, refusal);
}

export function unlessConnected(life: ConnectionLife): string | null {
  switch (life.state.link.state) {
    case 'connected':
      return null;
    case 'disconnected':
      return 'This connection is disconnected. Reconnect it first: /syncuser reconnect';
    case 'connecting':
    case 'abandoned':
      return 'Nobody has logged in for this connection yet.';
  }
}

export function unlessDisconnected(life: ConnectionLife): string | null {
  return life.state.link.state === 'disconnected' ? null : nothingToMend;
}

export function objectionToHandover(life: ConnectionLife, to: string): string | null {
  if (life.state.handover !== null)
    return 'A handover is planned already. Cancel it first: /syncuser handover';
  if (!life.state.login) return unlessConnected(life);
  return to === life.state.synchronisationUserId ? 'This person is the synchronisation user already.' : null;
}

export function objectionToUndo(life: ConnectionLife): string | null {
  if (life.expects('change')) return 'A change of synchronisation user is under way. Cancel it first.';
  return life.state.former === null || life.wishedUndo !== null
    ? 'There is no change of synchronisation user that can be undone.'
    : null;
}

export function objectionToChange(life: ConnectionLife, to: string): string | null {
  const { link, synchronisationUserId } = life.state;
  if (link.state === 'connecting')
    return 'Nobody has logged in for this connection yet. Wait for the first login, or cancel it.';
  if (link.state === 'abandoned') return unlessConnected(life);
  if (life.expects('change'))
    return 'A change of synchronisation user is under way already. Wait for it, or cancel it first.';
  if (life.wishedUndo !== null)
    return 'The last change of synchronisation user is just being undone. Try again in a moment.';
  if (to === synchronisationUserId && link.state === 'connected')
    return 'This person is the synchronisation user already.';
  return null;
}
