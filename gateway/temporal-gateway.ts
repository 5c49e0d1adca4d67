import { setTimeout as sleep } from 'node:timers/promises';
import {
  isGrpcServiceError,
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure, type UpdateDefinition } from '@temporalio/common';
import * as contract from '../workflows/contract.ts';
import { searchAttributes } from '../workflows/search-attributes.ts';
import { ObjectionError, UnavailableError } from './errors.ts';
import { isObjection } from '../domain/objections.ts';
import type { Gateway } from './gateway.ts';
import { defaultBookingWaits } from './waits.ts';
import type { ConnectionId } from '../domain/ids.ts';

/** Longest wait for an answer of a workflow; a person is waiting in Slack or in a browser. */
const patienceMs = 8_000;

/** The gateway as Temporal's updates, signals and starts. */
export function createGateway(deps: {
  client: Client;
  officeId: string;
  waits: contract.Waits;
  bookingWaits?: contract.BookingWaits;
}): Gateway {
  const { client, officeId, waits, bookingWaits = defaultBookingWaits } = deps;

  async function update<Args extends [unknown]>(
    connectionId: ConnectionId,
    definition: UpdateDefinition<void, Args>,
    updateId: string,
    args: Args,
  ): Promise<void> {
    const handle = client.workflow.getHandle(contract.workflowIds.connection(connectionId));
    await patiently(client, () =>
      untilTaken(() =>
        handle.executeUpdate(definition as UpdateDefinition<void, [unknown]>, { updateId, args }),
      ),
    );
  }
  const acting =
    (definition: UpdateDefinition<void, [contract.Action]>) =>
    (connectionId: ConnectionId, action: contract.Action) =>
      update(connectionId, definition, action.actionId, [action]);

  /** What one person asks for themselves needs nothing of the connection; begun again, it is the one it was. */
  async function begin(workflow: string, workflowId: string, input: object): Promise<void> {
    await patiently(client, async () => {
      try {
        await client.workflow.start(workflow, {
          workflowId,
          taskQueue: contract.taskQueue,
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          args: [input],
        });
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    });
  }

  return {
    async setUp(request) {
      const input: contract.ConnectionInput = {
        connectionId: request.connectionId,
        name: request.name,
        system: request.system,
        officeId,
        synchronisationUserId: request.synchronisationUserId,
        requestedBy: request.by,
        waits,
      };
      await patiently(client, () =>
        client.workflow.executeUpdateWithStart(contract.begun, {
          updateId: request.actionId,
          startWorkflowOperation: new WithStartWorkflowOperation('connection', {
            workflowId: contract.workflowIds.connection(request.connectionId),
            taskQueue: contract.taskQueue,
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
            args: [input],
            staticSummary: `${request.name}: the link with ${request.systemName}`,
            typedSearchAttributes: [
              { key: searchAttributes.office, value: officeId },
              { key: searchAttributes.connection, value: request.name },
              { key: searchAttributes.accountingSystem, value: request.systemName },
              { key: searchAttributes.status, value: 'Waiting for login' },
            ],
          }),
        }),
      );
    },
    async signInReturned(connectionId, { signInId, purpose }) {
      if (purpose !== 'personal')
        return update(connectionId, contract.signInReturned, `sign-in/${signInId}`, [{ signInId, purpose }]);
      await begin('linkPersonalUser', contract.workflowIds.personal(connectionId, signInId), {
        connectionId,
        signInId,
      });
    },
    unlinkPerson: (connectionId, asked) =>
      begin('unlinkPersonalUser', contract.workflowIds.personal(connectionId, asked.actionId), {
        connectionId,
        ...asked,
      }),
    setStandIn: (connectionId, choice) =>
      update(connectionId, contract.setStandIn, choice.actionId, [choice]),
    chooseCompanies: (connectionId, choice) =>
      update(connectionId, contract.chooseCompanies, choice.actionId, [choice]),
    unlinkCompanies: (connectionId, choice) =>
      update(connectionId, contract.unlinkCompanies, choice.actionId, [choice]),
    changeSynchronisationUser: (connectionId, change) =>
      update(connectionId, contract.changeSynchronisationUser, change.actionId, [change]),
    undoChange: acting(contract.undoChange),
    planHandover: (connectionId, plan) => update(connectionId, contract.planHandover, plan.actionId, [plan]),
    cancelHandover: acting(contract.cancelHandover),
    async decideChange(connectionId, { change, says, reason, actionId, by }) {
      const handle = client.workflow.getHandle(contract.workflowIds.change(connectionId, change));
      const options = { updateId: actionId };
      await patiently(client, async () => {
        try {
          await decide();
        } catch (error) {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
          throw new ObjectionError('nothing-to-decide', { cause: error });
        }
      });

      async function decide(): Promise<void> {
        if (says === 'confirm')
          await handle.executeUpdate(contract.confirmChange, {
            ...options,
            args: [{ actionId, by, reason }],
          });
        else if (says === 'agree')
          await handle.executeUpdate(contract.agreeToChange, { ...options, args: [{ actionId, by }] });
        else await handle.executeUpdate(contract.declineChange, { ...options, args: [{ actionId, by }] });
      }
    },
    acknowledge: acting(contract.acknowledge),
    snooze: (connectionId, asked) => update(connectionId, contract.snooze, asked.actionId, [asked]),
    syncNow: (connectionId, asked) => update(connectionId, contract.syncNow, asked.actionId, [asked]),
    async packageCalled(connectionId, call) {
      const handle = client.workflow.getHandle(contract.workflowIds.connection(connectionId));
      const at = new Date().toISOString();
      await patiently(client, () => handle.signal(contract.packageCalled, { ...call, at }));
    },
    decideDeletions: (connectionId, decision) =>
      update(connectionId, contract.decideDeletions, decision.actionId, [decision]),
    verify: acting(contract.verify),
    pause: acting(contract.pause),
    resume: acting(contract.resume),
    cancelInvitation: acting(contract.cancelInvitation),
    async bookingsChanged({ connectionId, companyId }) {
      await patiently(client, () =>
        client.workflow.signalWithStart('deliverBookings', {
          workflowId: contract.workflowIds.bookings(connectionId, companyId),
          taskQueue: contract.taskQueue,
          args: [{ connectionId, companyId, waits: bookingWaits } satisfies contract.BookingsInput],
          signal: contract.bookingsChanged,
          signalArgs: [],
          staticSummary: `Deliver the bookings of company ${companyId}`,
          typedSearchAttributes: [{ key: searchAttributes.office, value: officeId }],
        }),
      );
    },
    async reachable() {
      try {
        await client.connection.withDeadline(Date.now() + 1_000, () =>
          client.connection.workflowService.getSystemInfo({}),
        );
        return true;
      } catch {
        return false;
      }
    },
  };
}

async function patiently<T>(client: Client, call: () => Promise<T>): Promise<T> {
  try {
    return await client.connection.withDeadline(Date.now() + patienceMs, call);
  } catch (error) {
    throw asGatewayError(error);
  }
}

/**
 * A connection that is about to begin a fresh history takes nothing in, and what arrives in the very moment in which it
 * does is given back by Temporal as a failed task: a moment later it is taken.
 */
export async function untilTaken<T>(send: () => Promise<T>): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!(isForLater(error) || wasGivenBack(error)) || Date.now() > end) throw error;
      await sleep(100);
    }
  }
}

function wasGivenBack(error: unknown): boolean {
  const failedPrecondition = 9; // https://grpc.github.io/grpc/core/md_doc_statuscodes.html
  return (
    error instanceof ServiceError &&
    isGrpcServiceError(error.cause) &&
    Number(error.cause.code) === failedPrecondition
  );
}

function isForLater(error: unknown): boolean {
  return (
    error instanceof WorkflowUpdateFailedError &&
    error.cause instanceof ApplicationFailure &&
    error.cause.type === contract.tryAgain
  );
}

function asGatewayError(error: unknown): Error {
  if (error instanceof ObjectionError) return error;
  if (
    error instanceof WorkflowUpdateFailedError &&
    error.cause instanceof ApplicationFailure &&
    error.cause.type === contract.refusal
  ) {
    const { message } = error.cause;
    return new ObjectionError(isObjection(message) ? message : 'refused', { cause: error });
  }
  if (error instanceof WorkflowNotFoundError)
    return new ObjectionError('no-such-connection', { cause: error });
  return new UnavailableError('neither Temporal nor a worker answers', { cause: error });
}
