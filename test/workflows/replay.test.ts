import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import * as workflows from '../../workflows/index.ts';
import { keptHistories, type Histories } from './histories.ts';
import { workflowBundle } from './office-of-fakes.ts';
import { quietRuntime } from './servers.ts';
import { scenarios } from './scenarios.ts';

const carelessChange = fileURLToPath(new URL('../fixtures/impatient-workflows.ts', import.meta.url));

let histories: Histories;
beforeAll(async () => {
  quietRuntime();
  histories = await keptHistories();
});

/** What is wrong with each history when these workflows take it up; all of them, so that one hides no other. */
async function replay(workflowsPath?: string): Promise<Record<string, Error | null>> {
  const found: Record<string, Error | null> = {};
  const kept = Object.entries(histories).map(([workflowId, history]) => ({ workflowId, history }));
  const bundle = await workflowBundle(workflowsPath);
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: bundle }, kept))
    found[workflowId] = error ?? null;
  return found;
}

describe('the histories that are kept', () => {
  test('go on with the workflows as they are now', async () => {
    expect(await replay()).toEqual(Object.fromEntries(Object.keys(histories).map((name) => [name, null])));
  });

  test('would not go on after a careless change, every one of them', async () => {
    const found = await replay(carelessChange);
    expect(Object.keys(found)).toEqual(Object.keys(histories));
    const unharmed = Object.keys(found).filter((name) => !(found[name] instanceof DeterminismViolationError));
    expect(unharmed).toEqual([]);
  });

  test('are of every scenario and of nothing else, and know every workflow', () => {
    const names = Object.keys(histories).map((name) => name.split('--'));
    expect(new Set(names.map(([scenario]) => scenario))).toEqual(new Set(Object.keys(scenarios)));
    expect(new Set(names.map(([, type]) => type))).toEqual(new Set(Object.keys(workflows)));
  });

  test('show a fresh history that was begun with what the old one knew', () => {
    const last = histories['fresh-history--connection']?.events?.at(-1);
    expect(last?.workflowExecutionContinuedAsNewEventAttributes?.workflowType?.name).toBe('connection');
  });
});
