import { parseArgs } from 'node:util';
import { startTemporal } from './server.ts';

/** `npx @syncuser/temporal-sandbox [--port N] [--ui-port M] [--directory D] [--search-attribute NAME …]`; see README.md. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '7233' },
    'ui-port': { type: 'string', default: '8233' },
    directory: { type: 'string', default: '.local/temporal' },
    'search-attribute': { type: 'string', multiple: true, default: [] },
  },
});

const temporal = await startTemporal({
  directory: values.directory,
  port: Number(values.port),
  uiPort: Number(values['ui-port']),
  searchAttributes: values['search-attribute'],
  say: (sentence) => console.error(sentence),
});
console.log(`Temporal on ${temporal.address}, UI on ${temporal.uiUrl}`);
let asked = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    asked = true;
    void temporal.stop();
  });
}
await temporal.ended;
if (!asked) console.error('Temporal ended');
process.exit(asked ? 0 : 1);
