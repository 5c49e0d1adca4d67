import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import type { ApplicationFailure } from '@temporalio/common';
import { createDeliveryActivities, NotDelivered } from '../../activities/deliveries.ts';
import { asApplicationFailure, withKnownFailures } from '../../activities/failures.ts';
import type { Outcome, RefusalAbout } from '../../domain/deliveries.ts';
import { createFakes, createWorker } from './office-of-fakes.ts';
import { quietRuntime, skipTime } from './servers.ts';

let env: TestWorkflowEnvironment;
let worker: Worker;
let running: Promise<void>;
const taskQueue = randomUUID();
/** What Slack says to the attempts at each key, the last one again and again; and how often it was asked. */
const answers = new Map<string, Outcome[]>();
const asked: string[] = [];
const givenUp: string[] = [];

const refuses = (about: RefusalAbout, code = 'code', retryAfterMs: number | null = null): Outcome => ({
  kind: 'waits',
  refusal: { about, code, retryAfterMs },
});
const times = (key: string) => asked.filter((one) => one === key).length;

beforeAll(async () => {
  quietRuntime();
  env = await skipTime();
  const deliveries = withKnownFailures(
    createDeliveryActivities({
      deliveries: {
        async carryOut(key) {
          asked.push(key);
          const left = answers.get(key) ?? [];
          return (left.length > 1 ? left.shift() : left[0]) ?? { kind: 'said' };
        },
        giveUp: async (key) => void givenUp.push(key),
      },
    }),
  );
  worker = await createWorker(env, taskQueue, { ...createFakes().activities, ...deliveries });
  running = worker.run();
});
afterAll(async () => {
  worker.shutdown();
  await running;
  await env.teardown();
});

const deliver = (key: string): Promise<unknown> =>
  env.client.workflow.execute('deliver', {
    workflowId: `deliver/${key}`,
    taskQueue,
    args: [{ key, whom: 'channel C1', what: 'disconnection' }],
  });

test('Something that Slack did not take is tried until it does, after as long as Slack wants', async () => {
  answers.set('busy', [refuses('passing', 'ratelimited', 30_000), refuses('passing'), { kind: 'said' }]);
  expect(await deliver('busy')).toBe('said');
  expect(times('busy')).toBe(3);
});

test('What concerns the recipient is tried again and again, until somebody mended it', async () => {
  answers.set('archived', [...Array.from({ length: 30 }, () => refuses('recipient')), { kind: 'said' }]);
  expect(await deliver('archived')).toBe('said');
  expect(times('archived')).toBe(31);
});

test.each([
  ['passing', 7_000, 7_000],
  ['passing', null, undefined], // as the workflow's policy says
  ['recipient', null, 2 * 60_000],
  ['message', null, 10 * 60_000],
  ['installation', null, 60_000],
] as const)('What is about %s and says %s ms waits %s ms until the next try', (about, retryAfterMs, wait) => {
  const failure = asApplicationFailure(new NotDelivered({ about, retryAfterMs, code: 'any' }));
  expect(failure).toMatchObject({ type: 'NotDelivered', nonRetryable: false });
  expect((failure as ApplicationFailure).nextRetryDelay ?? undefined).toBe(wait);
});

test('What was overtaken meanwhile is over, and what nobody takes for days is given up and kept', async () => {
  answers.set('overtaken', [{ kind: 'over' }]);
  expect(await deliver('overtaken')).toBe('over');
  answers.set('hopeless', [refuses('recipient', 'is_archived')]);
  expect(await deliver('hopeless')).toBe('given-up');
  expect(givenUp).toEqual(['hopeless']);
});
