import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import type { LinkCause } from '../../domain/causes.ts';
import type { Former, FormerFate, Login } from '../../domain/connection.ts';
import {
  changeEnded,
  switchedTo,
  synchronisationUserChanged,
  type AskedChange,
} from '../../domain/succession/change-facts.ts';
import type { Moment } from '../../domain/master-data.ts';
import { changeSynchronisationUser } from '../succession/change-synchronisation-user.ts';
import { now } from '../clock.ts';
import { overtakenHandover, tellOvertaken } from './connection-handover.ts';
import { endWaiting, letGoOfWaiting } from './connection-incident.ts';
import type { ConnectionLife } from './connection-life.ts';
import { workflowIds, type ChangeEnd } from '../contract.ts';
import { remember, tell } from '../steps.ts';

/**
 * Somebody else is to become the synchronisation user: ask them to log in, beside everything else. Nobody may answer
 * for days, so the child goes on when the connection begins a fresh history, and reports by signal.
 */
export async function beginChange(life: ConnectionLife): Promise<void> {
  const { wishedChange: wish } = life;
  const { id: connectionId, name, login, synchronisationUserId: from } = life.state;
  if (!wish || !login) throw new Error('Only a login that is used can be changed');
  const change = life.state.changes + 1;
  life.change({ changes: change, changingTo: wish.to });
  life.wishedChange = null;
  const { to, by: askedBy, isUnattended } = wish;
  const asked: AskedChange = { from, to, askedBy, askedAt: now(), isUnattended };
  life.keepOfChange({ number: change, fact: 'asked', asked });
  life.happens(`change-asked/${connectionId}/${change}`, askedBy, {
    what: isUnattended ? 'handover-begun' : 'change-asked',
    data: { from, to },
  });
  await life.publish();
  const { waits } = life.input;
  const start = () =>
    startChild(changeSynchronisationUser, {
      workflowId: workflowIds.change(connectionId, change),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      typedSearchAttributes: life.foundBy(),
      staticSummary: `${name}: change the synchronisation user to ${to}`,
      args: [
        {
          connectionId,
          change,
          person: to,
          from,
          askedBy,
          fate: wish.fate,
          isUnattended,
          current: login,
          waits,
        },
      ],
    });
  await life.succession.begin(start, asked);
}

/** The one moment of a change: from here on every round uses the successor's login. */
export async function endChange(life: ConnectionLife): Promise<void> {
  const { about: asked } = life.succession;
  const result = life.succession.take();
  life.change({ changingTo: null });
  if (result === null) tellLost(life, asked);
  if (result?.kind === 'unchanged') keepThatNothingChanged(life, asked, result.because);
  if (result?.kind !== 'changed') return;
  await endFormer(life, result); // of the change before, which this one ends for good
  const { state, input } = life;
  const { id: connectionId, changes: change, synchronisationUserId: from, companies, login: before } = state;
  const { login, person: to, fate, askedBy, weighed, approval, hadLinkedIt } = result;
  const isSomebodyElse = before !== null && from !== to;
  const broken = state.link.state === 'disconnected' ? state.link : null;
  const waiting = letGoOfWaiting(life);
  life.connected(login, to);
  const standIn = state.standInId === to ? null : state.standInId;
  const changedAt = life.state.link.since;
  const until = new Date(Date.parse(changedAt) + input.waits.undoChange).toISOString();
  const former = isSomebodyElse
    ? { change, person: from, login: before, changedAt, until, fate, standIn, standInBefore: state.standInId }
    : null;
  life.change({ standInId: standIn, former: broken === null ? former : null });
  tellOvertaken(life, overtakenHandover(life));
  const logins = { formerLogin: before, login, weighed, approval };
  const made = switchedTo({ ...logins, hadLinkedIt });
  if (asked) life.keepOfChange({ number: change, fact: 'made', asked, at: changedAt, made });
  const changed = synchronisationUserChanged({ from, to, askedBy }, made);
  life.happens(`change/${connectionId}/${change}`, to, changed);
  await life.publish();
  await endWaiting(life, waiting, to);
  life.talk.say(() =>
    tell('Say who the synchronisation user is now').tellChanged({
      connectionId,
      change,
      companies,
      from,
      to,
      ...logins,
    }),
  );
  // A login that was broken cannot be gone back to, so what was decided becomes of it at once.
  if (former !== null && broken !== null) await settleFormer(life, former, broken);
}

