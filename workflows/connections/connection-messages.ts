import type { Objection } from '../../domain/objections.ts';
import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import { afterLoginCheck } from '../../domain/sync/after-login-check.ts';
import { maySync } from '../../domain/connection.ts';
import type { DeletionVerdict } from '../../domain/sync/deletion-guard.ts';
import { objectionToDay } from '../../domain/succession/handover.ts';
import { standInSet } from '../../domain/connections/history-kinds.ts';
import { objectionToSnooze, type Snooze } from '../../domain/incidents/snooze.ts';
import type { SyncScope } from '../../domain/sync/rounds.ts';
import type { AwaitedPurpose } from '../../domain/logins/sign-in.ts';
import type { FormerFate } from '../../domain/connection.ts';
import { now, nowMs } from '../clock.ts';
import type { ConnectionEntity } from './connection-entity.ts';
import { everythingIsDue, noteRequest, objectionToRequest } from './connection-rounds.ts';
import { tellHandover } from './connection-handover.ts';
import {
  refuseIf,
  unlessConnected,
  unlessDisconnected,
  objectionToHandover,
  objectionToUndo,
  objectionToChange,
} from './connection-objections.ts';
import * as contract from '../contract.ts';
import { tell } from '../steps.ts';
import type { PersonId, SignInId } from '../../domain/ids.ts';

type SignedIn = { signInId: SignInId; purpose: AwaitedPurpose };
type CompanyChoice = contract.Action & { companies: string[] | 'all' };
type SyncAsked = contract.Action & { scope?: SyncScope };
type StandIn = contract.Action & { person: PersonId | null };
type Snoozing = contract.Action & Snooze;
type Decision = contract.Action & { question: number; verdict: DeletionVerdict };
type Planned = contract.Action & { to: string; at: string };
type Succession = contract.Action & { to: string; fate: FormerFate };

/**
 * What people may ask of a connection. Validators refuse, write no history, ask no clock and change
 * nothing; handlers note what is asked, or pass it on to the child that waits for it, and return, or wait for the answer. The work
 * is in the connection's main loop.
 */
