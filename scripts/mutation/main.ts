import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { NotGreen, judgeAll, runFirst, type Judged } from './judging.ts';
import { instrument, readProgram } from './program.ts';
import { figuresOf, report } from './report.ts';

/**
 * `npm run mutation -- PATHS [--tests PATHS]`: changes the source files in one place at a time, and tells which changes
 * no test notices. What goes on is said on stderr; the last line on stdout is one line of JSON.
 */
const quick = ['domain', 'words', 'bot/messages', 'bot/modals', 'accounting', 'store', 'web'];
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { tests: { type: 'string', multiple: true, default: quick.map((folder) => `test/${folder}`) } },
});
process.exitCode = await main(positionals, values.tests);

async function main(paths: string[], testPaths: string[]): Promise<number> {
  if (paths.length === 0) {
    say('npm run mutation -- PATHS [--tests PATH]…, e.g. npm run mutation -- domain/ words/');
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'syncuser-mutation-'));
  try {
    return await carryOut(
      filesBelow(paths, (file) => file.endsWith('.ts') && !file.endsWith('.test.ts')),
      filesBelow(testPaths, (file) => file.endsWith('.test.ts')),
      join(folder, 'scripts.json'),
    );
  } catch (error) {
    if (!(error instanceof NotGreen)) throw error;
    say(error.message);
    return 2;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function carryOut(files: string[], tests: string[], codesFile: string): Promise<number> {
  const begin = Date.now();
  const { mutants, sources } = await instrument(files);
  const { scripts, taken, leftOut } = readProgram(tests, sources);
  writeFileSync(
    codesFile,
    JSON.stringify(Object.fromEntries([...scripts].map(([file, { code }]) => [file, code]))),
  );
  say(`${mutants.length} mutants in ${files.length} files; ${taken.length} test files reach them`);
  for (const [file, needs] of leftOut) say(`${relative(process.cwd(), file)} is left out: it needs ${needs}`);
  const first = await runFirst(codesFile, taken);
  for (const [file, ms] of first.tooSlow)
    say(`${relative(process.cwd(), file)} is left out: it takes ${Math.round(ms / 1000)} s`);
  say(`${first.count} tests pass without a mutant, after ${seconds(begin)} s`);

  const judged: Judged[] = [];
  for await (const one of judgeAll(codesFile, mutants, first)) {
    judged.push({ ...one, mutant: { ...one.mutant, file: relative(process.cwd(), one.mutant.file) } });
    if (judged.length % 200 === 0) say(`${judged.length} of ${mutants.length} after ${seconds(begin)} s`);
  }
  say(report(judged).replaceAll(`${process.cwd()}/`, ''));
  console.log(
    JSON.stringify({
      ...figuresOf(judged),
      files: files.length,
      tests: first.count,
      seconds: seconds(begin),
    }),
  );
  return 0;
}

/** The files among and below the paths, whole paths, in their order. A file that is named itself is taken as it is. */
function filesBelow(paths: readonly string[], isWanted: (file: string) => boolean): string[] {
  return paths.flatMap((path) => {
    if (statSync(path).isFile()) return [resolve(path)];
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .map((file) => resolve(path, file))
      .filter((file) => isWanted(file) && !file.includes('/node_modules/'))
      .sort();
  });
}

function say(line: string): void {
  console.error(line);
}

function seconds(begin: number): number {
  return Math.round((Date.now() - begin) / 1000);
}
