import type { Objection } from '../../domain/objections.ts';
import { ApplicationFailure } from '@temporalio/workflow';
import type { ConnectionEntity } from './connection-entity.ts';
import { refusal } from '../contract.ts';

// Why something that people ask for is refused; null where it is not. What depends on the time is
// told the moment (milliseconds since 1970): validators must not ask for it.

/** @throws ApplicationFailure, of which the person who asked reads why */
export function refuseIf(objection: Objection | null): void {
  if (objection !== null) throw ApplicationFailure.nonRetryable(objection, refusal);
}

export function unlessConnected(entity: ConnectionEntity): Objection | null {
  switch (entity.state.link.state) {
    case 'connected':
      return null;
    case 'disconnected':
      return 'disconnected';
    case 'connecting':
    case 'abandoned':
      return 'nobody-logged-in';
  }
}

export function unlessDisconnected(entity: ConnectionEntity): Objection | null {
  return entity.state.link.state === 'disconnected' ? null : 'nothing-to-mend';
}

export function objectionToHandover(entity: ConnectionEntity, to: string): Objection | null {
  if (entity.state.handover !== null) return 'handover-is-planned';
  if (!entity.state.login) return unlessConnected(entity);
  return to === entity.state.synchronisationUserId ? 'is-synchronisation-user' : null;
}

export function objectionToUndo(entity: ConnectionEntity): Objection | null {
  if (entity.expects('change')) return 'change-is-under-way';
  return entity.state.former === null || entity.requestedUndo !== null ? 'nothing-to-undo' : null;
}

export function objectionToChange(entity: ConnectionEntity, to: string): Objection | null {
  const { link, synchronisationUserId } = entity.state;
  if (link.state === 'connecting') return 'first-login-is-awaited';
  if (link.state === 'abandoned') return unlessConnected(entity);
  if (entity.expects('change')) return 'change-is-under-way';
  if (entity.requestedUndo !== null) return 'undo-is-under-way';
  if (to === synchronisationUserId && link.state === 'connected') return 'is-synchronisation-user';
  return null;
}
