import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import getPort from 'get-port';
import { startOnFreePorts } from '../../../sandbox/launch/ports.ts';
import { startTemporal, waitForTemporal } from '../../../sandbox/temporal/server.ts';
import { searchAttributeNames, searchAttributes } from '../../../workflows/search-attributes.ts';

let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'syncuser-temporal-'))));
afterEach(() => rmSync(directory, { recursive: true }));

async function start() {
  const free = { port: await getPort(), uiPort: await getPort() };
  return startOnFreePorts(free, (ports) =>
    startTemporal({ directory, ...ports, searchAttributes: searchAttributeNames }),
  );
}

describe('The local Temporal', () => {
  test('keeps workflows and search attributes when it is killed and started again', async () => {
    const first = await start();
    await startWorkflow(first.address);
    process.kill(first.pid, 'SIGKILL');
    await first.stop();

    const second = await start();
    try {
      expect(await statusOf(second.address)).toEqual({ name: 'RUNNING', connection: ['c-1'] });
      expect((await fetch(second.uiUrl)).status).toBe(200);
    } finally {
      await second.stop();
    }
  });

  test('is said to be silent when nothing answers', async () => {
    await expect(waitForTemporal(`localhost:${await getPort()}`, 'default', 0)).rejects.toThrow(
      /does not answer at localhost/,
    );
  });
});

async function startWorkflow(address: string): Promise<void> {
  await withClient(address, (client) =>
    client.workflow.start('waits', {
      workflowId: 'w-1',
      taskQueue: 'nobody-listens',
      typedSearchAttributes: [{ key: searchAttributes.connection, value: 'c-1' }],
    }),
  );
}

function statusOf(address: string) {
  return withClient(address, async (client) => {
    const { status, typedSearchAttributes } = await client.workflow.getHandle('w-1').describe();
    return { name: status.name, connection: [typedSearchAttributes.get(searchAttributes.connection)] };
  });
}

async function withClient<T>(address: string, use: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await use(new Client({ connection }));
  } finally {
    await connection.close();
  }
}
