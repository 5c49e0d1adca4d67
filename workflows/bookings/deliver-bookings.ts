import { condition, continueAsNew, getExternalWorkflowHandle, setHandler } from '@temporalio/workflow';
import { now, nowMs } from '../clock.ts';
import {
  bookingsChanged,
  loginBroke,
  workflowIds,
  type BookingsInput,
  type BrokenLogin,
} from '../contract.ts';
import { historyIsLong } from '../history.ts';
import { deliver, notify, tell } from '../steps.ts';
import { openOutbox } from '../outbox.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** The connection judges it as it judges what its rounds find. It may be gone; then nobody waits for it. */
async function reportBroken(connectionId: ConnectionId, broken: BrokenLogin): Promise<void> {
  const connection = getExternalWorkflowHandle(workflowIds.connection(connectionId));
  await connection.signal(loginBroke, { ...broken, at: now() }).catch(() => undefined);
}

/**
 * The line of purchase bookings of one company: one after the other, in the order they were handed over. While the
 * connection is broken, or the package is down, it looks again from time to time; it ends when nothing is left, and
 * begins again with the next booking. What the bookings say stays in the store.
 */
export async function deliverBookings(input: BookingsInput): Promise<void> {
  const { connectionId, companyId, waits } = input;
  const line = { connectionId, companyId };
  const slack = openOutbox();
  const caller = openOutbox();
  let woken = true;
  setHandler(bookingsChanged, () => {
    woken = true;
  });
  const allIsSaid = () => slack.isSilent() && caller.isSilent();
  const sayWhatChanged = () => {
    slack.say(() => tell('List what does not fit').tellUnfitBookings({ connectionId }), 'what does not fit');
    slack.say(
      () => tell('Say whether deliveries are stopped').tellDeliveryStop({ connectionId }),
      'deliveries',
    );
    caller.say(() => notify('Tell the caller').sendBookingNotices(line), 'notices');
  };

  let pause = waits.firstLook;
  for (;;) {
    const asked = woken;
    woken = false;
    if (asked) pause = waits.firstLook;
    const step = await deliver('Deliver the next booking').deliverNextBooking({
      ...line,
      settleMs: waits.settle,
    });
    if (asked || step.kind === 'settled' || (step.kind === 'held' && step.changed)) sayWhatChanged();
    switch (step.kind) {
      case 'settled':
        pause = waits.firstLook;
        break;
      case 'held': {
        if (step.broken) await reportBroken(connectionId, step.broken);
        const wait = step.until === null ? pause : Date.parse(step.until) - nowMs();
        const soon = Math.min(Math.max(wait, 1_000), waits.longestLook);
        await condition(() => woken, soon, { summary: 'until it is tried again' });
        pause = Math.min(pause * 2, waits.longestLook);
        break;
      }
      case 'idle':
        await condition(() => woken || allIsSaid(), waits.longestLook, { summary: 'until all is said' });
        if (!woken && allIsSaid()) return;
    }
    if (!historyIsLong()) continue;
    // What is not said by then is said by the fresh history, which says how it stands when it begins.
    await condition(allIsSaid, '3 seconds', { summary: 'until all is said' });
    await continueAsNew<typeof deliverBookings>(input);
  }
}
