import { patched, setHandler } from '@temporalio/workflow';
import { afterLook } from '../domain/after-look.ts';
import type { DeletionVerdict } from '../domain/deletion-guard.ts';
import type { SyncScope } from '../domain/rounds.ts';
import type { FormerFate } from '../domain/connection.ts';
import { now, type ConnectionLife } from './connection-life.ts';
import { noteWish } from './connection-rounds.ts';
import { tellHandover } from './connection-handover.ts';
import {
  nobodyIsAsked,
  refuseIf,
  unlessConnected,
  unlessDisconnected,
  objectionToSnooze,
  objectionToHandover,
  objectionToUndo,
  objectionToChange,
} from './connection-objections.ts';
import * as contract from './contract.ts';
import { patches } from './patches.ts';
import { remember, tell } from './steps.ts';

type CompanyChoice = contract.Action & { companies: string[] | 'all' };
type Wish = contract.Action & { scope?: SyncScope };
type StandIn = contract.Action & { person: string | null };
type Snoozing = contract.Action & contract.Snooze;
type Decision = contract.Action & { question: number; verdict: DeletionVerdict };
type Planned = contract.Action & { to: string; at: string };
type Succession = contract.Action & { to: string; fate: FormerFate };

/**
 * What people may ask of a connection. Validators refuse in words for people and write no history; handlers note the
 * wish, or pass it on to the child that waits for it, and return. The work is in the connection's main loop.
 */
