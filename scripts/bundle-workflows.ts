import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/**
 * Writes the workflows as one file of JavaScript, for the worker that starts this (worker.ts): the packer takes a
 * hundred megabytes, which a process of its own gives back.
 */
const [file] = process.argv.slice(2);
if (!file) throw new Error('bundle-workflows.ts FILE');
const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
writeFileSync(file, code);
