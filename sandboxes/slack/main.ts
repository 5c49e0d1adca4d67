import { parseArgs } from 'node:util';
import { readWorkspace } from './local/workspace.ts';
import { startSlack } from './server.ts';

/** `npx @syncuser/slack-sandbox [--port N] [--api-port M] [--directory D] [--workspace FILE]`; see README.md. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3100' },
    'api-port': { type: 'string', default: '3101' },
    directory: { type: 'string', default: '.local/slack' },
    workspace: { type: 'string' },
  },
});

const slack = await startSlack({
  directory: values.directory,
  workspace: readWorkspace(values.workspace),
  port: Number(values.port),
  apiPort: Number(values['api-port']),
});
let asked = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    asked = true;
    void slack.stop();
  });
}
console.log(`Slack on ${slack.url}, API on ${slack.apiUrl}`);
await slack.ended;
if (!asked) console.error('local-slack ended');
process.exit(asked ? 0 : 1);
