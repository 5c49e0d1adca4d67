import type { Objection } from '../../domain/objections.ts';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { afterRound } from '../../domain/sync/after-round.ts';
import type { ConnectionState } from '../../domain/connection.ts';
import type { Moment } from '../../domain/master-data.ts';
import { covers, isEverything, mostRequests, type SyncScope } from '../../domain/sync/rounds.ts';
import { isRoundDue } from './connection-agenda.ts';
import { wakeBookings } from './booking-lines.ts';
import { now, nowMs } from '../clock.ts';
import type { ConnectionEntity } from './connection-entity.ts';
import { requested, workflowIds } from '../contract.ts';
import { forward } from '../forward.ts';
import { tell } from '../steps.ts';
import { syncMasterData } from '../sync/sync-master-data.ts';
import type { PersonId } from '../../domain/ids.ts';

/**
 * Everything is due now. While the package is down or limits us it is due when that is expected to be over: nothing knocks
 * before, whoever wants it. What is asked for while a round runs comes after it, and waits if that one is stopped.
 */
export function everythingIsDue(entity: ConnectionEntity, at: Moment): void {
  const { health, syncingSince } = entity.state;
  if (health.state === 'ok' || syncingSince !== null) entity.change({ nextSyncAt: at });
}

/** Why nothing more can be asked for; everything at once always can. */
export function objectionToRequest(
  { state }: ConnectionEntity,
  by: PersonId,
  scope?: SyncScope,
): Objection | null {
  if (!scope || isEverything(scope) || by === state.system) return null;
  return openRequests(state, (one) => one !== state.system) < mostRequests ? null : 'too-many-requests';
}

/**
 * Somebody wants something brought in now; a request that another one covers is done with that. A package that calls all the
 * time gets everything brought in instead, which touches nothing of what people asked for.
 */
export function noteRequest(entity: ConnectionEntity, by: PersonId, at: Moment, scope?: SyncScope): void {
  const { requests, system } = entity.state;
  if (!scope || isEverything(scope)) return everythingIsDue(entity, at);
  if (by === system && openRequests(entity.state, (one) => one === system) >= mostRequests)
    return everythingIsDue(entity, at);
  const isRequested = entity
    .newRequests()
    .some((request) => request.by === by && covers(request.scope, scope));
  if (isRequested) return;
  const round = entity.state.round + 1;
  entity.change({ round, requests: [...requests, { id: round, scope, by, at }] });
}

function openRequests({ requests }: ConnectionState, isBy: (by: PersonId) => boolean): number {
  return requests.filter(({ by }) => isBy(by)).length;
}

/** A round is under way: it does what is requested beside everything else, so that no second one runs. */
export async function handOverRequests(entity: ConnectionEntity): Promise<void> {
  for (const request of entity.newRequests()) {
    entity.handedOver.push(request.id);
    // When the round ended in this very moment, the request is left for the next one.
    await forward(entity.round.handle, requested, request);
  }
}

/** Begins a round: everything when it is due, and whatever is requested. */
export async function sync(entity: ConnectionEntity): Promise<void> {
  const { id: connectionId, name, lastSuccessAt, requests } = entity.state;
  const round = entity.state.round + 1;
  const planned = isRoundDue(entity, nowMs());
  const isFirst = planned && lastSuccessAt === null;
  entity.handedOver = requests.map(({ id }) => id);
  entity.change({ round, syncingSince: now() });
  const begun = entity.round.begin(() =>
    startChild(syncMasterData, {
      workflowId: workflowIds.sync(connectionId, round),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      typedSearchAttributes: entity.foundBy(),
      staticSummary: `${name}: round ${round}${isFirst ? ', the first sync' : planned ? '' : ', what was asked for'}`,
      args: [{ connectionId, round, planned, requests, tellProgress: isFirst }],
    }),
  );
  await Promise.all([begun, entity.publish()]);
}

/** Takes in what a round told; one that an operator ended told nothing, and the next comes at its time. */
export async function endRound(entity: ConnectionEntity): Promise<void> {
  const result = entity.round.take();
  if (result) entity.logins.used();
  entity.handedOver = [];
  const { health, catchingUpAfter: incident } = entity.state;
  entity.change({
    ...afterRound(entity.state, result, nowMs(), entity.input.waits),
    requests: entity.state.requests.filter(({ id }) => !result?.requestsDone.includes(id)),
  });
  if (result?.stop?.kind !== 'broken') await entity.publish();
  if (result && result.refused > 0) entity.verifications.want('refusal');
  if (result?.hasNews) tellCompanyNews(entity, `round/${entity.state.round}`);

  // What waited for the package, or for fresh master data after a reconnect.
  if (result?.stop === null && (health.state !== 'ok' || incident !== null))
    await wakeBookings(entity.state.id);
  if (incident === null || !result?.planned || result.stop !== null || result.read === 0) return;
  const { rowsChanged, companies } = result;
  entity.change({ catchingUpAfter: null });
  entity.outbox.say(() =>
    tell('Say in the thread what came in since').tellCaughtUp({ incident, rowsChanged, companies }),
  );
}

/** What happened to the companies in the package, said beside everything else. */
function tellCompanyNews({ state, outbox }: ConnectionEntity, occasion: string): void {
  outbox.say(() =>
    tell('Say what is new about the companies').tellCompanyNews({ connectionId: state.id, occasion }),
  );
}
