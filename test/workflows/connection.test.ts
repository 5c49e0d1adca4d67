import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ConnectionState } from '../../domain/connection.ts';
import * as contract from '../../workflows/contract.ts';
import type { connection } from '../../workflows/connection.ts';
import {
  createFakes,
  createWorker,
  eventually,
  found,
  hour,
  loginOf,
  minute,
  quietRuntime,
  skipTime,
  waits,
} from './office-of-fakes.ts';

type Fakes = ReturnType<typeof createFakes>;
interface Story extends Fakes {
  env: TestWorkflowEnvironment;
  handle: WorkflowHandle<typeof connection>;
  /** Lets time go by: everything due in it happens. */
  pass(ms: number): Promise<void>;
  act(by?: string): contract.Action;
  state(): Promise<ConnectionState>;
}

async function story(tell: (story: Story) => Promise<void>, carried?: contract.ConnectionInput['carried']) {
  const env = await skipTime(); // its own server: skipping is global to a server, and so is what a test leaves behind
  const fakes = createFakes();
  const taskQueue = randomUUID();
  const worker = await createWorker(env, taskQueue, fakes.activities);
  await worker.runUntil(async () => {
    const connectionId = `c-${randomUUID().slice(0, 8)}`;
    const handle = await env.client.workflow.start<typeof connection>('connection', {
      workflowId: contract.workflowIds.connection(connectionId),
      taskQueue,
      args: [
        {
          connectionId,
          name: 'Exact Online',
          system: 'exact-online',
          officeId: 'demo',
          synchronisationUserId: 'sanne',
          requestedBy: 'sanne',
          waits,
          ...(carried && { carried: { ...carried, state: { ...carried.state, id: connectionId } } }),
        },
      ],
    });
    await tell({
      ...fakes,
      env,
      handle,
      pass: (ms) => env.sleep(ms),
      act: (by = 'sanne') => ({ actionId: randomUUID(), by }),
      state: () => handle.query(contract.connectionState),
    });
  });
  await env.teardown();
}

const connectedState: ConnectionState = {
  id: '',
  name: 'Exact Online',
  system: 'exact-online',
  link: { state: 'connected', since: '2026-01-01T00:00:00.000Z' },
  health: { state: 'ok' },
  pausedBy: null,
  synchronisationUserId: 'sanne',
  login: loginOf('CX_Basecone'),
  requestedBy: 'sanne',
  incident: null,
  companies: 12,
  round: 4,
  changes: 0,
  lastSuccessAt: '2026-01-01T00:00:00.000Z',
  syncingSince: null,
  nextSyncAt: null,
  changingTo: null,
  catchingUpAfter: null,
  revision: 9,
};
const connected = { state: connectedState, recentActions: [] };

async function setUp(story: Story) {
  const { handle } = story;
  await handle.executeUpdate(contract.signInReturned, { args: [{ signInId: 'first', purpose: 'set-up' }] });
  await handle.executeUpdate(contract.chooseCompanies, { args: [{ ...story.act(), companies: 'all' }] });
  await eventually(async () => expect((await story.state()).lastSuccessAt).not.toBeNull());
}

async function broken(story: Story) {
  await eventually(() => expect(story.times('tellDisconnection')).toBe(1));
}

beforeAll(quietRuntime);