export function listen(life: ConnectionLife): void {
  const once =
    <A extends contract.Action>(act: (action: A) => void | Promise<unknown>) =>
    async (action: A): Promise<void> => {
      if (life.isNew(action.actionId, action.by)) await act(action);
    };
  /** A retry of what was done already is answered, not refused. */
  const validator = <A extends contract.Action>(objection: (action: A) => string | null) => ({
    validator: (action: A) => {
      if (!life.hasSeen(action.actionId)) refuseIf(objection(action));
    },
  });

  setHandler(contract.changeEnded, ({ change, result }) =>
    life.succession.ended(contract.workflowIds.change(life.state.id, change), result),
  );
  setHandler(contract.personLinked, ({ person }) => {
    if (person === life.state.standInId) life.verifications.wantStandIn();
  });
  setHandler(contract.loginBroke, ({ grantId, cause, begunAt }) => {
    const found = { grantId, stop: { kind: 'broken', cause } } as const;
    const changes = afterLook(life.state, found, begunAt, Date.now(), life.input.waits);
    if (Object.keys(changes).length > 0) life.change(changes);
  });
  setHandler(contract.connectionState, () => life.state);
  setHandler(contract.begun, () => {});

  setHandler(contract.signInReturned, async ({ signInId, purpose }) => {
    if (!life.isNew(`sign-in/${signInId}`)) return;
    if (!(await life.passOn(purpose, contract.signedIn, { signInId })))
      await remember('Say that this login is no longer needed').dismissSignIn({ signInId });
  });

  setHandler(
    contract.chooseCompanies,
    once(async ({ actionId, by, companies }: CompanyChoice) => {
      if (await life.passOn('set-up', contract.companiesChosen, { by, companies })) return;
      refuseIf(unlessConnected(life)); // the set-up ended without a login in this very moment
      const connectionId = life.state.id;
      const linked = await remember('Link the chosen companies').linkCompanies({
        connectionId,
        companies,
        by,
        actionId,
      });
      life.change({ companies: linked.companies, nextSyncAt: now() });
      life.logins.allDue();
    }),
    validator(() => (life.setUp.handle ? null : unlessConnected(life))),
  );

  setHandler(
    contract.unlinkCompanies,
    once(async ({ actionId, by, companies }: contract.Action & { companies: string[] }) => {
      const connectionId = life.state.id;
      const choice = { connectionId, companies, by, actionId };
      const left = await remember('Unlink the chosen companies').unlinkCompanies(choice);
      life.change({ companies: left.companies });
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
    once(async ({ actionId, to, by, at }: Planned) => {
      life.change({ handover: { to, by, at, heardUntil: now() } });
      await tellHandover(life, { to, by, at }, { kind: 'planned', actionId });
    }),
    validator(({ to, at }: Planned) => objectionToHandover(life, to, at)),
  );

  setHandler(
    contract.cancelHandover,
    once(async ({ actionId, by }) => {
      const { handover } = life.state;
      if (!handover) return;
      life.change({ handover: null });
      await tellHandover(life, handover, { kind: 'cancelled', actionId, by });
    }),
    validator(() => (life.state.handover === null ? 'No handover is planned.' : null)),
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
    once((deed) => life.passOn('reconnect', contract.acknowledged, deed)),
    validator(() => unlessDisconnected(life)),
  );

  setHandler(
    contract.snooze,
    once((deed: Snoozing) => life.passOn('reconnect', contract.snoozed, deed)),
    validator(({ until }: Snoozing) => unlessDisconnected(life) ?? objectionToSnooze(until)),
  );

  setHandler(
    contract.syncNow,
    once(({ by, scope }: Wish) => noteWish(life, by, scope)),
    validator(
      () =>
        unlessConnected(life) ??
        (life.state.pausedBy ? 'This connection is paused. Resume it first: /syncuser resume' : null),
    ),
  );

  setHandler(
    contract.decideDeletions,
    once(async ({ by, question, verdict }: Decision) => {
      const { id: connectionId } = life.state;
      const answer = { connectionId, question, verdict, by };
      const { counts } = await remember(`About deletions: ${verdict}`).settleDeletions(answer);
      life.talk.say(() => tell('Say how a question about deletions ended').tellDeletions({ connectionId }));
      refuseIf(counts ? null : 'This was answered already, or has settled by itself.');
    }),
    validator(() => null),
  );

  setHandler(
    contract.verify,
    once(({ by }) => life.verifications.want('asked', by)),
    validator(
      () =>
        unlessConnected(life) ??
        (life.verifications.times.wish?.by ? 'This connection is about to be verified already.' : null),
    ),
  );

  setHandler(
    contract.pause,
    once(({ by }) => life.change({ pausedBy: by })),
    validator(() => (life.state.pausedBy ? 'This connection is paused already.' : null)),
  );

  setHandler(
    contract.resume,
    once(() => life.change({ pausedBy: null, nextSyncAt: now() })),
    validator(() => (life.state.pausedBy ? null : 'This connection is not paused.')),
  );

  setHandler(
    contract.setStandIn,
    once(async ({ actionId, by, person }: StandIn) => {
      const { id: connectionId, standInId: before } = life.state;
      life.change({ standInId: person });
      life.verifications.wantStandIn();
      const told = { connectionId, actionId, by, person, before };
      life.talk.say(() => tell('Say who stands in').tellStandIn(told));
      // Before, it was kept when it was told: late, or not at all, while Slack was down.
      if (patched(patches.standInInHistory))
        await remember('Keep in the history who stands in').keepInHistory({
          id: `stand-in/${connectionId}/${actionId}`,
          connectionId,
          by,
          what: person === null ? 'stand-in-removed' : 'stand-in-chosen',
          data: { person, before },
        });
    }),
    validator(({ person }: StandIn) =>
      person === life.state.synchronisationUserId
        ? 'The synchronisation user cannot stand in for himself. Choose somebody else.'
        : null,
    ),
  );

  setHandler(
    contract.cancelInvitation,
    once(async ({ by }) => {
      const purpose = life.expects('set-up') ? 'set-up' : 'change';
      if (!(await life.passOn(purpose, contract.cancelled, { by }))) refuseIf(nobodyIsAsked);
    }),
    validator(() => (life.expects('set-up') || life.expects('change') ? null : nobodyIsAsked)),
  );
}
