import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { loadConfig } from '../config.ts';

/**
 * Replays the histories of a real cluster against the workflows of this checkout, one after the other. A history that
 * does not replay is named, and the exit code is 1. It changes nothing on the cluster.
 */
const { values } = parseArgs({
  options: { query: { type: 'string', default: "ExecutionStatus = 'Running'" } },
});
const { address, namespace, apiKey } = loadConfig().temporal;
const connection = await Connection.connect({
  address,
  ...(apiKey ? { apiKey: apiKey.reveal(), tls: true } : {}),
});
const { workflow } = new Client({ connection, namespace });
Runtime.install({ logger: new DefaultLogger('ERROR') });
const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url));
const count = { good: 0, bad: 0 };
try {
  const histories = workflow.list({ query: values.query }).intoHistories();
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowsPath }, histories)) {
    count[error ? 'bad' : 'good'] += 1;
    if (error) console.log(`${workflowId}: ${error.message}`);
  }
} finally {
  await connection.close();
}
console.log(`${count.good} replay, ${count.bad} do not`);
if (count.bad > 0) process.exitCode = 1;
