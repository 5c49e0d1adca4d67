import { dueOfHandover, type Handover } from '../../domain/succession/handover.ts';
import { nowMs } from '../clock.ts';
import type { ConnectionEntity } from './connection-entity.ts';
import { tell, type Steps } from '../steps.ts';

/** A reminder of the planned handover is due, or its moment has come: then the successor takes over if nothing is lost. */
export function handOver(entity: ConnectionEntity): void {
  const { handover } = entity.state;
  const due = handover && dueOfHandover(handover, nowMs());
  if (!handover || !due) return;
  const { days, heardUntil } = due;
  if (days > 0) {
    entity.change({ handover: { ...handover, heardUntil } });
    tellHandover(entity, handover, { kind: 'reminder', days });
    return;
  }
  entity.change({ handover: null });
  const { to, by } = handover;
  entity.requestedChange = { to, by, fate: 'let-go', isUnattended: true };
}

/**
 * In the moment in which somebody else becomes the synchronisation user: what was planned for who was it until then is
 * over. Returns what is to be told of that.
 */
export function overtakenHandover(entity: ConnectionEntity): Handover | null {
  const { handover, synchronisationUserId } = entity.state;
  if (!handover || handover.from === synchronisationUserId) return null;
  entity.change({ handover: null });
  return handover;
}

/** Whoever it concerns reads that the handover is off, and because of whom. */
export function tellOvertaken(entity: ConnectionEntity, handover: Handover | null): void {
  const { link, synchronisationUserId: by } = entity.state;
  if (handover) tellHandover(entity, handover, { kind: 'overtaken', actionId: `since-${link.since}`, by });
}

type News = Parameters<Steps['tellHandover']>[0]['news'];

/** Whoever it concerns reads what becomes of a planned handover; what somebody decided about it is kept in the history. */
export function tellHandover(
  entity: ConnectionEntity,
  { from, to, by, at }: Pick<Handover, 'from' | 'to' | 'by' | 'at'>,
  news: News,
): void {
  const { id: connectionId } = entity.state;
  const told = { connectionId, from, to, at, news };
  entity.outbox.say(() => tell('Tell whoever a planned handover concerns').tellHandover(told));
  if (news.kind !== 'reminder')
    entity.happens(`handover/${connectionId}/${news.actionId}`, news.kind === 'planned' ? by : news.by, {
      what: `handover-${news.kind}`,
      data: { from, to, on: at.slice(0, 10) },
    });
}
