import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { idOf } from '../connections.ts';
import type { Break } from './facts.ts';

const { EventType } = proto.temporal.api.enums.v1;

/**
 * What Temporal noted of a connection while it was broken, in the order of time: a line for each event, with the workflow
 * and what an operator reads of it. It says where the time went when somebody was told too late.
 */
export async function timelineOf(client: Client, one: Break): Promise<string[]> {
  const until = one.mendedAt ?? Date.now();
  const found: { at: number; line: string }[] = [];
  for (const type of ['connection', 'sync', 'reconnect'])
    for await (const { workflowId, runId } of client.workflow.list({ query: ofConnection(type, one) })) {
      const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      for (const event of events ?? []) {
        const at = Number(event.eventTime?.seconds ?? 0) * 1_000 + (event.eventTime?.nanos ?? 0) / 1e6;
        const summary = event.userMetadata?.summary?.data;
        const words = summary ? Buffer.from(summary).toString() : '';
        const what = EventType[event.eventType ?? 0]?.replace('EVENT_TYPE_', '').toLowerCase();
        if (at >= one.brokeAt && at <= until)
          found.push({ at, line: `${new Date(at).toISOString()} ${workflowId} ${what} ${words}` });
      }
    }
  return found.toSorted((a, b) => a.at - b.at).map(({ line }) => line.trim());
}

/** The connection itself, or its children of a type. */
const ofConnection = (type: string, { userName }: Break) =>
  type === 'connection'
    ? `WorkflowId = 'connection/${idOf(userName)}'`
    : `WorkflowId STARTS_WITH '${type}/${idOf(userName)}/'`;