export function listen(entity: ConnectionEntity): void {
  /** What is being answered, by the ids of the actions: whoever clicks twice meanwhile gets the same answer. */
  const answering = new Map<string, Promise<void>>();
  const once =
    <A extends contract.Action>(act: (action: A) => void | PromiseLike<unknown>) =>
    async (action: A): Promise<void> => {
      const { actionId, by } = action;
      entity.heard += 1;
      refuseIf(entity.whyRefused(actionId));
      if (!entity.isNew(actionId, by)) return answering.get(actionId);
      const answer = answerTo(actionId, async () => act(action));
      answering.set(actionId, answer);
      await answer.finally(() => answering.delete(actionId));
    };
  const answerTo = async (actionId: string, act: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      const isRefusal = error instanceof ApplicationFailure && error.type === contract.refusal;
      if (isRefusal) entity.refused(actionId, error.message as Objection);
      else entity.forget(actionId); // it may come again
      throw error;
    }
  };
  /** Whatever is begun now would keep the fresh history from beginning, or end with this one. */
  const unlessRenewing = () => {
    if (entity.isRenewing) throw ApplicationFailure.nonRetryable('In a moment.', contract.tryAgain);
  };
  /** A retry of what was done already is answered, not refused; of what was refused later, it is refused the same way. */
  const validator = <A extends contract.Action>(objection: (action: A) => Objection | null) => ({
    validator: (action: A) => {
      if (entity.hasSeen(action.actionId)) return;
      unlessRenewing();
      refuseIf(objection(action));
    },
  });

  setHandler(contract.childEnded, ({ workflowId, result }) => {
    entity.heard += 1;
    for (const slot of entity.slots) slot.ended({ workflowId }, result);
  });
  setHandler(contract.personLinked, ({ person }) => {
    entity.heard += 1;
    if (person === entity.state.standInId) entity.verifications.wantStandIn();
  });
  setHandler(contract.packageCalled, ({ actionId, by, scope, at }) => {
    entity.heard += 1;
    // A call that comes too early or too late is let go of: the next round brings in what it is about.
    if (maySync(entity.state) && entity.isNew(actionId, by)) noteRequest(entity, by, at, scope);
  });
  setHandler(contract.loginBroke, ({ grantId, cause, begunAt, at }) => {
    entity.heard += 1;
    const found = { grantId, stop: { kind: 'broken', cause } } as const;
    const changes = afterLoginCheck(entity.state, found, begunAt, Date.parse(at), entity.input.waits);
    if (Object.keys(changes).length > 0) entity.change(changes);
  });
  setHandler(contract.answered, ({ actionId, objection }) => entity.questions.answered(actionId, objection));
  setHandler(contract.connectionState, () => entity.state);
  setHandler(contract.begun, () => void (entity.heard += 1));

  setHandler(
    contract.signInReturned,
    async ({ signInId, purpose }: SignedIn) => {
      entity.heard += 1;
      if (!entity.isNew(`sign-in/${signInId}`)) return;
      if (!(await entity.questions.forward(purpose, contract.signedIn, { signInId, at: now() })))
        void entity.noted.note({ what: 'dismiss-sign-in', signInId });
    },
    { validator: (_: SignedIn) => unlessRenewing() },
  );

  setHandler(
    contract.chooseCompanies,
    once(async ({ actionId, by, companies }: CompanyChoice) => {
      const choice = { actionId, by, companies, at: now() };
      if (await entity.questions.ask('set-up', contract.companiesChosen, choice)) return;
      refuseIf(unlessConnected(entity)); // the set-up ended without a login in this very moment
      await entity.noted.note({ what: 'link-companies', actionId, by, companies });
    }),
    validator(() => (entity.setUp.handle ? null : unlessConnected(entity))),
  );

  setHandler(
    contract.unlinkCompanies,
    once(async (choice: contract.Action & { companies: string[] }) => {
      await entity.noted.note({ what: 'unlink-companies', ...choice });
    }),
    validator(() => (entity.state.login ? null : unlessConnected(entity))),
  );

  setHandler(
    contract.changeSynchronisationUser,
    once(({ to, by, fate }: Succession) => {
      entity.requestedChange = { to, by, fate, isUnattended: false };
    }),
    validator(({ to }: Succession) => objectionToChange(entity, to)),
  );

  setHandler(
    contract.planHandover,
    once(({ actionId, to, by, at }: Planned) => {
      refuseIf(objectionToDay(at, nowMs()));
      const planned = { from: entity.state.synchronisationUserId, to, by, at, heardUntil: now() };
      entity.change({ handover: planned });
      tellHandover(entity, planned, { kind: 'planned', actionId });
    }),
    validator(({ to }: Planned) => objectionToHandover(entity, to)),
  );

  setHandler(
    contract.cancelHandover,
    once(({ actionId, by }) => {
      const { handover } = entity.state;
      if (!handover) return;
      entity.change({ handover: null });
      tellHandover(entity, handover, { kind: 'cancelled', actionId, by });
    }),
    validator(() => (entity.state.handover === null ? 'no-handover' : null)),
  );

  setHandler(
    contract.undoChange,
    once(({ by }) => {
      entity.requestedUndo = by;
    }),
    validator(() => objectionToUndo(entity)),
  );

  setHandler(
    contract.acknowledge,
    once(async (act) => {
      const taken = { ...act, at: now() };
      if (!(await entity.questions.ask('reconnect', contract.acknowledged, taken)))
        refuseIf('nothing-to-mend');
    }),
    validator(() => unlessDisconnected(entity)),
  );

  setHandler(
    contract.snooze,
    once(async (act: Snoozing) => {
      refuseIf(objectionToSnooze(Date.parse(act.until), nowMs()));
      const taken = { ...act, at: now() };
      if (!(await entity.questions.ask('reconnect', contract.snoozed, taken))) refuseIf('nothing-to-mend');
    }),
    validator(() => unlessDisconnected(entity)),
  );

  setHandler(
    contract.syncNow,
    once(({ by, scope }: SyncAsked) => noteRequest(entity, by, now(), scope)),
    validator(
      ({ by, scope }: SyncAsked) =>
        unlessConnected(entity) ??
        (entity.state.pausedBy ? 'paused' : null) ??
        objectionToRequest(entity, by, scope),
    ),
  );

  setHandler(
    contract.decideDeletions,
    once(async (decision: Decision) => {
      await entity.noted.note({ what: 'settle-deletions', ...decision });
    }),
    validator(() => (entity.state.login ? null : unlessConnected(entity))),
  );

  setHandler(
    contract.verify,
    once(({ by }) => entity.verifications.want('asked', by)),
    validator(
      () =>
        unlessConnected(entity) ?? (entity.verifications.times.request?.by ? 'verification-is-wanted' : null),
    ),
  );

  setHandler(
    contract.pause,
    once(({ actionId, by }) => {
      entity.change({ pausedBy: by });
      entity.happens(`paused/${entity.state.id}/${actionId}`, by, { what: 'paused', data: {} });
    }),
    validator(() => (entity.state.pausedBy ? 'paused-already' : null)),
  );

  setHandler(
    contract.resume,
    once(({ actionId, by }) => {
      entity.change({ pausedBy: null });
      entity.happens(`resumed/${entity.state.id}/${actionId}`, by, { what: 'resumed', data: {} });
      everythingIsDue(entity, now());
    }),
    validator(() => (entity.state.pausedBy ? null : 'not-paused')),
  );

  setHandler(
    contract.setStandIn,
    once(({ actionId, by, person }: StandIn) => {
      const { id: connectionId, standInId: before } = entity.state;
      entity.change({ standInId: person });
      entity.verifications.wantStandIn();
      const told = { connectionId, actionId, by, person };
      entity.outbox.say(() => tell('Say who stands in').tellStandIn(told));
      entity.happens(`stand-in/${connectionId}/${actionId}`, by, standInSet(person, before));
    }),
    validator(({ person }: StandIn) =>
      person === entity.state.synchronisationUserId ? 'stands-in-for-themselves' : null,
    ),
  );

  setHandler(
    contract.cancelInvitation,
    once(async ({ actionId, by }) => {
      const purpose = entity.expects('set-up') ? 'set-up' : 'change';
      if (!(await entity.questions.ask(purpose, contract.cancelled, { actionId, by })))
        refuseIf('nobody-is-asked');
    }),
    validator(() => (entity.expects('set-up') || entity.expects('change') ? null : 'nobody-is-asked')),
  );
}
