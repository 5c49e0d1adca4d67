import type { Objection } from '../../domain/objections.ts';
import { ApplicationFailure } from '@temporalio/workflow';
import type { ConnectionLife } from './connection-life.ts';
import { refusal } from '../contract.ts';

// Why something that people ask for is refused; null where it is not. What depends on the time is
// told the moment (milliseconds since 1970): validators must not ask for it.

/** @throws ApplicationFailure, of which the person who asked reads why */
export function refuseIf(objection: Objection | null): void {
  if (objection !== null) throw ApplicationFailure.nonRetryable(objection, refusal);
}

export function unlessConnected(life: ConnectionLife): Objection | null {
  switch (life.state.link.state) {
    case 'connected':
      return null;
    case 'disconnected':
      return 'disconnected';
    case 'connecting':
    case 'abandoned':
      return 'nobody-logged-in';
  }
}

export function unlessDisconnected(life: ConnectionLife): Objection | null {
  return life.state.link.state === 'disconnected' ? null : 'nothing-to-mend';
}

export function objectionToHandover(life: ConnectionLife, to: string): Objection | null {
  if (life.state.handover !== null) return 'handover-is-planned';
  if (!life.state.login) return unlessConnected(life);
  return to === life.state.synchronisationUserId ? 'is-synchronisation-user' : null;
}

export function objectionToUndo(life: ConnectionLife): Objection | null {
  if (life.expects('change')) return 'change-is-under-way';
  return life.state.former === null || life.wishedUndo !== null ? 'nothing-to-undo' : null;
}

export function objectionToChange(life: ConnectionLife, to: string): Objection | null {
  const { link, synchronisationUserId } = life.state;
  if (link.state === 'connecting') return 'first-login-is-awaited';
  if (link.state === 'abandoned') return unlessConnected(life);
  if (life.expects('change')) return 'change-is-under-way';
  if (life.wishedUndo !== null) return 'undo-is-under-way';
  if (to === synchronisationUserId && link.state === 'connected') return 'is-synchronisation-user';
  return null;
}