describe('connection workflow', () => {
  test('asks the synchronisation user, links what he chooses and syncs every interval from then on', () =>
    story(async (story) => {
      await eventually(() => expect(story.times('tellInvitation')).toBe(1));
      expect((await story.state()).link.state).toBe('connecting');
      await setUp(story);

      const state = await story.state();
      expect(state.link.state).toBe('connected');
      expect(state.login?.accountingUserName).toBe('CX_Basecone');
      expect(state.companies).toBe(12);
      expect(state.round).toBe(1);

      await story.pass(3 * hour);
      expect((await story.state()).round).toBeGreaterThanOrEqual(8);
      expect(story.saved()?.link.state).toBe('connected');
    }));

  test('shows the progress of the first sync only', () =>
    story(async (story) => {
      await setUp(story);
      const told = story.times('tellProgress');
      expect(told).toBeGreaterThan(1);
      await story.pass(hour);
      expect(story.times('tellProgress')).toBe(told);
    }));

  test('lets a set-up lapse that nobody answers, and keeps no grant', () =>
    story(async (story) => {
      await story.handle.result();
      expect(story.saved()?.link.state).toBe('abandoned');
      expect(story.times('forgetLogin')).toBe(1);
      expect(story.times('planRound')).toBe(0);
      expect(story.inputsOf('tellInvitation').at(-1)).toMatchObject({ progress: { step: 'lapsed' } });
    }));

  test('refuses a login that another connection uses already, and goes on waiting', () =>
    story(async (story) => {
      story.script.signIns.second = found('CX_Basecone', { usedBy: 'The other one' });
      await story.handle.executeUpdate(contract.signInReturned, {
        args: [{ signInId: 'second', purpose: 'set-up' }],
      });
      await eventually(() =>
        expect(story.inputsOf('refuseSignIn')).toMatchObject([{ verdict: 'login-in-use' }]),
      );
      expect((await story.state()).link.state).toBe('connecting');
    }));

  test('runs no round while disconnected, reminds, and resumes by itself after a reconnect', () =>
    story(async (story) => {
      story.script.plan = { ...story.script.plan, stop: { kind: 'broken', cause: 'consent-withdrawn' } };
      await eventually(async () =>
        expect(await story.state()).toMatchObject({
          link: { state: 'disconnected', cause: 'consent-withdrawn' },
          incident: 1,
        }),
      );
      const rounds = story.times('planRound');
      await story.pass(30 * hour);
      expect(story.times('planRound')).toBe(rounds);
      expect(story.times('remindOfIncident')).toBeGreaterThanOrEqual(2);
      expect(story.times('openIncident')).toBe(1);

      story.script.plan = { ...story.script.plan, stop: null };
      await story.handle.executeUpdate(contract.signInReturned, {
        args: [{ signInId: 'first', purpose: 'reconnect' }],
      });
      await eventually(() =>
        expect(story.inputsOf('tellCaughtUp')).toMatchObject([{ incident: 1, rowsChanged: 6, companies: 2 }]),
      );
      expect(await story.state()).toMatchObject({ link: { state: 'connected' }, incident: null });
      expect(story.inputsOf('closeIncident')).toMatchObject([
        { incident: 1, by: 'sanne', how: 'reconnected' },
      ]);
      expect(story.times('tellMended')).toBe(1);
      expect(story.times('planRound')).toBe(rounds + 1);
    }, connected));

  test('switches nothing when somebody else logs in at a reconnect', () =>
    story(async (story) => {
      story.script.plan = { ...story.script.plan, stop: { kind: 'broken', cause: 'consent-withdrawn' } };
      story.script.signIns.other = found('T.deVries');
      await broken(story);
      await story.handle.executeUpdate(contract.signInReturned, {
        args: [{ signInId: 'other', purpose: 'reconnect' }],
      });
      await eventually(() =>
        expect(story.inputsOf('refuseSignIn')).toMatchObject([{ verdict: 'wrong-user' }]),
      );
      expect(story.times('acceptSignIn')).toBe(0);
      expect(await story.state()).toMatchObject({
        link: { state: 'disconnected' },
        login: { accountingUserName: 'CX_Basecone' },
      });
    }, connected));

  test('waits out an outage without an incident and tries again', () =>
    story(async (story) => {
      story.script.plan = { ...story.script.plan, stop: { kind: 'delayed', reason: 'outage', until: null } };
      await eventually(async () =>
        expect(await story.state()).toMatchObject({
          link: { state: 'connected' },
          health: { state: 'delayed', reason: 'outage' },
        }),
      );
      story.script.plan = { ...story.script.plan, stop: null };
      await story.pass(waits.retryDelayed + minute);
      await eventually(async () => expect(await story.state()).toMatchObject({ health: { state: 'ok' } }));
      expect(story.times('openIncident')).toBe(0);
    }, connected));

  test('stays paused through a reconnect and syncs again only when resumed', () =>
    story(async (story) => {
      story.script.plan = { ...story.script.plan, stop: { kind: 'broken', cause: 'consent-expired' } };
      await broken(story);
      await story.handle.executeUpdate(contract.pause, { args: [story.act('sanne')] });
      story.script.plan = { ...story.script.plan, stop: null };
      await story.handle.executeUpdate(contract.signInReturned, {
        args: [{ signInId: 'first', purpose: 'reconnect' }],
      });
      await eventually(async () => expect((await story.state()).link.state).toBe('connected'));
      const rounds = story.times('planRound');
      await story.pass(2 * hour);
      expect(await story.state()).toMatchObject({ link: { state: 'connected' }, pausedBy: 'sanne' });
      expect(story.times('planRound')).toBe(rounds);

      await story.handle.executeUpdate(contract.resume, { args: [story.act('sanne')] });
      await eventually(() => expect(story.times('planRound')).toBe(rounds + 1));
    }, connected));

  test('does what one click asks once, also when the click is told again after a fresh history', () =>
    story(
      async (story) => {
        const at = async () => (await story.state()).nextSyncAt;
        await eventually(async () => expect(await at()).not.toBeNull());
        const planned = await at();
        await story.handle.executeUpdate(contract.syncNow, { args: [{ actionId: 'known', by: 'sanne' }] });
        expect(await at()).toBe(planned);
        const action = story.act();
        await story.handle.executeUpdate(contract.syncNow, { args: [action] });
        await eventually(() => expect(story.times('planRound')).toBe(2));
        await story.handle.executeUpdate(contract.syncNow, { args: [action] });
        await story.pass(minute);
        expect(story.times('planRound')).toBe(2);
      },
      { ...connected, recentActions: ['known'] },
    ));

  test('opens the incident again when an operator cancels the workflow that waits for the reconnect', () =>
    story(async (story) => {
      story.script.plan = { ...story.script.plan, stop: { kind: 'broken', cause: 'consent-withdrawn' } };
      await broken(story);
      const { id, incident } = await story.state();
      await story.env.client.workflow.getHandle(contract.workflowIds.reconnect(id, incident ?? 0)).cancel();
      await eventually(() => expect(story.times('openIncident')).toBe(2));
      expect((await story.state()).link.state).toBe('disconnected');
    }, connected));
});

