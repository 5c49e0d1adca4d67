import type { Objection } from '../../domain/objections.ts';
import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import { afterLook } from '../../domain/sync/after-look.ts';
import { maySync } from '../../domain/connection.ts';
import type { DeletionVerdict } from '../../domain/sync/deletion-guard.ts';
import { objectionToDay } from '../../domain/succession/handover.ts';
import { standInSet } from '../../domain/connections/history-kinds.ts';
import { objectionToSnooze, type Snooze } from '../../domain/incidents/snooze.ts';
import type { SyncScope } from '../../domain/sync/rounds.ts';
import type { AwaitedPurpose } from '../../domain/logins/sign-in.ts';
import type { FormerFate } from '../../domain/connection.ts';
import { now, nowMs } from '../clock.ts';
import type { ConnectionLife } from './connection-life.ts';
import { everythingIsDue, noteWish, objectionToWish } from './connection-rounds.ts';
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

type SignedIn = { signInId: string; purpose: AwaitedPurpose };
type CompanyChoice = contract.Action & { companies: string[] | 'all' };
type Wish = contract.Action & { scope?: SyncScope };
type StandIn = contract.Action & { person: string | null };
type Snoozing = contract.Action & Snooze;
type Decision = contract.Action & { question: number; verdict: DeletionVerdict };
type Planned = contract.Action & { to: string; at: string };
type Succession = contract.Action & { to: string; fate: FormerFate };

/**
 * What people may ask of a connection. Validators refuse, write no history, ask no clock and change
 * nothing; handlers note the wish, or pass it on to the child that waits for it, and return, or wait for the answer. The work
 * is in the connection's main loop.
 */
