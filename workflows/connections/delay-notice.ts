import { incidentRules } from '../../domain/incidents/incident-rules.ts';
import type { Health } from '../../domain/connection.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { ConnectionEntity } from './connection-entity.ts';
import type { Waits } from '../contract.ts';
import { tell } from '../steps.ts';

/** Whether the office knows of a delay that lasts: it is told late, once, and taken back when it is over. */
export class DelayNotice {
  /** Since when the delay lasts that was told, or null when none is. */
  told: Moment | null;

  constructor(told: Moment | null = null) {
    this.told = told;
  }

  /** In how many milliseconds from this moment there is something to tell or to take back; null when there is not. */
  dueIn(health: Health, waits: Waits, at: number): number | null {
    if (health.state === 'ok') return this.told === null ? null : 0;
    // Too short to be told, and no end of a delay that was.
    if (health.state === 'doubtful' || this.told === health.since) return null;
    const after = waits.tellDelayAfter?.[health.reason] ?? incidentRules[health.reason].toldAfter;
    return Math.max(0, Date.parse(health.since) + after - at);
  }
}

/** The delay has lasted long enough to be told, or is over and was told. Nobody can do anything about it. */
export async function tellDelay(entity: ConnectionEntity): Promise<void> {
  const { id: connectionId, health } = entity.state;
  const lasts = health.state === 'delayed';
  const since = lasts ? health.since : entity.delays.told;
  entity.delays.told = lasts ? since : null;
  if (since === null) return;
  const summary = lasts ? 'Say that the accounting system keeps us waiting' : 'Say that the waiting is over';
  entity.outbox.say(() => tell(summary).tellDelay({ connectionId, lasts, since }), 'delay');
}
