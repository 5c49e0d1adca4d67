import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, test } from '@jest/globals';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import fc from 'fast-check';
import * as contract from '../../workflows/contract.ts';
import { found, workflowBundle } from './office-of-fakes.ts';
import { quietRuntime, realTime } from './servers.ts';
import { connected, story, type Story } from './story.ts';

beforeAll(quietRuntime);

/** How many connections walk, and from which seed: `WALKS=200 WALK_SEED=7 npm test -- test/workflows/walks.test.ts`. */
const walks = Number(process.env['WALKS'] ?? 4);
const seed = Number(process.env['WALK_SEED'] ?? 1);

/** So short that something falls due all the time. */
const shortWaits: Partial<contract.Waits> = {
  syncInterval: 1_500,
  loginCheckInterval: 700,
  keepAliveInterval: 2_300,
  verifyInterval: 1_900,
  retryDelayed: 400,
  tellDelayAfter: { outage: 300, 'rate-limit': 600 },
  reminders: [600, 900],
  undoChange: 1_200,
  invitationLapses: 2_500,
};

const steps = [
  'pause',
  'pause',
  'resume',
  'resume',
  'synchronise',
  'stand-in',
  'refused-stand-in',
  'refused-undo',
  'undo',
  'refused-cancel',
  'cancel',
  'verify',
  'change',
  'log-in',
  'acknowledge',
  'snooze',
  'snooze-too-long',
  'plan-handover',
  'cancel-handover',
  'called',
  'linked',
  'broke',
  'query',
] as const;
type Step = (typeof steps)[number];

interface Walker {
  handle: Story['handle'];
  act: Story['act'];
}

/** Something a person, the package or another workflow does; it may well be refused. */
async function take({ handle, act }: Walker, step: Step): Promise<unknown> {
  const at = (inMs: number) => new Date(Date.now() + inMs).toISOString();
  switch (step) {
    case 'pause':
      return handle.executeUpdate(contract.pause, { args: [act()] });
    case 'resume':
      return handle.executeUpdate(contract.resume, { args: [act()] });
    case 'synchronise':
      return handle.executeUpdate(contract.syncNow, { args: [act()] });
    case 'stand-in':
      return handle.executeUpdate(contract.setStandIn, { args: [{ ...act(), person: 'petra' }] });
    case 'refused-stand-in':
      return handle.executeUpdate(contract.setStandIn, { args: [{ ...act(), person: 'sanne' }] });
    case 'undo':
    case 'refused-undo':
      return handle.executeUpdate(contract.undoChange, { args: [act()] });
    case 'cancel':
    case 'refused-cancel':
      return handle.executeUpdate(contract.cancelInvitation, { args: [act()] });
    case 'verify':
      return handle.executeUpdate(contract.verify, { args: [act()] });
    case 'change':
      return handle.executeUpdate(contract.changeSynchronisationUser, {
        args: [{ ...act(), to: 'tom', fate: 'let-go' }],
      });
    case 'log-in':
      for (const [signInId, purpose] of [['tom', 'change'] as const, ['first', 'reconnect'] as const])
        await handle.executeUpdate(contract.signInReturned, {
          args: [{ signInId: `${signInId}/${act().actionId}`, purpose }],
        });
      return;
    case 'acknowledge':
      return handle.executeUpdate(contract.acknowledge, { args: [act('tom')] });
    case 'snooze':
      return handle.executeUpdate(contract.snooze, { args: [{ ...act(), until: at(800), everybody: true }] });
    case 'snooze-too-long':
      return handle.executeUpdate(contract.snooze, {
        args: [{ ...act(), until: at(10 ** 10), everybody: false }],
      });
    case 'plan-handover':
      return handle.executeUpdate(contract.planHandover, { args: [{ ...act(), to: 'tom', at: at(700) }] });
    case 'cancel-handover':
      return handle.executeUpdate(contract.cancelHandover, { args: [act()] });
    case 'called':
      return handle.signal(contract.packageCalled, {
        ...act('exact-online'),
        scope: { companies: ['2'], kinds: ['vat-code'] },
        at: at(0),
      });
    case 'linked':
      return handle.signal(contract.personLinked, { person: 'petra' });
    case 'broke':
      return handle.signal(contract.loginBroke, {
        grantId: 'grant/CX_Basecone',
        cause: 'consent-withdrawn',
        begunAt: at(0),
        at: at(0),
      });
    case 'query':
      return handle.query(contract.connectionState);
  }
}

function unlessRefused(error: unknown): void {
  const isRefused =
    error instanceof WorkflowUpdateFailedError &&
    error.cause instanceof ApplicationFailure &&
    [contract.refusal, contract.tryAgain].includes(error.cause.type ?? ''); // or to be asked again, by who is patient
  if (!isRefused) throw error;
}

/** What the package and the people do, by turns; no two walks alike. */
function liven({ script }: Story): void {
  let turn = 0;
  const stops = [null, null, { kind: 'delayed', reason: 'outage', until: null }, null] as const;
  script.before.planRound = () => {
    turn += 1;
    script.plan = { ...script.plan, stop: stops[turn % stops.length] ?? null };
    script.chunk = { ...script.chunk, refused: turn % 5 === 0 ? 1 : 0 };
  };
  script.before.checkLogins = () => sleep(turn % 3 === 0 ? 300 : 0);
  script.before.redeemSignIn = (input) => {
    const { signInId } = input as { signInId: string };
    const isToms = signInId.startsWith('tom/');
    script.signIns[signInId] = isToms ? found('T.deVries', { person: 'tom' }) : found('CX_Basecone');
  };
  script.waiting = ['101'];
}

/** Every history there is, also of those that are under way. */
async function replayAll({ env }: Story): Promise<Record<string, string>> {
  const histories = [];
  for await (const { workflowId, runId } of env.client.workflow.list()) {
    const history = await env.client.workflow.getHandle(workflowId, runId).fetchHistory();
    const hasBegun = (history.events ?? []).some((event) => event.workflowTaskCompletedEventAttributes);
    if (hasBegun) histories.push({ workflowId: `${workflowId} ${runId}`, history });
  }
  expect(histories.length).toBeGreaterThanOrEqual(walks);
  const wrong: Record<string, string> = {};
  const bundle = await workflowBundle();
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: bundle }, histories))
    if (error) wrong[workflowId] = error.message;
  return wrong;
}

test('whatever is asked for and refused around every alarm, without a cache, every history replays and every connection answers', () =>
  story(
    async (story) => {
      liven(story);
      const pauseMs = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 }));
      const walk = fc.array(fc.record({ step: fc.constantFrom(...steps), pauseMs }), {
        minLength: 14,
        maxLength: 30,
      });
      const all = fc.sample(walk, { seed, numRuns: walks });
      const walkers = [story.handle, ...(await Promise.all(all.slice(1).map(() => story.another())))];
      await Promise.all(
        all.map(async (path, index) => {
          const walker = { handle: walkers[index]!, act: story.act };
          for (const { step, pauseMs } of path) {
            await sleep(pauseMs);
            await take(walker, step).catch(unlessRefused);
          }
        }),
      );
      for (const handle of walkers)
        expect(await handle.query(contract.connectionState)).toMatchObject({ name: 'Exact Online' });
      expect(await replayAll(story)).toEqual({});
    },
    connected,
    realTime,
    shortWaits,
    { maxCachedWorkflows: 0 },
  ));
