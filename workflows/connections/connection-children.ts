import { nowMs } from '../clock.ts';
import type { ConnectionLife } from './connection-life.ts';

/** Of children from a former history: one that was terminated says nothing, so Temporal is asked. */
export async function lookAtChildren(life: ConnectionLife): Promise<void> {
  const at = nowMs();
  await Promise.all(
    life.errands.filter((errand) => errand.untilLook(at) === 0).map((errand) => errand.look()),
  );
}
