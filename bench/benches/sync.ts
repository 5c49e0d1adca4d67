import type { Bench } from '../bench.ts';
import { runFloor } from '../parts/floor.ts';
import { readPages } from '../parts/pages.ts';
import { peakRssMB } from '../parts/processes.ts';
import { roundEnds } from '../parts/rounds.ts';
import { limitsRaised, longListFor, startSandbox } from '../parts/sandbox.ts';
import { chooseAllCompanies, logInToConnection } from '../parts/set-up.ts';
import { startSyncuser } from '../parts/syncuser.ts';

/** The floor and the pass get the same pages from the same sandbox, which has rendered all of them before. */
export const bench: Bench = {
  about: 'the first pass over the nine kinds, through Temporal and the whole engine, against a floor',
  options: {
    rows: { type: 'string', default: '1000000', about: 'how many rows, about' },
    companies: { type: 'string', default: '12', about: 'in how many companies' },
  },
  async run(run) {
    const [wanted, companies] = [run.count('rows'), run.count('companies')];
    const sandbox = await startSandbox(run, { companies, rows: longListFor(wanted / companies) });
    const pages = await readPages(sandbox, run.say);
    const floor = await runFloor(run, pages);
    const syncuser = await startSyncuser(run, { accounting: sandbox.url });
    await logInToConnection(syncuser);

    run.say('the first pass …');
    const start = performance.now();
    await chooseAllCompanies(syncuser);
    const rows = await roundEnds(syncuser, 1);
    const seconds = (performance.now() - start) / 1000;
    if (rows !== floor.rows) throw new Error(`${rows} rows came in, and there are ${floor.rows}`);

    const [rowsPerSecond, floorRowsPerSecond] = [rows / seconds, floor.rows / floor.seconds];
    return {
      rows,
      companies,
      seconds: round(seconds, 1),
      rowsPerSecond: round(rowsPerSecond),
      floorRowsPerSecond: round(floorRowsPerSecond),
      ratio: round(rowsPerSecond / floorRowsPerSecond, 2),
      peakRssMB: peakRssMB(syncuser.worker),
      limits: limitsRaised,
    };
  },
};

function round(value: number, decimals = 0): number {
  return Number(value.toFixed(decimals));
}
