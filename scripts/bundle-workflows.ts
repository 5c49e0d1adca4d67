import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { builtBundle } from '../workflow-bundle.ts';

/** Writes the workflows as one file of JavaScript: without a name where the worker looks for it, as the image is built. */
const [file = builtBundle()] = process.argv.slice(2);
const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, code);
