import { patched, startChild } from '@temporalio/workflow';
import { afterRound } from '../domain/after-round.ts';
import { covers, isEverything, mostWishes, type SyncScope } from '../domain/rounds.ts';
import { isRoundDue } from './connection-agenda.ts';
import { wakeBookings } from './booking-lines.ts';
import { now, type ConnectionLife } from './connection-life.ts';
import { wished, workflowIds } from './contract.ts';
import { passOn } from './pass-on.ts';
import { patches } from './patches.ts';
import { tell } from './steps.ts';
import { syncMasterData } from './sync-master-data.ts';

/** Somebody wants something brought in now; a wish that another one covers is done with that. */
export function noteWish(life: ConnectionLife, by: string, scope?: SyncScope): void {
  const { wishes } = life.state;
  if (!scope || isEverything(scope) || wishes.length >= mostWishes) return life.change({ nextSyncAt: now() });
  const isWished = life.newWishes().some((wish) => wish.by === by && covers(wish.scope, scope));
  if (isWished) return;
  const round = life.state.round + 1;
  life.change({ round, wishes: [...wishes, { id: round, scope, by, at: now() }] });
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
  const planned = isRoundDue(life);
  const isFirst = planned && lastSuccessAt === null;
  life.handedOver = wishes.map(({ id }) => id);
  life.change({ round, syncingSince: now() });
  const begin = () =>
    life.round.begin(() =>
      startChild(syncMasterData, {
        workflowId: workflowIds.sync(connectionId, round),
        typedSearchAttributes: life.foundBy(),
        staticSummary: `${name}: round ${round}${isFirst ? ', the first sync' : planned ? '' : ', what was asked for'}`,
        args: [{ connectionId, round, planned, wishes, tellProgress: isFirst }],
      }),
    );
  if (patched(patches.fewerSteps)) {
    await Promise.all([begin(), life.publish()]);
  } else {
    await life.publish();
    await begin();
  }
}

/** Takes in what a round told; one that an operator ended told nothing, and the next comes at its time. */
export async function endRound(life: ConnectionLife): Promise<void> {
  const result = life.round.take();
  if (result) life.logins.used();
  life.handedOver = [];
  const { health, catchingUpAfter: incident } = life.state;
  life.change({
    ...afterRound(life.state, result, Date.now(), life.input.waits),
    wishes: life.state.wishes.filter(({ id }) => !result?.wishesDone.includes(id)),
  });
  if (result?.stop?.kind !== 'broken') await life.publish();
  if (result && result.refused > 0) life.verifications.want('refusal');
  if (result?.hasNews) tellCompanyNews(life, `round/${life.state.round}`);

  // What waited for the package, or for fresh master data after a reconnect.
  if (result?.stop === null && (health.state === 'delayed' || incident !== null))
    await wakeBookings(life.state.id);
  if (incident === null || !result?.planned || result.stop !== null) return;
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