describe('change of synchronisation user', () => {
  const succeed = async (story: Story, login = 'T.deVries', more = {}) => {
    story.script.signIns.tom = found(login, { person: 'tom', ...more });
    await story.handle.executeUpdate(contract.changeSynchronisationUser, {
      args: [{ ...story.act(), to: 'tom' }],
    });
    await story.handle.executeUpdate(contract.signInReturned, {
      args: [{ signInId: 'tom', purpose: 'change' }],
    });
    await eventually(() => expect(story.times('tellChanged') + story.times('tellChangeResult')).toBe(1));
    await eventually(async () => expect((await story.state()).changingTo).toBeNull());
  };

  test('switches at one moment to a successor who reaches every linked company', () =>
    story(async (story) => {
      await succeed(story);
      expect(await story.state()).toMatchObject({
        synchronisationUserId: 'tom',
        login: { accountingUserName: 'T.deVries' },
        changingTo: null,
        companies: 12,
      });
      expect(story.times('tellChanged')).toBe(1);
    }, connected));

  test('is refused with the missing companies, and everything stays as it was', () =>
    story(async (story) => {
      await succeed(story, 'P.Peeters', { missing: ['7', '8'] });
      expect(await story.state()).toMatchObject({
        synchronisationUserId: 'sanne',
        login: { accountingUserName: 'CX_Basecone' },
        changingTo: null,
      });
      expect(story.inputsOf('tellChangeResult')).toMatchObject([
        { result: { kind: 'missing-companies', missing: ['7', '8'] } },
      ]);
      expect(story.times('acceptSignIn')).toBe(0);
    }, connected));

  test('needs no login of a successor whose own link still works', () =>
    story(async (story) => {
      story.script.known = found('T.deVries') as Extract<typeof story.script.known, { result: 'found' }>;
      await story.handle.executeUpdate(contract.changeSynchronisationUser, {
        args: [{ ...story.act(), to: 'tom' }],
      });
      await eventually(async () =>
        expect(await story.state()).toMatchObject({ synchronisationUserId: 'tom' }),
      );
      expect(story.times('tellInvitation')).toBe(0);
    }, connected));

  test('mends a broken connection as well, and closes its incident', () =>
    story(async (story) => {
      story.script.plan = { ...story.script.plan, stop: { kind: 'broken', cause: 'user-inactive' } };
      await broken(story);
      story.script.plan = { ...story.script.plan, stop: null };
      await succeed(story);
      await eventually(async () =>
        expect(await story.state()).toMatchObject({ link: { state: 'connected' }, incident: null }),
      );
      await eventually(() =>
        expect(story.inputsOf('closeIncident')).toMatchObject([{ by: 'tom', how: 'changed' }]),
      );
    }, connected));

  test('says that a login comes too late when nobody waits for it any more', () =>
    story(async (story) => {
      await story.handle.executeUpdate(contract.signInReturned, {
        args: [{ signInId: 'late', purpose: 'change' }],
      });
      await eventually(() => expect(story.inputsOf('dismissSignIn')).toMatchObject([{ signInId: 'late' }]));
    }, connected));
});
