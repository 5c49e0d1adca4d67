import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { loadConfig } from '../config.ts';
import { connectionOptions } from '../temporal-access.ts';
import { workflowBundle } from '../workflow-bundle.ts';

/**
 * Replays the histories of a real cluster against the workflows of this checkout, one after the other. A history that
 * does not replay is named, and the exit code is 1. It changes nothing on the cluster.
 */
const { values } = parseArgs({
  options: { query: { type: 'string', default: "ExecutionStatus = 'Running'" } },
});
const { temporal } = loadConfig();
const { namespace } = temporal;
const connection = await Connection.connect(connectionOptions(temporal));
const { workflow } = new Client({ connection, namespace });
Runtime.install({ logger: new DefaultLogger('ERROR') });
const count = { good: 0, bad: 0 };
try {
  const histories = workflow.list({ query: values.query }).intoHistories();
  for await (const { workflowId, error } of Worker.runReplayHistories(
    { workflowBundle: await workflowBundle() },
    histories,
  )) {
    count[error ? 'bad' : 'good'] += 1;
    if (error) console.log(`${workflowId}: ${error.message}`);
  }
} finally {
  await connection.close();
}
console.log(`${count.good} replay, ${count.bad} do not`);
if (count.bad > 0) process.exitCode = 1;
