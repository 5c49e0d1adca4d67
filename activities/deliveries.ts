import type { Deliveries, Refusal } from '../domain/deliveries.ts';

const minute = 60_000;
/** How long until it is tried again, where that does not follow from how often it was tried. */
const pause: Partial<Record<Refusal['about'], number>> = {
  // Only somebody who acts mends these; this finds out that they did.
  recipient: 2 * minute,
  installation: minute,
  message: 10 * minute,
};

/** Slack did not take something; it is tried again after `retryAfterMs`, or as the workflow's policy says. */
export class NotDelivered extends Error {
  override name = 'NotDelivered';
  readonly retryAfterMs: number | null;

  constructor({ code, about, retryAfterMs }: Refusal) {
    super(`Slack does not take it: ${code}`);
    this.retryAfterMs = retryAfterMs ?? pause[about] ?? null;
  }
}

export function createDeliveryActivities({
  deliveries,
}: {
  deliveries: Pick<Deliveries, 'carryOut' | 'giveUp'>;
}) {
  return {
    /** Tries once to say what is written down under this key. @throws NotDelivered while Slack does not take it */
    async carryOutDelivery({ key }: { key: string }): Promise<'said' | 'over'> {
      const outcome = await deliveries.carryOut(key);
      if (outcome.kind === 'waits') throw new NotDelivered(outcome.refusal);
      return outcome.kind;
    },

    /** It was tried for days: that is kept, and nobody tries it any more. */
    async giveUpDelivery({ key }: { key: string }): Promise<void> {
      await deliveries.giveUp(key);
    },
  };
}