export function listen(life: ConnectionLife): void {
  /** What is being answered, by the ids of the actions: whoever clicks twice meanwhile gets the same answer. */
  const answering = new Map<string, Promise<void>>();
  const once =
    <A extends contract.Action>(act: (action: A) => void | PromiseLike<unknown>) =>
    async (action: A): Promise<void> => {
      const { actionId, by } = action;
      life.heard += 1;
      refuseIf(life.whyRefused(actionId));
      if (!life.isNew(actionId, by)) return answering.get(actionId);
      const answer = answerTo(actionId, async () => act(action));
      answering.set(actionId, answer);
      await answer.finally(() => answering.delete(actionId));
    };
  const answerTo = async (actionId: string, act: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      const isRefusal = error instanceof ApplicationFailure && error.type === contract.refusal;
      if (isRefusal) life.refused(actionId, error.message as Objection);
      else life.forget(actionId); // it may come again
      throw error;
    }
  };
  /** Whatever is begun now would keep the fresh history from beginning, or end with this one. */
  const unlessRenewing = () => {
    if (life.isRenewing) throw ApplicationFailure.nonRetryable('In a moment.', contract.tryAgain);
  };
  /** A retry of what was done already is answered, not refused; of what was refused later, it is refused the same way. */
  const validator = <A extends contract.Action>(objection: (action: A) => Objection | null) => ({
    validator: (action: A) => {
      if (life.hasSeen(action.actionId)) return;
      unlessRenewing();
      refuseIf(objection(action));
    },
  });

  setHandler(contract.childEnded, ({ workflowId, result }) => {
    life.heard += 1;
    for (const errand of life.errands) errand.ended({ workflowId }, result);
  });
  setHandler(contract.personLinked, ({ person }) => {
    life.heard += 1;
    if (person === life.state.standInId) life.verifications.wantStandIn();
  });
  setHandler(contract.packageCalled, ({ actionId, by, scope, at }) => {
    life.heard += 1;
    // A call that comes too early or too late is let go of: the next round brings in what it is about.
    if (maySync(life.state) && life.isNew(actionId, by)) noteWish(life, by, at, scope);
  });
  setHandler(contract.loginBroke, ({ grantId, cause, begunAt, at }) => {
    life.heard += 1;
    const found = { grantId, stop: { kind: 'broken', cause } } as const;
    const changes = afterLook(life.state, found, begunAt, Date.parse(at), life.input.waits);
    if (Object.keys(changes).length > 0) life.change(changes);
  });
  setHandler(contract.answered, ({ actionId, objection }) => life.questions.answered(actionId, objection));
  setHandler(contract.connectionState, () => life.state);
  setHandler(contract.begun, () => void (life.heard += 1));

  setHandler(
    contract.signInReturned,
    async ({ signInId, purpose }: SignedIn) => {
      life.heard += 1;
      if (!life.isNew(`sign-in/${signInId}`)) return;
      if (!(await life.questions.passOn(purpose, contract.signedIn, { signInId, at: now() })))
        void life.noted.note({ what: 'dismiss-sign-in', signInId });
    },
    { validator: (_: SignedIn) => unlessRenewing() },
  );

  setHandler(
    contract.chooseCompanies,
    once(async ({ actionId, by, companies }: CompanyChoice) => {
      const choice = { actionId, by, companies, at: now() };
      if (await life.questions.ask('set-up', contract.companiesChosen, choice)) return;
      refuseIf(unlessConnected(life)); // the set-up ended without a login in this very moment
      await life.noted.note({ what: 'link-companies', actionId, by, companies });
    }),
    validator(() => (life.setUp.handle ? null : unlessConnected(life))),
  );

  setHandler(
    contract.unlinkCompanies,
    once(async (choice: contract.Action & { companies: string[] }) => {
      await life.noted.note({ what: 'unlink-companies', ...choice });
    }),
    validator(() => (life.state.login ? null : unlessConnected(life))),
  );

  setHandler(
    contract.changeSynchronisationUser,
    once(({ to, by, fate }: Succession) => {
      life.wishedChange = { to, by, fate, isUnattended: false };
    }),
    validator(({ to }: Succession) => objectionToChange(life, to)),
  );

  setHandler(
    contract.planHandover,
    once(({ actionId, to, by, at }: Planned) => {
      refuseIf(objectionToDay(at, nowMs()));
      const planned = { from: life.state.synchronisationUserId, to, by, at, heardUntil: now() };
      life.change({ handover: planned });
      tellHandover(life, planned, { kind: 'planned', actionId });
    }),
    validator(({ to }: Planned) => objectionToHandover(life, to)),
  );

  setHandler(
    contract.cancelHandover,
    once(({ actionId, by }) => {
      const { handover } = life.state;
      if (!handover) return;
      life.change({ handover: null });
      tellHandover(life, handover, { kind: 'cancelled', actionId, by });
    }),
    validator(() => (life.state.handover === null ? 'no-handover' : null)),
  );

  setHandler(
    contract.undoChange,
    once(({ by }) => {
      life.wishedUndo = by;
    }),
    validator(() => objectionToUndo(life)),
  );

  setHandler(
    contract.acknowledge,
    once(async (deed) => {
      const taken = { ...deed, at: now() };
      if (!(await life.questions.ask('reconnect', contract.acknowledged, taken))) refuseIf('nothing-to-mend');
    }),
    validator(() => unlessDisconnected(life)),
  );

  setHandler(
    contract.snooze,
    once(async (deed: Snoozing) => {
      refuseIf(objectionToSnooze(Date.parse(deed.until), nowMs()));
      const taken = { ...deed, at: now() };
      if (!(await life.questions.ask('reconnect', contract.snoozed, taken))) refuseIf('nothing-to-mend');
    }),
    validator(() => unlessDisconnected(life)),
  );

  setHandler(
    contract.syncNow,
    once(({ by, scope }: Wish) => noteWish(life, by, now(), scope)),
    validator(
      ({ by, scope }: Wish) =>
        unlessConnected(life) ?? (life.state.pausedBy ? 'paused' : null) ?? objectionToWish(life, by, scope),
    ),
  );

  setHandler(
    contract.decideDeletions,
    once(async (decision: Decision) => {
      await life.noted.note({ what: 'settle-deletions', ...decision });
    }),
    validator(() => (life.state.login ? null : unlessConnected(life))),
  );

  setHandler(
    contract.verify,
    once(({ by }) => life.verifications.want('asked', by)),
    validator(
      () => unlessConnected(life) ?? (life.verifications.times.wish?.by ? 'verification-is-wanted' : null),
    ),
  );

  setHandler(
    contract.pause,
    once(({ actionId, by }) => {
      life.change({ pausedBy: by });
      life.happens(`paused/${life.state.id}/${actionId}`, by, { what: 'paused', data: {} });
    }),
    validator(() => (life.state.pausedBy ? 'paused-already' : null)),
  );

  setHandler(
    contract.resume,
    once(({ actionId, by }) => {
      life.change({ pausedBy: null });
      life.happens(`resumed/${life.state.id}/${actionId}`, by, { what: 'resumed', data: {} });
      everythingIsDue(life, now());
    }),
    validator(() => (life.state.pausedBy ? null : 'not-paused')),
  );

  setHandler(
    contract.setStandIn,
    once(({ actionId, by, person }: StandIn) => {
      const { id: connectionId, standInId: before } = life.state;
      life.change({ standInId: person });
      life.verifications.wantStandIn();
      const told = { connectionId, actionId, by, person };
      life.talk.say(() => tell('Say who stands in').tellStandIn(told));
      life.happens(`stand-in/${connectionId}/${actionId}`, by, standInSet(person, before));
    }),
    validator(({ person }: StandIn) =>
      person === life.state.synchronisationUserId ? 'stands-in-for-themselves' : null,
    ),
  );

  setHandler(
    contract.cancelInvitation,
    once(async ({ actionId, by }) => {
      const purpose = life.expects('set-up') ? 'set-up' : 'change';
      if (!(await life.questions.ask(purpose, contract.cancelled, { actionId, by })))
        refuseIf('nobody-is-asked');
    }),
    validator(() => (life.expects('set-up') || life.expects('change') ? null : 'nobody-is-asked')),
  );
}
