import { getExternalWorkflowHandle } from '@temporalio/workflow';
import { bookingsChanged, workflowIds } from '../contract.ts';
import { remember } from '../steps.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** Bookings that wait look again now, instead of when their patience is over. A line that has ended has nothing to deliver. */
export async function wakeBookings(connectionId: ConnectionId): Promise<void> {
  const waiting = await remember('See which bookings wait').waitingBookings({ connectionId });
  const lines = waiting.companies.map((company) =>
    getExternalWorkflowHandle(workflowIds.bookings(connectionId, company)),
  );
  await Promise.all(lines.map((line) => line.signal(bookingsChanged).catch(() => undefined)));
}
