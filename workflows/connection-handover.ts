import { nextOfHandover } from '../domain/handover.ts';
import type { ConnectionLife } from './connection-life.ts';
import { tell, type Steps } from './steps.ts';

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

/** Whoever it concerns reads what becomes of a planned handover. */
export function tellHandover(
  life: ConnectionLife,
  { to, by, at }: { to: string; by: string; at: string },
  news: News,
): void {
  const told = { connectionId: life.state.id, from: life.state.synchronisationUserId, to, by, at, news };
  life.talk.say(() => tell('Tell whoever a planned handover concerns').tellHandover(told));
}
