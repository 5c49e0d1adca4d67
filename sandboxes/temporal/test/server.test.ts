import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import getPort from 'get-port';
import { startTemporal, waitForTemporal } from '../server.ts';

const colour = defineSearchAttributeKey('Colour', 'KEYWORD');
let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'syncuser-temporal-'))));
afterEach(() => rmSync(directory, { recursive: true }));

/** A port that was free a moment ago may be somebody else's by now; then others are tried. */
async function start(attempts = 5): ReturnType<typeof startTemporal> {
  const ports = { port: await getPort(), uiPort: await getPort() };
  return startTemporal({ directory, ...ports, searchAttributes: [colour.name] }).catch((error: unknown) => {
    if (attempts === 1) throw error;
    return start(attempts - 1);
  });
}

describe('The local Temporal', () => {
  test('keeps workflows and search attributes when it is killed and started again', async () => {
    const first = await start();
    await startWorkflow(first.address);
    process.kill(first.pid, 'SIGKILL');
    await first.stop();

    const second = await start();
    try {
      expect(await statusOf(second.address)).toEqual({ name: 'RUNNING', colours: ['blue'] });
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
      typedSearchAttributes: [{ key: colour, value: 'blue' }],
    }),
  );
}

function statusOf(address: string) {
  return withClient(address, async (client) => {
    const { status, typedSearchAttributes } = await client.workflow.getHandle('w-1').describe();
    return { name: status.name, colours: [typedSearchAttributes.get(colour)] };
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
