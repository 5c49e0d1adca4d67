import { workflowIds } from '../../workflows/contract.ts';
import type { Bench } from '../bench.ts';
import { firstPass, rounded } from '../parts/first-pass.ts';
import { cpuMs } from '../parts/processes.ts';
import { roundEnds } from '../parts/rounds.ts';
import { limitsRaised, startSandbox } from '../parts/sandbox.ts';
import { syncAgain } from '../parts/set-up.ts';
import { connectionId } from '../parts/syncuser.ts';

/** Which lists say what companies there are; they are asked once in a round, whatever the number of companies. */
const companyLists = ['current/Me', 'system/AllDivisions', 'system/Divisions'];
/** A list per kind. One log of deletions holds all kinds that have one. */
const leastPerCompany = 9 + 1;

export const bench: Bench = {
  about: 'a pass in which nothing has changed: requests, rows written, events in Temporal, processor time',
  options: {
    companies: { type: 'string', default: '100', about: 'how many companies' },
    rows: { type: 'string', default: '40', about: 'how long the long lists of a company are' },
  },
  async run(run) {
    const [companies, rows] = [run.count('companies'), run.count('rows')];
    const sandbox = await startSandbox(run, { companies, rows });
    const { syncuser } = await firstPass(run, sandbox);
    const { store, temporal, worker } = syncuser;
    const handle = (id: string) => temporal.workflow.getHandle(id);
    const connection = handle(workflowIds.connection(connectionId));
    const places = async () => ({
      requests: await sandbox.requests(),
      seq: await store.masterData.lastSeq({ connectionId }),
      cpu: cpuMs(worker),
      events: (await connection.describe()).historyLength,
    });

    run.say('once more, with nothing changed …');
    const before = await places();
    const start = performance.now();
    await syncAgain(syncuser);
    await roundEnds(syncuser, 2);
    const seconds = (performance.now() - start) / 1000;
    const after = await places();

    const asked = Object.entries(after.requests)
      .map(([resource, count]) => [resource, count - (before.requests[resource] ?? 0)] as const)
      .filter(([, count]) => count > 0);
    const sum = (some: typeof asked) => some.reduce((total, [, count]) => total + count, 0);
    const { historyLength } = await handle(workflowIds.sync(connectionId, 2)).describe();
    const events = historyLength + after.events - before.events;
    return {
      companies,
      requests: sum(asked),
      minimumRequests: companies * leastPerCompany + pagesOfLists(companies),
      requestsByResource: Object.fromEntries(asked),
      rowsWritten: after.seq - before.seq,
      temporalEventsPerCompany: rounded(events / companies, 2),
      cpuMsPerCompany:
        before.cpu === null || after.cpu === null ? null : rounded((after.cpu - before.cpu) / companies, 1),
      seconds: rounded(seconds, 1),
      limits: limitsRaised,
    };
  },
};

/** Who is logged in, and both lists of companies, in pages of sixty. */
function pagesOfLists(companies: number): number {
  return 1 + (companyLists.length - 1) * Math.ceil(companies / 60);
}
