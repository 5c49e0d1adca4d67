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
import type { ConnectionEntity } from './connection-entity.ts';
import { workflowIds, type ChangeEnd } from '../contract.ts';
import { remember, tell } from '../steps.ts';
import type { PersonId } from '../../domain/ids.ts';

/**
 * Somebody else is to become the synchronisation user: ask them to log in, beside everything else. Nobody may answer
 * for days, so the child goes on when the connection begins a fresh history, and reports by signal.
 */
export async function beginChange(entity: ConnectionEntity): Promise<void> {
  const { requestedChange: request } = entity;
  const { id: connectionId, name, login, synchronisationUserId: from } = entity.state;
  if (!request || !login) throw new Error('Only a login that is used can be changed');
  const change = entity.state.changes + 1;
  entity.change({ changes: change, changingTo: request.to });
  entity.requestedChange = null;
  const { to, by: askedBy, isUnattended } = request;
  const asked: AskedChange = { from, to, askedBy, askedAt: now(), isUnattended };
  entity.keepOfChange({ number: change, fact: 'asked', asked });
  entity.happens(`change-asked/${connectionId}/${change}`, askedBy, {
    what: isUnattended ? 'handover-begun' : 'change-asked',
    data: { from, to },
  });
  await entity.publish();
  const { waits } = entity.input;
  const start = () =>
    startChild(changeSynchronisationUser, {
      workflowId: workflowIds.change(connectionId, change),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      typedSearchAttributes: entity.foundBy(),
      staticSummary: `${name}: change the synchronisation user to ${to}`,
      args: [
        {
          connectionId,
          change,
          person: to,
          from,
          askedBy,
          fate: request.fate,
          isUnattended,
          current: login,
          waits,
        },
      ],
    });
  await entity.succession.begin(start, asked);
}

