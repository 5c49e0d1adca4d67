import { randomUUID } from 'node:crypto';
import { masterDataKinds } from '../../domain/master-data.ts';
import { taskQueue, workflowIds, type VerifyInput, type VerifyResult } from '../../workflows/contract.ts';
import type { Bench } from '../bench.ts';
import { firstPass, rounded } from '../parts/first-pass.ts';
import { limitsRaised, startSandbox } from '../parts/sandbox.ts';
import { connectionId } from '../parts/syncuser.ts';

export const bench: Bench = {
  about:
    'what a login may read, in every company and kind; then once more, when nothing needs to be asked again',
  options: {
    companies: { type: 'string', default: '100', about: 'how many companies' },
    rows: { type: 'string', default: '10', about: 'how long the long lists of a company are' },
  },
  async run(run) {
    const companies = run.count('companies');
    const sandbox = await startSandbox(run, { companies, rows: run.count('rows') });
    const { syncuser } = await firstPass(run, sandbox);
    const { store, temporal, state, until } = syncuser;
    const { login } = await state();
    if (!login) throw new Error('nobody is logged in');
    const { grantId } = login;
    // A new connection verifies its login by itself, which must not be counted here.
    await until(() => store.verifications.latest({ connectionId, grantId }));

    const verify = async (believedMs: number) => {
      const verification = `bench-${randomUUID()}`;
      const order: VerifyInput = {
        connectionId,
        verification,
        grantId,
        reason: 'asked',
        believedMs,
        waits: { retryDelayed: 1_000, patience: 600_000 },
        by: null,
      };
      const before = count(await sandbox.requests());
      const start = performance.now();
      const handle = await temporal.workflow.start('verifyPermissions', {
        workflowId: workflowIds.verify(connectionId, verification),
        taskQueue,
        args: [order],
      });
      const { finished, counts } = (await handle.result()) as VerifyResult;
      const seconds = (performance.now() - start) / 1000;
      if (!finished || counts.fine !== companies)
        throw new Error(`only ${counts.fine} of ${companies} companies are known to be fine`);
      const requests = count(await sandbox.requests()) - before;
      return { requests, seconds, events: (await handle.describe()).historyLength };
    };
    run.say('everything is asked for …');
    const whole = await verify(0);
    run.say('and once more, with nothing to ask again …');
    const again = await verify(24 * 60 * 60_000);
    return {
      companies,
      kinds: masterDataKinds.length,
      requests: whole.requests,
      minimumRequests: companies * masterDataKinds.length + listRequests(companies),
      seconds: rounded(whole.seconds, 1),
      temporalEvents: whole.events,
      again: {
        requests: again.requests,
        minimumRequests: listRequests(companies),
        seconds: rounded(again.seconds, 1),
        temporalEvents: again.events,
      },
      limits: limitsRaised,
    };
  },
};

const count = (requests: Record<string, number>) =>
  Object.values(requests).reduce((total, number) => total + number, 0);

/** Who is logged in, and what there is against what they reach, in pages of sixty. */
function listRequests(companies: number): number {
  return 1 + 2 * Math.ceil(companies / 60);
}
