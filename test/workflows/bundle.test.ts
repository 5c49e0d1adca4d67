import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { workflowBundle } from '../../workflow-bundle.ts';

/**
 * Every workflow that is kept in memory has its own copy of all modules it was begun with: with zod among them two hundred
 * connections were 300 MB, and their worker ran out of memory.
 */
test('a workflow is made of nothing but the SDK, our workflows and what they take from domain and words', async () => {
  const bundle = await workflowBundle();
  const code = 'code' in bundle ? bundle.code : await readFile(bundle.codePath, 'utf8');
  const modules = [...code.matchAll(/^\/\*\*\*\/ "\.\/(?:node_modules\/((?:@[^/]+\/)?[^/]+)|(\w+))\//gm)];
  const packages = new Set(modules.flatMap(([, name]) => name ?? []));
  const folders = new Set(modules.flatMap(([, , name]) => name ?? []));
  expect([...packages].toSorted()).toEqual([
    '@temporalio/common',
    '@temporalio/workflow',
    'long',
    'ms',
    'nexus-rpc',
  ]);
  expect([...folders].toSorted()).toEqual(['domain', 'words', 'workflows']);
});
