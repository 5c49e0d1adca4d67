import { mkdir, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { historiesFolder, keepHistory, keptHistories, recordScenario } from '../test/workflows/histories.ts';
import { quietRuntime } from '../test/workflows/servers.ts';
import { scenarios, type Scenario } from '../test/workflows/scenarios.ts';

const usage = `npm run record-histories -- [--overwrite] [SCENARIO …]

Tells the scenarios (all, or those that are named) and keeps the histories of their workflows in test/histories.
A history that is there already stays, because it proves that workflows begun by older code go on with the new.
  --overwrite   replaces it: only before anything of it runs in production; of all scenarios it begins with an empty folder

Scenarios: ${Object.keys(scenarios).join(', ')}`;

const { values, positionals } = parseArgs({
  options: { overwrite: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const known: Record<string, Scenario> = scenarios;
const wanted = positionals.length > 0 ? positionals : Object.keys(known);
const unknown = wanted.filter((name) => !(name in known));

if (values.help || unknown.length > 0) {
  console.log(unknown.length > 0 ? `Unknown: ${unknown.join(', ')}\n\n${usage}` : usage);
  process.exitCode = values.help ? 0 : 2;
} else await record();

async function record(): Promise<void> {
  quietRuntime();
  const kept = values.overwrite ? {} : await keptHistories();
  if (values.overwrite && positionals.length === 0) {
    await rm(historiesFolder, { recursive: true, force: true }); // of scenarios that are gone as well
    await mkdir(historiesFolder, { recursive: true });
  }
  for (const name of wanted) {
    if (Object.keys(kept).some((history) => history.startsWith(`${name}--`))) {
      console.log(`${name}: is there already`);
      continue;
    }
    const recorded = await recordScenario(name, known[name]!);
    for (const [key, history] of Object.entries(recorded))
      await keepHistory(key, history, values.overwrite ? 'w' : 'wx');
    console.log(`${name}: ${Object.keys(recorded).length} histories`);
  }
  console.log(`They are in ${historiesFolder}`);
}
