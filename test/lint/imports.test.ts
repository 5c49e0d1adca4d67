import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Linter } from 'eslint';
import tseslint from 'typescript-eslint';
// @ts-expect-error: it has no types
import config, { rooms } from '../../eslint.config.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = (config as Linter.Config[]).find(({ rules = {} }) => 'import-x/no-cycle' in rules);
const everywhere = (config as Linter.Config[]).find(
  ({ files, rules = {} }) => !files && 'no-restricted-imports' in rules,
);
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'syncuser-lint-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** What our rules of imports say of a file, without the rules that need types. */
function saidOf(code: string, filename: string, cwd: string): string[] {
  const rules = Object.entries({ ...main?.rules, ...everywhere?.rules }).filter(([name]) =>
    /^(import-x|no-restricted-imports)/.test(name),
  );
  const { plugins, settings } = main ?? {};
  const ours = {
    files: ['**/*.ts'],
    ...(plugins && { plugins }),
    ...(settings && { settings }),
    languageOptions: { parser: tseslint.parser },
    rules: Object.fromEntries(rules),
  } as Linter.Config;
  return new Linter({ cwd }).verify(code, [ours], { filename }).map(({ message }) => message);
}

test('two files that import each other are found, and two that do not are not', () => {
  const one = "import { two } from './two.ts';\nexport const one: number = two;\n";
  writeFileSync(join(folder, 'one.ts'), one);
  writeFileSync(join(folder, 'two.ts'), "import { one } from './one.ts';\nexport const two: number = one;\n");
  writeFileSync(join(folder, 'three.ts'), 'export const three: number = 3;\n');
  expect(saidOf(one, join(folder, 'one.ts'), folder)).toEqual([
    expect.stringMatching(/^Dependency cycle detected/),
  ]);
  const fine = "import { three } from './three.ts';\nexport const four: number = three;\n";
  expect(saidOf(fine, join(folder, 'four.ts'), folder)).toEqual([]);
});

test.each([
  ['domain/careless.ts', '../store/database/json.ts'],
  ['store/careless.ts', '../bot/ids.ts'],
  ['bot/careless.ts', '../activities/names.ts'],
  ['web/careless.ts', '../workflows/clock.ts'],
  ['accounting/careless.ts', '../config.ts'],
  ['gateway/careless.ts', '../bot/ids.ts'],
  ['store/database/careless.ts', '../sync/live-rows.ts'],
  ['workflows/incidents/careless.ts', '../connections/connection.ts'],
  ['store/careless.ts', '@syncuser/tryton-sandbox'],
  ['worker.ts', '@syncuser/slack-sandbox'],
  ['installation.ts', './start/ports.ts'],
  ['sandboxes/tryton/careless.ts', '../../accounting/http.ts'],
  ['sandboxes/slack/test/careless.ts', '../../../test/until.ts'],
  ['sandboxes/slack/careless.ts', '@syncuser/exact-online-sandbox'],
])('%s must not import %s', (file, from) => {
  const said = saidOf(
    `import * as other from '${from}';\nexport const found = other;\n`,
    join(root, file),
    root,
  );
  expect(said).toEqual([expect.stringMatching(/^Unexpected path/)]);
});

test.each([
  ['start.ts', './sandboxes/slack/server.ts'],
  ['start/careless.ts', '../sandboxes/temporal/server.ts'],
  ['bench/parts/careless.ts', '../../sandboxes/exact-online/index.ts'],
  ['test/bot/careless.ts', '@syncuser/slack-sandbox/server.ts'],
])('%s must not reach into a sandbox for %s', (file, from) => {
  const said = saidOf(
    `import * as other from '${from}';\nexport const found = other;\n`,
    join(root, file),
    root,
  );
  expect(said).toEqual([expect.stringMatching(/Import the package/)]);
});

test.each([
  ['start.ts', '@syncuser/slack-sandbox'],
  ['bench/parts/careful.ts', '@syncuser/exact-online-sandbox'],
  ['sandboxes/slack/test/careful.ts', '../server.ts'],
])('%s may import %s', (file, from) => {
  const said = saidOf(
    `import * as other from '${from}';\nexport const found = other;\n`,
    join(root, file),
    root,
  );
  expect(said).toEqual([]);
});

/** Folders that are no rooms: they serve all of them. */
const others: Record<string, string[]> = {
  domain: ['announcements'],
  'sandboxes/exact-online': ['test'],
};

test.each(Object.entries(rooms as Record<string, string[]>))(
  'in %s every folder is a room, and has its place in their order',
  (layer, order) => {
    const folders = readdirSync(join(root, layer), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(folders.toSorted()).toEqual([...order, ...(others[layer] ?? [])].toSorted());
  },
);
