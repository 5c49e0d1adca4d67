import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { LinkCause } from '../domain/causes.ts';
import type { Former, Login } from '../domain/connection.ts';
import { changeSynchronisationUser } from './change-synchronisation-user.ts';
import { now, type ConnectionLife } from './connection-life.ts';
import { mendedElsewhere, workflowIds, type ChangeEnd } from './contract.ts';
import { passOn } from './pass-on.ts';
import { remember, tell } from './steps.ts';

/**
 * Somebody else is to become the synchronisation user: ask him to log in, beside everything else. Nobody may answer for
 * days, so the child goes on when the connection begins a fresh history, and reports by signal.
 */
export async function beginChange(life: ConnectionLife): Promise<void> {
  const { wishedChange: wish } = life;
  const { id: connectionId, name, login, link, synchronisationUserId: from } = life.state;
  if (!wish || !login) throw new Error('Only a login that is used can be changed');
  const change = life.state.changes + 1;
  life.change({ changes: change, changingTo: wish.to });
  life.wishedChange = null;
  await life.publish();
  await remember('Keep in the history who asked for the change').keepInHistory({
    id: `change-asked/${connectionId}/${change}`,
    connectionId,
    by: wish.by,
    what: wish.isUnattended ? 'handover-begun' : 'change-asked',
    data: { from, to: wish.to },
  });
  const { waits } = life.input;
  await life.succession.begin(() =>
    startChild(changeSynchronisationUser, {
      workflowId: workflowIds.change(connectionId, change),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      typedSearchAttributes: life.foundBy(),
      staticSummary: `${name}: change the synchronisation user to ${wish.to}`,
      args: [
        {
          connectionId,
          change,
          person: wish.to,
          from,
          askedBy: wish.by,
          fate: wish.fate,
          isUnattended: wish.isUnattended,
          current: login,
          isCurrentWell: link.state === 'connected',
          waits,
        },
      ],
    }),
  );
}

/** The one moment of a change: from here on every round uses the successor's login. */
export async function endChange(life: ConnectionLife): Promise<void> {
  const result = life.succession.take();
  const { changingTo: candidate } = life.state;
  life.change({ changingTo: null });
  if (result?.kind === 'unchanged') await keepThatNothingChanged(life, candidate, result.because);
  if (result?.kind !== 'changed') return;
  await endFormer(life, result); // of the change before, which this one ends for good
  const { state, input } = life;
  const { id: connectionId, changes: change, synchronisationUserId: from, companies, login: before } = state;
  const { login, person: to, fate, askedBy, weighed, approval } = result;
  const isSomebodyElse = before !== null && from !== to;
  const brokenBy = state.link.state === 'disconnected' ? state.link.cause : null;
  const until = new Date(Date.now() + input.waits.undoChange).toISOString();
  life.connected(login, to);
  const standIn = state.standInId === to ? null : state.standInId;
  const former = { change, person: from, fate, standIn, standInBefore: state.standInId };
  life.change({
    standInId: standIn,
    former: isSomebodyElse && brokenBy === null ? { ...former, login: before, until } : null,
  });
  await life.publish();
  await passOn(life.reconnect.handle, mendedElsewhere, { by: to });
  const people = { from, to, askedBy, formerLogin: before, login };
  life.talk.say(() =>
    tell('Say who the synchronisation user is now').tellChanged({
      connectionId,
      change,
      companies,
      ...people,
      weighed,
      approval,
    }),
  );
  // A login that was broken cannot be gone back to, so what was decided becomes of it at once.
  if (isSomebodyElse && brokenBy !== null) await settleFormer(life, former, brokenBy);
}

async function keepThatNothingChanged(
  { state: { id: connectionId, changes } }: ConnectionLife,
  to: string | null,
  { kind, by }: ChangeEnd,
): Promise<void> {
  await remember('Keep in the history that nothing changed').keepInHistory({
    id: `change-ended/${connectionId}/${changes}`,
    connectionId,
    by,
    what: `change-${kind}`,
    data: { to },
  });
}

/** Whoever comes back, by a change instead of an undo, keeps the login that was kept for him. */
async function endFormer(life: ConnectionLife, to: { person: string; login: Login }): Promise<void> {
  const { former } = life.state;
  const comesBack = former?.person === to.person || former?.login.grantId === to.login.grantId;
  if (comesBack) life.change({ former: null });
  else await forgetFormer(life);
}

/** Back to who it was, in one moment; the next round proves his login. */
export async function undoChange(life: ConnectionLife): Promise<void> {
  const { former, id: connectionId, synchronisationUserId: from } = life.state;
  const by = life.wishedUndo;
  life.wishedUndo = null;
  if (!former || by === null) return;
  const { change, person: to, login, standIn, standInBefore } = former;
  // Whoever was chosen since the change stays; whoever took over from standing in does that again.
  const { standInId } = life.state;
  const standsIn = standInId === standIn ? standInBefore : standInId;
  life.connected(login, to);
  life.change({ former: null, standInId: standsIn === to ? null : standsIn });
  await life.publish();
  await passOn(life.reconnect.handle, mendedElsewhere, { by: to });
  life.talk.say(() =>
    tell('Say that the change is undone').tellUndone({ connectionId, change, by, from, to }),
  );
}

/** The change cannot be undone any more: what was decided becomes of the former login. */
export async function forgetFormer(life: ConnectionLife): Promise<void> {
  const { former } = life.state;
  if (!former) return;
  life.change({ former: null });
  await life.publish();
  await settleFormer(life, former, null);
}

async function settleFormer(
  life: ConnectionLife,
  { change, person, fate, standIn }: Pick<Former, 'change' | 'person' | 'fate' | 'standIn'>,
  brokenBy: LinkCause | null,
): Promise<void> {
  const { id: connectionId } = life.state;
  // Somebody who was chosen to stand in since then keeps that place.
  const isTaken = () => ![null, standIn, person].includes(life.state.standInId);
  const { standsIn } = await remember('Do with the former login as was decided').settleFormerLogin({
    connectionId,
    change,
    person,
    fate,
    brokenBy,
    placeTakenBy: isTaken() ? life.state.standInId : null,
    at: now(),
  });
  const { standInId, synchronisationUserId } = life.state;
  if (standsIn && !isTaken() && person !== standInId && person !== synchronisationUserId) {
    life.change({ standInId: person });
    life.verifications.wantStandIn();
  }
  life.talk.say(() =>
    tell('Say what became of the former login').tellFormerSettled({ connectionId, change }),
  );
}
