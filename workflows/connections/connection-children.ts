import { nowMs } from '../clock.ts';
import type { ConnectionEntity } from './connection-entity.ts';

/** Of children from a former history: one that was terminated says nothing, so Temporal is asked. */
export async function lookAtChildren(entity: ConnectionEntity): Promise<void> {
  const at = nowMs();
  await Promise.all(entity.slots.filter((slot) => slot.untilLook(at) === 0).map((slot) => slot.look()));
}
