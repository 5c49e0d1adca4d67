import { parseArgs } from 'node:util';
import { ConfigError, readConfig, readEnvironment } from '../config.ts';
import { leaving, removalRefused, withFormerPeople } from '../domain/succession/leaving.ts';
import { openInstallation } from '../installation.ts';

/**
 * Looks at an office file before it is put in the place of the one in use: whether it is right, and whether it takes
 * somebody out whom a connection leans on. Then the exit code is 1. It changes nothing.
 */
const { positionals } = parseArgs({ allowPositionals: true });
const [file] = positionals;
const environment = readEnvironment();
try {
  const config = readConfig({ ...environment, ...(file && { OFFICE_FILE: file }) });
  const installation = await openInstallation(config);
  try {
    const office = withFormerPeople(config.office, await installation.store.officePeople.all());
    const connections = (await installation.store.connections.all()).filter(
      ({ link }) => link.state !== 'abandoned',
    );
    const refused = connections.flatMap((state) =>
      leaving(office, state).map((one) => removalRefused(one, state.name)),
    );
    for (const sentence of refused) console.log(sentence);
    if (refused.length > 0) process.exitCode = 1;
    else console.log('This office file can be used: no connection leans on anybody it takes out.');
  } finally {
    await installation.close();
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.log(error.message);
  process.exitCode = 1;
}