/** The change ended without a word, which nobody else says then. */
function tellLost(life: ConnectionLife, asked: AskedChange | null): void {
  const { id: connectionId, changes: change, login: current } = life.state;
  keepThatNothingChanged(life, asked, { kind: 'lost', by: null });
  if (current === null || !asked) return;
  const { from, to: person, askedBy } = asked;
  const told = { connectionId, change, person, from, current, askedBy };
  life.talk.say(() =>
    tell(`Tell ${askedBy} that nothing came of it`).tellChangeResult({
      ...told,
      result: { kind: 'lost' },
    }),
  );
}

function keepThatNothingChanged(
  life: ConnectionLife,
  asked: AskedChange | null,
  { kind: why, by }: ChangeEnd,
): void {
  const { id, changes: number } = life.state;
  if (asked) life.keepOfChange({ number, fact: 'unmade', asked, at: now(), why, by });
  life.happens(`change-ended/${id}/${number}`, by, changeEnded(asked?.to ?? null, why));
}

/** Whoever comes back, by a change instead of an undo, keeps the login that was kept for them if it is used again. */
async function endFormer(life: ConnectionLife, to: { person: string; login: Login }): Promise<void> {
  const { former } = life.state;
  if (former === null) return;
  if (former.login.grantId === to.login.grantId) return life.change({ former: null });
  await forgetFormer(life, former.person === to.person ? 'let-go' : former.fate);
}

/** Back to who it was, in one moment; the next round proves their login. */
export async function undoChange(life: ConnectionLife): Promise<void> {
  const { former, id: connectionId, synchronisationUserId: from } = life.state;
  const by = life.wishedUndo;
  life.wishedUndo = null;
  if (!former || by === null) return;
  const { change, person: to, login, standIn, standInBefore } = former;
  // Whoever was chosen since the change stays; whoever took over from standing in does that again.
  const { standInId } = life.state;
  const standsIn = standInId === standIn ? standInBefore : standInId;
  const waiting = letGoOfWaiting(life);
  life.connected(login, to);
  life.change({ former: null, standInId: standsIn === to ? null : standsIn });
  tellOvertaken(life, overtakenHandover(life));
  life.keepOfChange({ number: change, fact: 'undone', at: life.state.link.since, by });
  const undone = { from, to, login: login.accountingUserName };
  life.happens(`change-undone/${connectionId}/${change}`, by, { what: 'change-undone', data: undone });
  await life.publish();
  await endWaiting(life, waiting, to);
  life.talk.say(() =>
    tell('Say that the change is undone').tellUndone({ connectionId, change, by, ...undone }),
  );
}

/** The change cannot be undone any more: what was decided becomes of the former login. */
export async function forgetFormer(life: ConnectionLife, fate?: FormerFate): Promise<void> {
  const { former } = life.state;
  if (!former) return;
  life.change({ former: null });
  await life.publish();
  await settleFormer(life, { ...former, fate: fate ?? former.fate }, null);
}

async function settleFormer(
  life: ConnectionLife,
  { change, person, login, changedAt, fate, standIn }: Former,
  broken: { cause: LinkCause; since: Moment } | null,
): Promise<void> {
  const { id: connectionId } = life.state;
  // Somebody who was chosen to stand in since then keeps that place.
  const isTaken = () => ![null, standIn, person].includes(life.state.standInId);
  const { standsIn } = await remember('Do with the former login as was decided').settleFormerLogin({
    connectionId,
    change,
    person,
    login,
    changedAt,
    fate,
    broken: broken && { cause: broken.cause, since: broken.since },
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
