import { masterDataKinds } from '../../domain/master-data.ts';
import type { Bench, BenchRun } from '../bench.ts';
import { firstPass, measure, rounded } from '../parts/first-pass.ts';
import { readPages } from '../parts/pages.ts';
import { roundEnds } from '../parts/rounds.ts';
import { limitsRaised, longListFor, startSandbox, type Sandbox } from '../parts/sandbox.ts';
import { syncAgain } from '../parts/set-up.ts';
import { connectionId, type RunningSyncuser } from '../parts/syncuser.ts';

/** One row in so many changes. */
const oneIn = 100;

export const bench: Bench = {
  about: 'a pass in which 1 % of the rows has changed, against the first pass',
  options: {
    rows: { type: 'string', default: '1000000', about: 'how many rows, about' },
    companies: { type: 'string', default: '12', about: 'in how many companies' },
  },
  async run(run) {
    const [wanted, companies] = [run.count('rows'), run.count('companies')];
    const sandbox = await startSandbox(run, { companies, rows: longListFor(wanted / companies) });
    await readPages(sandbox, run.say);
    const first = await firstPass(run, sandbox);
    const changed = await changeRows(sandbox, first.syncuser, run);
    const { store } = first.syncuser;
    const before = await store.masterData.lastSeq({ connectionId });
    const again = await measure(first.syncuser, async () => {
      await syncAgain(first.syncuser);
      return roundEnds(first.syncuser, 2);
    });
    const { rows } = await store.masterData.rows({ connectionId, after: before, limit: changed * 2 });
    if (rows.length !== changed) throw new Error(`${rows.length} changes came in, of ${changed}`);
    return {
      rows: first.rows,
      changed,
      seconds: rounded(again.seconds, 1),
      fullSeconds: rounded(first.seconds, 1),
      timeShare: rounded(again.seconds / first.seconds, 3),
      bytesWritten: again.bytes,
      fullBytesWritten: first.bytes,
      bytesShare: again.bytes === null || !first.bytes ? null : rounded(again.bytes / first.bytes, 3),
      limits: limitsRaised,
    };
  },
};

/** @returns how many rows were changed, spread over all companies and kinds */
async function changeRows(sandbox: Sandbox, { store }: RunningSyncuser, run: BenchRun): Promise<number> {
  let changed = 0;
  for (const { companyId, kind, rows } of await store.syncPositions.forConnection(connectionId)) {
    const change = Math.floor(rows / oneIn);
    if (change === 0 || !masterDataKinds.includes(kind)) continue;
    await sandbox.turn('rows', { division: Number(companyId), kind, change });
    changed += change;
  }
  run.say(`${changed} rows were changed`);
  return changed;
}
