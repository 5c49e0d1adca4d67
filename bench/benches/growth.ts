import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError, type Bench, type BenchRun } from '../bench.ts';
import { firstPass, rounded } from '../parts/first-pass.ts';
import { readPages } from '../parts/pages.ts';
import { limitsRaised, longListFor, startSandbox } from '../parts/sandbox.ts';

export const bench: Bench = {
  about: 'first passes of ten, a hundred and a thousand thousand rows: the time per row must not grow',
  options: {
    sizes: { type: 'string', default: '10000,100000,1000000', about: 'how many rows, about' },
    companies: { type: 'string', default: '12', about: 'in how many companies' },
  },
  async run(run) {
    const sizes = String(run.values['sizes']).split(',').map(Number);
    if (sizes.length < 2 || !sizes.every((size) => size > 0))
      throw new UsageError('--sizes are two numbers or more.');
    const companies = run.count('companies');
    const passes: Awaited<ReturnType<typeof passOf>>[] = [];
    for (const size of sizes) passes.push(await passOf(run, size, companies));
    const growth = passes
      .slice(1)
      .map((pass, index) => pass.microsecondsPerRow / passes[index]!.microsecondsPerRow);
    return { passes, growth: rounded(Math.max(...growth), 2), limits: limitsRaised };
  },
};

/** An installation of its own for each size, which ends before the next begins. */
async function passOf(run: BenchRun, size: number, companies: number) {
  const folder = join(run.folder, String(size));
  await mkdir(folder);
  const tidying: (() => unknown)[] = [];
  const own = { ...run, folder, atEnd: (tidy: () => unknown) => void tidying.push(tidy) };
  try {
    const sandbox = await startSandbox(own, { companies, rows: longListFor(size / companies) });
    await readPages(sandbox, () => {});
    const { rows, seconds, peakRssMB } = await firstPass(own, sandbox);
    return {
      rows,
      seconds: rounded(seconds, 1),
      microsecondsPerRow: rounded((seconds / rows) * 1e6, 1),
      peakRssMB,
    };
  } finally {
    for (const tidy of tidying.toReversed()) await tidy();
  }
}
