import type { Objection } from '../../domain/objections.ts';
import { ApplicationFailure, condition, type SignalDefinition, type Workflow } from '@temporalio/workflow';
import type { AwaitedPurpose } from '../../domain/logins/sign-in.ts';
import type { ConnectionEntity } from './connection-entity.ts';
import { refusal, type Action } from '../contract.ts';
import type { ChildSlot } from '../child-slot.ts';
import { forward } from '../forward.ts';

/** Whether a child takes what was passed on to it: undefined until it says so, null when it does. */
interface Question {
  objection: Objection | null | undefined;
}

/** What the connection passes on to the child that waits for a human, and what that says to it. */
export class Questions {
  private readonly entity: ConnectionEntity;
  /** What was passed on to a child that has not answered yet, by the ids of the actions. */
  private readonly open = new Map<string, Question>();

  constructor(entity: ConnectionEntity) {
    this.entity = entity;
  }

  /** Tells the child that waits for a human, also one that is only being started. False when it is settled already. */
  async forward<Payload>(
    purpose: AwaitedPurpose,
    signal: SignalDefinition<[Payload]>,
    payload: Payload,
  ): Promise<boolean> {
    const { entity } = this;
    const slot: ChildSlot<Workflow, unknown> = {
      'set-up': entity.setUp,
      reconnect: entity.reconnect,
      change: entity.succession,
    }[purpose];
    for (;;) {
      const isSettled = () => slot.handle !== null || !entity.expects(purpose);
      while (!isSettled()) await condition(isSettled, '1 minute', { summary: 'until somebody waits for it' });
      const child = slot.handle;
      if (child === null) return false;
      if (await forward(child, signal, payload)) return true;
      slot.lost(child);
      const isOver = () => slot.handle !== child; // it ended in this very moment; another may take its place
      await condition(isOver, '1 minute', { summary: 'until its end is known' });
    }
  }

  /**
   * Passes on what a person did, and hears whether the child takes it: delivered is not done, since it may have decided.
   * False when nobody waits for it any more.
   *
   * @throws ApplicationFailure with what the child objects
   */
  async ask<Act extends Action>(
    purpose: AwaitedPurpose,
    signal: SignalDefinition<[Act]>,
    act: Act,
  ): Promise<boolean> {
    const { entity } = this;
    const { actionId } = act;
    const question: Question = { objection: undefined };
    this.open.set(actionId, question);
    const isTaken = await this.forward(purpose, signal, act);
    const isOver = () => question.objection !== undefined || !entity.expects(purpose);
    // Nobody waits longer for an answer (gateway/temporal-gateway.ts): what was delivered and not refused by then is taken.
    if (isTaken) await condition(isOver, '5 seconds', { summary: 'until it is known whether this is taken' });
    this.open.delete(actionId);
    const { objection } = question;
    if (objection) throw ApplicationFailure.nonRetryable(objection, refusal);
    return isTaken && (objection === null || entity.expects(purpose));
  }

  /** What a child says to what was passed on to it. */
  answered(actionId: string, objection: Objection | null): void {
    const question = this.open.get(actionId);
    if (question) question.objection = objection;
  }
}
