import type { Objection } from '../../domain/objections.ts';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { afterRound } from '../../domain/sync/after-round.ts';
import type { ConnectionState } from '../../domain/connection.ts';
import type { Moment } from '../../domain/master-data.ts';
import { covers, isEverything, mostWishes, type SyncScope } from '../../domain/sync/rounds.ts';
import { isRoundDue } from './connection-agenda.ts';
import { wakeBookings } from './booking-lines.ts';
import { now, nowMs } from '../clock.ts';
import type { ConnectionLife } from './connection-life.ts';
import { wished, workflowIds } from '../contract.ts';
import { passOn } from '../pass-on.ts';
import { tell } from '../steps.ts';
import { syncMasterData } from '../sync/sync-master-data.ts';

/**
 * Everything is due now. While the package is down or limits us it is due when that is expected to be over: nothing knocks
 * before, whoever wants it. What is asked for while a round runs comes after it, and waits if that one is stopped.
 */
export function everythingIsDue(life: ConnectionLife, at: Moment): void {
  const { health, syncingSince } = life.state;
  if (health.state === 'ok' || syncingSince !== null) life.change({ nextSyncAt: at });
}

/** Why nothing more can be asked for; everything at once always can. */
export function objectionToWish({ state }: ConnectionLife, by: string, scope?: SyncScope): Objection | null {
  if (!scope || isEverything(scope) || by === state.system) return null;
  return openWishes(state, (one) => one !== state.system) < mostWishes ? null : 'too-many-wishes';
}

/**
 * Somebody wants something brought in now; a wish that another one covers is done with that. A package that calls all the
 * time gets everything brought in instead, which touches nothing of what people asked for.
 */
export function noteWish(life: ConnectionLife, by: string, at: Moment, scope?: SyncScope): void {
  const { wishes, system } = life.state;
  if (!scope || isEverything(scope)) return everythingIsDue(life, at);
  if (by === system && openWishes(life.state, (one) => one === system) >= mostWishes)
    return everythingIsDue(life, at);
  const isWished = life.newWishes().some((wish) => wish.by === by && covers(wish.scope, scope));
  if (isWished) return;
  const round = life.state.round + 1;
  life.change({ round, wishes: [...wishes, { id: round, scope, by, at }] });
}

function openWishes({ wishes }: ConnectionState, isBy: (by: string) => boolean): number {
  return wishes.filter(({ by }) => isBy(by)).length;
}

/** A round is under way: it does what is wished beside everything else, so that no second one runs. */
export async function handOverWishes(life: ConnectionLife): Promise<void> {
  for (const wish of life.newWishes()) {
    life.handedOver.push(wish.id);
    // When the round ended in this very moment, the wish is left for the next one.
    await passOn(life.round.handle, wished, wish);
  }
}

/** Begins a round: everything when it is due, and whatever is wished. */
export async function sync(life: ConnectionLife): Promise<void> {
  const { id: connectionId, name, lastSuccessAt, wishes } = life.state;
  const round = life.state.round + 1;
  const planned = isRoundDue(life, nowMs());
  const isFirst = planned && lastSuccessAt === null;
  life.handedOver = wishes.map(({ id }) => id);
  life.change({ round, syncingSince: now() });
  const begun = life.round.begin(() =>
    startChild(syncMasterData, {
      workflowId: workflowIds.sync(connectionId, round),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      typedSearchAttributes: life.foundBy(),
      staticSummary: `${name}: round ${round}${isFirst ? ', the first sync' : planned ? '' : ', what was asked for'}`,
      args: [{ connectionId, round, planned, wishes, tellProgress: isFirst }],
    }),
  );
  await Promise.all([begun, life.publish()]);
}

/** Takes in what a round told; one that an operator ended told nothing, and the next comes at its time. */
export async function endRound(life: ConnectionLife): Promise<void> {
  const result = life.round.take();
  if (result) life.logins.used();
  life.handedOver = [];
  const { health, catchingUpAfter: incident } = life.state;
  life.change({
    ...afterRound(life.state, result, nowMs(), life.input.waits),
    wishes: life.state.wishes.filter(({ id }) => !result?.wishesDone.includes(id)),
  });
  if (result?.stop?.kind !== 'broken') await life.publish();
  if (result && result.refused > 0) life.verifications.want('refusal');
  if (result?.hasNews) tellCompanyNews(life, `round/${life.state.round}`);

  // What waited for the package, or for fresh master data after a reconnect.
  if (result?.stop === null && (health.state !== 'ok' || incident !== null))
    await wakeBookings(life.state.id);
  if (incident === null || !result?.planned || result.stop !== null || result.read === 0) return;
  const { rowsChanged, companies } = result;
  life.change({ catchingUpAfter: null });
  life.talk.say(() =>
    tell('Say in the thread what came in since').tellCaughtUp({ incident, rowsChanged, companies }),
  );
}

/** What happened to the companies in the package, said beside everything else. */
function tellCompanyNews({ state, talk }: ConnectionLife, occasion: string): void {
  talk.say(() =>
    tell('Say what is new about the companies').tellCompanyNews({ connectionId: state.id, occasion }),
  );
}
