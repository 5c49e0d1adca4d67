import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { transformSync } from 'esbuild';

/** One change of one place in a source file, which is switched on by its id. */
export interface Mutant {
  id: string;
  file: string;
  line: number;
  column: number;
  mutator: string;
  original: string;
  replacement: string;
}

/** A file of ours as a script that asks for others by `require`, by their whole paths where they are ours. */
export interface Script {
  code: string;
  ours: string[];
  packages: string[];
}

/** A test file that takes part; `reaches` holds every file of ours that it loads. */
export interface TestFile {
  file: string;
  reaches: ReadonlySet<string>;
}

/** Whatever stands here needs another program, or a clock of jest: such tests take minutes, or cannot be run again and again. */
const tooMuch: Record<string, string> = {
  '@jest/globals jest': 'the clock of jest',
  '@syncuser/temporal-sandbox': 'Temporal',
  '@syncuser/tryton-sandbox': 'Tryton',
  '@temporalio/testing': 'Temporal',
  '@temporalio/worker': 'Temporal',
  'node:child_process': 'programs of its own',
  'playwright-core': 'a browser',
};

/** Puts every mutant of the files into them, each behind a switch. */
export async function instrument(files: readonly string[]) {
  const silent = () => undefined;
  const never = () => false;
  const instrumenter = new Instrumenter({
    isTraceEnabled: never,
    isDebugEnabled: never,
    isInfoEnabled: never,
    isWarnEnabled: never,
    isErrorEnabled: never,
    isFatalEnabled: never,
    trace: silent,
    debug: silent,
    info: silent,
    warn: silent,
    error: silent,
    fatal: silent,
  });
  const texts = new Map(files.map((name) => [name, readFileSync(name, 'utf8')]));
  const sources = [...texts].map(([name, content]) => ({ name, content, mutate: true }));
  const made = await instrumenter.instrument(sources, { plugins: null, excludedMutations: [], ignorers: [] });
  const mutants = made.mutants.map((mutant): Mutant => {
    const { start, end } = mutant.location;
    return {
      id: mutant.id,
      file: mutant.fileName,
      line: start.line + 1,
      column: start.column + 1,
      mutator: mutant.mutatorName,
      original: between(texts.get(mutant.fileName)!, start, end),
      replacement: mutant.replacement,
    };
  });
  return { mutants, sources: new Map(made.files.map(({ name, content }) => [name, content])) };
}

interface Place {
  line: number;
  column: number;
}

function between(text: string, start: Place, end: Place): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  lines[lines.length - 1] = lines.at(-1)!.slice(0, end.column);
  lines[0] = lines[0]!.slice(start.column);
  return lines.join('\n');
}

/**
 * The given test files and all they load, as scripts; `sources` are taken instead of what stands on the disk.
 * Left out are test files that reach none of the sources, and those that need too much, each with what it needs.
 */
export function readProgram(tests: readonly string[], sources: ReadonlyMap<string, string>) {
  const scripts = new Map<string, Script>();
  const script = (file: string): Script => {
    const known = scripts.get(file) ?? compile(file, sources.get(file) ?? readFileSync(file, 'utf8'));
    scripts.set(file, known);
    return known;
  };
  const taken: TestFile[] = [];
  const leftOut = new Map<string, string>();
  for (const file of tests) {
    const reaches = new Set([file]);
    for (const one of reaches) for (const other of script(one).ours) reaches.add(other);
    if (![...reaches].some((one) => sources.has(one))) continue;
    const packages = [...reaches].flatMap((one) => scripts.get(one)!.packages);
    const needs = packages.map((name) => tooMuch[name]).find(Boolean);
    if (needs) leftOut.set(file, needs);
    else taken.push({ file, reaches });
  }
  return { scripts, taken, leftOut };
}

function compile(file: string, source: string): Script {
  const ours: string[] = [];
  const packages: string[] = [];
  const { code } = transformSync(source, {
    loader: 'ts',
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcefile: relative(process.cwd(), file),
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(file).href) },
    logLevel: 'silent',
  });
  // This is how esbuild calls it where the clock of jest is used.
  if (code.includes('import_globals.jest.')) packages.push('@jest/globals jest');
  const resolved = code.replaceAll(/\brequire\("([^"]+)"\)/g, (whole, name: string) => {
    const path = ourFile(file, name);
    if (path === undefined) packages.push(name);
    else ours.push(path);
    return path === undefined ? whole : `require(${JSON.stringify(path)})`;
  });
  // What esbuild makes of an import differs from Node in what a default is; scripts.ts has it as Node does.
  return { code: resolved.replaceAll('__toESM(require(', '__import(require('), ours, packages };
}

/** Where a file of ours lies that another one imports; undefined for a package, and for what is not there. */
function ourFile(from: string, name: string): string | undefined {
  if (name.startsWith('@syncuser/')) return realpathSync(createRequire(from).resolve(name));
  const path = resolve(dirname(from), name);
  return name.startsWith('.') && path.endsWith('.ts') && existsSync(path) ? path : undefined;
}
