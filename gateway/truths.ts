import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import type { ConnectionState } from '../domain/connection.ts';
import { workflowIds, type ConnectionInput } from '../workflows/contract.ts';
import type { ConnectionId } from '../domain/ids.ts';

const patienceMs = 5_000;

/** What the connections' workflows know, of which the database holds a copy. */
export interface Truths {
  /** Ids of all connections that live, whether the database knows them or not. */
  ids(): Promise<string[]>;
  /** The state that was handed out last. Null when Temporal does not answer now. */
  of(connectionId: ConnectionId): Promise<ConnectionState | null>;
  /** Ids of the connections of which some workflow cannot go on: Temporal says that its tasks fail, one after the other. */
  standingStill(): Promise<string[]>;
}

type Event = temporal.api.history.v1.IHistoryEvent;

/** What is handed a state, which is newer each time (workflows/connections/connection-entity.ts, `toSave`). */
const handed = ['saveConnection', 'openIncident'];

export function createTruths(client: Client): Truths {
  const prefix = workflowIds.connection('');
  const { namespace } = client.options;

  /**
   * Read from the end of its history, and never by a query. After a worker died, a query may reach the next one before the
   * task that a timer has caused: the SDK then goes on with the clock of the task before, and the history never replays again.
   */
  async function lastHandedOut(workflowId: string): Promise<ConnectionState | null> {
    let nextPageToken: Uint8Array | undefined;
    do {
      const page = await client.workflowService.getWorkflowExecutionHistoryReverse({
        ...{ namespace, execution: { workflowId }, maximumPageSize: 100 },
        ...(nextPageToken && { nextPageToken }),
      });
      for (const event of page.history?.events ?? []) {
        const state = stateIn(event);
        if (state) return state;
      }
      nextPageToken = page.nextPageToken;
    } while (nextPageToken?.length);
    return null;
  }

  return {
    async ids() {
      const found: string[] = [];
      const query = "WorkflowType = 'connection' AND ExecutionStatus = 'Running'";
      for await (const { workflowId } of client.workflow.list({ query }))
        found.push(workflowId.slice(prefix.length));
      return found;
    },
    async standingStill() {
      const found = new Set<string>();
      // https://docs.temporal.io/search-attribute#default-search-attribute
      const query = "TemporalReportedProblems IS NOT NULL AND ExecutionStatus = 'Running'";
      for await (const { workflowId } of client.workflow.list({ query })) found.add(connectionOf(workflowId));
      return [...found];
    },
    async of(connectionId) {
      try {
        return await client.connection.withDeadline(Date.now() + patienceMs, () =>
          lastHandedOut(workflowIds.connection(connectionId)),
        );
      } catch {
        return null;
      }
    },
  };
}

/** `reconnect/<connection>/7` */
function connectionOf(workflowId: string): string {
  return workflowId.split('/')[1] ?? workflowId;
}

/** Of what it had done, or what its history began with. */
function stateIn({
  activityTaskScheduledEventAttributes: scheduled,
  workflowExecutionStartedEventAttributes: began,
}: Event): ConnectionState | null {
  if (scheduled && handed.includes(scheduled.activityType?.name ?? ''))
    return firstOf<{ state: ConnectionState }>(scheduled.input).state;
  return (began && firstOf<ConnectionInput>(began.input).carried?.state) ?? null;
}

function firstOf<Argument>(input: temporal.api.common.v1.IPayloads | null | undefined): Argument {
  const [payload] = input?.payloads ?? [];
  if (!payload) throw new Error('it was given nothing');
  return defaultPayloadConverter.fromPayload<Argument>(payload);
}
