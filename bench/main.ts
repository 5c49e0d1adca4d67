import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError, type Bench, type BenchRun, type Figures } from './bench.ts';

/**
 * `npm run bench -- NAME [options]`: what goes on is told on stderr, and the last line on stdout is one line of JSON.
 * Everything a bench makes is in a folder of its own under TMPDIR, which is gone afterwards.
 */
async function main([name, ...args]: string[]): Promise<number> {
  const names = await namesOfBenches();
  if (!name || !names.includes(name)) {
    if (name && name !== '--help') say(`There is no bench "${name}".`);
    say(await usage(names));
    return name === '--help' ? 0 : 2;
  }
  const bench = await load(name);
  try {
    const values = parseArgs({ args, options: bench.options }).values as BenchRun['values'];
    const figures = await carryOut(bench, values);
    console.log(JSON.stringify({ bench: name, ...figures }));
    return bench.holds?.(figures) === false ? 1 : 0;
  } catch (error) {
    if (!isUsage(error)) return 1; // it was said when it happened
    say(`${error.message}\n${await describe(name)}`);
    return 2;
  }
}

async function carryOut(bench: Bench, values: BenchRun['values']): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'syncuser-bench-'));
  const tidying: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })];
  const asked = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => reject(new Error(`ended by ${signal}`)));
  });
  const count = (option: string) => {
    const value = Number(values[option]);
    if (Number.isInteger(value) && value >= 0) return value;
    throw new UsageError(`--${option} must be a whole number.`);
  };
  const run = { values, count, folder, say, atEnd: (tidy: () => unknown) => void tidying.push(tidy) };
  try {
    return await Promise.race([bench.run(run), asked]);
  } catch (error) {
    // Before what still runs is taken the ground from under its feet, and says so as well.
    if (!isUsage(error)) say(String((error as Error).stack));
    throw error;
  } finally {
    for (const tidy of tidying.toReversed()) await tidy();
  }
}

const isUsage = (error: unknown): error is Error =>
  error instanceof UsageError || String((error as { code?: unknown }).code).includes('ARGS');

async function usage(names: string[]): Promise<string> {
  const described = await Promise.all(names.map(describe));
  return ['npm run bench -- NAME [options]', ...described].join('\n\n');
}

async function describe(name: string): Promise<string> {
  const { about, options } = await load(name);
  const lines = Object.entries(options).map(([option, { about: what, default: standard }]) => {
    const otherwise = typeof standard === 'string' ? ` (${standard})` : '';
    return `    --${option}  ${what}${otherwise}`;
  });
  return [`  ${name}: ${about}`, ...lines].join('\n');
}

const benches = new URL('./benches/', import.meta.url);

async function namesOfBenches(): Promise<string[]> {
  return (await readdir(benches)).map((file) => basename(file, '.ts')).sort();
}

async function load(name: string): Promise<Bench> {
  const { bench } = (await import(new URL(`${name}.ts`, benches).href)) as { bench: Bench };
  return bench;
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

// Whatever a library still holds open must not keep the process.
process.exit(await main(process.argv.slice(2)));
