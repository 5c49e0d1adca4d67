import { patched } from '@temporalio/workflow';
import { nextOfHandover } from '../domain/handover.ts';
import type { ConnectionLife } from './connection-life.ts';
import { patches } from './patches.ts';
import { remember, tell, type Steps } from './steps.ts';

/** A reminder of the planned handover is due, or its moment has come: then the successor takes over if nothing is lost. */
export async function handOver(life: ConnectionLife): Promise<void> {
  const { handover, synchronisationUserId } = life.state;
  if (!handover) return;
  const { days, dueAt } = nextOfHandover(handover);
  if (days > 0) {
    life.change({ handover: { ...handover, heardUntil: new Date(dueAt).toISOString() } });
    return tellHandover(life, handover, { kind: 'reminder', days });
  }
  life.change({ handover: null });
  const { to, by } = handover;
  if (to === synchronisationUserId) return; // he took over before
  life.wishedChange = { to, by, fate: 'let-go', isUnattended: true };
}

type News = Parameters<Steps['tellHandover']>[0]['news'];

/** Whoever it concerns reads what becomes of a planned handover; what somebody decided about it is kept in the history. */
export async function tellHandover(
  life: ConnectionLife,
  { to, by, at }: { to: string; by: string; at: string },
  news: News,
): Promise<void> {
  const { id: connectionId, synchronisationUserId: from } = life.state;
  const told = { connectionId, from, to, by, at, news };
  life.talk.say(() => tell('Tell whoever a planned handover concerns').tellHandover(told));
  // Before, it was kept when it was told: late, or not at all, while Slack was down.
  if (news.kind !== 'reminder' && patched(patches.handoverInHistory))
    await remember('Keep in the history what becomes of the handover').keepInHistory({
      id: `handover/${connectionId}/${news.actionId}`,
      connectionId,
      by: news.kind === 'cancelled' ? news.by : by,
      what: `handover-${news.kind}`,
      data: { from, to, on: at.slice(0, 10) },
    });
}