/** The one moment of a change: from here on every round uses the successor's login. */
export async function endChange(entity: ConnectionEntity): Promise<void> {
  const { about: asked } = entity.succession;
  const result = entity.succession.take();
  entity.change({ changingTo: null });
  if (result === null) tellLost(entity, asked);
  if (result?.kind === 'unchanged') keepThatNothingChanged(entity, asked, result.because);
  if (result?.kind !== 'changed') return;
  await endFormer(entity, result); // of the change before, which this one ends for good
  const { state, input } = entity;
  const { id: connectionId, changes: change, synchronisationUserId: from, companies, login: before } = state;
  const { login, person: to, fate, askedBy, weighed, approval, hadLinkedIt } = result;
  const isSomebodyElse = before !== null && from !== to;
  const broken = state.link.state === 'disconnected' ? state.link : null;
  const waiting = letGoOfWaiting(entity);
  entity.connected(login, to);
  const standIn = state.standInId === to ? null : state.standInId;
  const changedAt = entity.state.link.since;
  const until = new Date(Date.parse(changedAt) + input.waits.undoChange).toISOString();
  const former = isSomebodyElse
    ? { change, person: from, login: before, changedAt, until, fate, standIn, standInBefore: state.standInId }
    : null;
  entity.change({ standInId: standIn, former: broken === null ? former : null });
  tellOvertaken(entity, overtakenHandover(entity));
  const logins = { formerLogin: before, login, weighed, approval };
  const made = switchedTo({ ...logins, hadLinkedIt });
  if (asked) entity.keepOfChange({ number: change, fact: 'made', asked, at: changedAt, made });
  const changed = synchronisationUserChanged({ from, to, askedBy }, made);
  entity.happens(`change/${connectionId}/${change}`, to, changed);
  await entity.publish();
  await endWaiting(entity, waiting, to);
  entity.outbox.say(() =>
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
  if (former !== null && broken !== null) await settleFormer(entity, former, broken);
}

/** The change ended without a word, which nobody else says then. */
function tellLost(entity: ConnectionEntity, asked: AskedChange | null): void {
  const { id: connectionId, changes: change, login: current } = entity.state;
  keepThatNothingChanged(entity, asked, { kind: 'lost', by: null });
  if (current === null || !asked) return;
  const { from, to: person, askedBy } = asked;
  const told = { connectionId, change, person, from, current, askedBy };
  entity.outbox.say(() =>
    tell(`Tell ${askedBy} that nothing came of it`).tellChangeResult({
      ...told,
      result: { kind: 'lost' },
    }),
  );
}

function keepThatNothingChanged(
  entity: ConnectionEntity,
  asked: AskedChange | null,
  { kind: why, by }: ChangeEnd,
): void {
  const { id, changes: number } = entity.state;
  if (asked) entity.keepOfChange({ number, fact: 'unmade', asked, at: now(), why, by });
  entity.happens(`change-ended/${id}/${number}`, by, changeEnded(asked?.to ?? null, why));
}

/** Whoever comes back, by a change instead of an undo, keeps the login that was kept for them if it is used again. */
async function endFormer(entity: ConnectionEntity, to: { person: PersonId; login: Login }): Promise<void> {
  const { former } = entity.state;
  if (former === null) return;
  if (former.login.grantId === to.login.grantId) return entity.change({ former: null });
  await forgetFormer(entity, former.person === to.person ? 'let-go' : former.fate);
}

/** Back to who it was, in one moment; the next round proves their login. */
export async function undoChange(entity: ConnectionEntity): Promise<void> {
  const { former, id: connectionId, synchronisationUserId: from } = entity.state;
  const by = entity.requestedUndo;
  entity.requestedUndo = null;
  if (!former || by === null) return;
  const { change, person: to, login, standIn, standInBefore } = former;
  // Whoever was chosen since the change stays; whoever took over from standing in does that again.
  const { standInId } = entity.state;
  const standsIn = standInId === standIn ? standInBefore : standInId;
  const waiting = letGoOfWaiting(entity);
  entity.connected(login, to);
  entity.change({ former: null, standInId: standsIn === to ? null : standsIn });
  tellOvertaken(entity, overtakenHandover(entity));
  entity.keepOfChange({ number: change, fact: 'undone', at: entity.state.link.since, by });
  const undone = { from, to, login: login.accountingUserName };
  entity.happens(`change-undone/${connectionId}/${change}`, by, { what: 'change-undone', data: undone });
  await entity.publish();
  await endWaiting(entity, waiting, to);
  entity.outbox.say(() =>
    tell('Say that the change is undone').tellUndone({ connectionId, change, by, ...undone }),
  );
}

/** The change cannot be undone any more: what was decided becomes of the former login. */
export async function forgetFormer(entity: ConnectionEntity, fate?: FormerFate): Promise<void> {
  const { former } = entity.state;
  if (!former) return;
  entity.change({ former: null });
  await entity.publish();
  await settleFormer(entity, { ...former, fate: fate ?? former.fate }, null);
}

async function settleFormer(
  entity: ConnectionEntity,
  { change, person, login, changedAt, fate, standIn }: Former,
  broken: { cause: LinkCause; since: Moment } | null,
): Promise<void> {
  const { id: connectionId } = entity.state;
  // Somebody who was chosen to stand in since then keeps that place.
  const isTaken = () => ![null, standIn, person].includes(entity.state.standInId);
  const { standsIn } = await remember('Do with the former login as was decided').settleFormerLogin({
    connectionId,
    change,
    person,
    login,
    changedAt,
    fate,
    broken: broken && { cause: broken.cause, since: broken.since },
    placeTakenBy: isTaken() ? entity.state.standInId : null,
    at: now(),
  });
  const { standInId, synchronisationUserId } = entity.state;
  if (standsIn && !isTaken() && person !== standInId && person !== synchronisationUserId) {
    entity.change({ standInId: person });
    entity.verifications.wantStandIn();
  }
  entity.outbox.say(() =>
    tell('Say what became of the former login').tellFormerSettled({ connectionId, change }),
  );
}
