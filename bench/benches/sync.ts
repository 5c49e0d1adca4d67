import type { Bench } from '../bench.ts';
import { firstPass, rounded } from '../parts/first-pass.ts';
import { runFloor } from '../parts/floor.ts';
import { readPages } from '../parts/pages.ts';
import { limitsRaised, longListFor, startSandbox } from '../parts/sandbox.ts';

/** The floor and the pass get the same pages from the same sandbox, which has rendered all of them before. */
export const bench: Bench = {
  about: 'the first pass over the ten kinds, through Temporal and the whole engine, against a floor',
  options: {
    rows: { type: 'string', default: '1000000', about: 'how many rows, about' },
    companies: { type: 'string', default: '12', about: 'in how many companies' },
    profile: { type: 'string', about: 'a folder for a CPU profile of the worker' },
  },
  async run(run) {
    const [wanted, companies] = [run.count('rows'), run.count('companies')];
    const sandbox = await startSandbox(run, { companies, rows: longListFor(wanted / companies) });
    const pages = await readPages(sandbox, run.say);
    const floor = await runFloor(run, pages);
    const profile = run.values['profile'] as string | undefined;
    const { rows, seconds, peakRssMB } = await firstPass(run, sandbox, { profile });
    if (rows !== floor.rows) throw new Error(`${rows} rows came in, and there are ${floor.rows}`);

    const [rowsPerSecond, floorRowsPerSecond] = [rows / seconds, floor.rows / floor.seconds];
    return {
      rows,
      companies,
      seconds: rounded(seconds, 1),
      rowsPerSecond: rounded(rowsPerSecond),
      floorRowsPerSecond: rounded(floorRowsPerSecond),
      ratio: rounded(rowsPerSecond / floorRowsPerSecond, 2),
      peakRssMB,
      limits: limitsRaised,
    };
  },
};
