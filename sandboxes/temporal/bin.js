#!/usr/bin/env node
// Not every Node that we know runs TypeScript by itself; tsx is found from here, wherever one stands.
import { register } from 'tsx/esm/api';

register();
try {
  await import('./main.ts');
} catch (error) {
  // What was typed, or a port that is taken: a trace would say less.
  const said = error.issues?.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n');
  console.error(said ?? error.message);
  console.error('All options are in README.md, beside this program.');
  process.exit(1);
}
