import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { createTruths } from '../../gateway/truths.ts';
import { until } from '../until.ts';
import * as contract from '../../workflows/contract.ts';
import { createFakes, createWorker, hour, waits, workflowBundle } from './office-of-fakes.ts';
import { onServer, quietRuntime, realTime } from './servers.ts';
import { connected, pause, story } from './story.ts';

beforeAll(quietRuntime);

describe('What a connection knows', () => {
  test('is read from its history, also from a fresh one, and nobody has to answer', () =>
    story(
      async (story) => {
        const truths = createTruths(story.env.client);
        await story.until(({ lastSuccessAt }) => lastSuccessAt !== connected.state.lastSuccessAt);
        await pause(story);
        await story.until(({ pausedBy }) => pausedBy !== null);
        await story.untilAsked('saveConnection', 3);
        expect(await truths.of(story.connectionId)).toEqual(await story.state());
        expect(await truths.ids()).toContain(story.connectionId);
        expect(await truths.of('nobody')).toBeNull();
      },
      connected,
      realTime,
    ));

  test('does not help where its code cannot go on, which Temporal tells', () =>
    onServer(realTime, async (env) => {
      const truths = createTruths(env.client);
      const taskQueue = randomUUID();
      const workflowId = contract.workflowIds.reconnect('c-lost', 1);
      await env.client.workflow.start('nobodyKnowsThis', { workflowId, taskQueue });
      const worker = await createWorker(env, taskQueue, createFakes().activities);
      await worker.runUntil(() =>
        until(
          'Temporal to tell of it',
          async () => (await truths.standingStill()).includes('c-lost') || undefined,
          90_000,
        ),
      );
    }));

  test('is asked of a worker that began in the moment in which a timer went off, and the history of who slept replays', () =>
    onServer(realTime, async (env) => {
      const handles: WorkflowHandle[] = [];
      const taskQueue = randomUUID();
      const fakes = createFakes();
      const quietly = { ...waits, syncInterval: hour, loginCheckInterval: 4_000 };
      const first = await createWorker(env, taskQueue, fakes.activities);
      await first.runUntil(async () => {
        for (let number = 0; number < 6; number += 1) {
          const connectionId = `c-${number}`;
          const handle = await env.client.workflow.start('connection', {
            workflowId: contract.workflowIds.connection(connectionId),
            taskQueue,
            args: [
              {
                ...{ connectionId, name: 'Exact Online', system: 'exact-online', officeId: 'demo' },
                ...{ synchronisationUserId: 'sanne', requestedBy: 'sanne', waits: quietly },
                carried: { ...connected, state: { ...connected.state, id: connectionId } },
              },
            ],
          });
          handles.push(handle);
        }
        await sleep(2_500);
      });
      // Those that sleep; what a worker left in the middle of something is another thing (docs/choices.md, "Known limits").
      const asleep: WorkflowHandle[] = [];
      for (const handle of handles) {
        const last = (await handle.fetchHistory()).events?.at(-1);
        if (last?.timerStartedEventAttributes) asleep.push(handle);
      }
      expect(asleep.length).toBeGreaterThanOrEqual(2);
      // Nobody answers yet, and the timers go off meanwhile.
      const asked = asleep.map((handle) =>
        handle.query(contract.connectionState).catch((e: unknown) => String(e)),
      );
      await sleep(4_500);
      const second = await createWorker(env, taskQueue, fakes.activities);
      await second.runUntil(async () => {
        await Promise.all(asked);
        await sleep(6_000);
      });
      const bundle = await workflowBundle();
      const wrong: string[] = [];
      for (const handle of asleep) {
        const history = await handle.fetchHistory();
        for await (const { error } of Worker.runReplayHistories({ workflowBundle: bundle }, [
          { workflowId: handle.workflowId, history },
        ]))
          if (error) wrong.push(error.message);
      }
      expect(wrong).toEqual([]);
    }));
});
