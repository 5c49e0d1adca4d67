import type { SignalDefinition } from '@temporalio/workflow';
import type { Reachable } from './child-slot.ts';

/**
 * Passes something on to a child that waits for a human. False when nobody waits for it, also when the child ended in
 * this very moment.
 */
export async function forward<Payload>(
  child: Reachable | null,
  signal: SignalDefinition<[Payload]>,
  payload: Payload,
): Promise<boolean> {
  if (!child) return false;
  try {
    await child.signal(signal, payload);
    return true;
  } catch {
    return false;
  }
}
