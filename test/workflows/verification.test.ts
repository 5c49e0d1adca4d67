import { beforeAll, describe, expect, test } from '@jest/globals';
import * as contract from '../../workflows/contract.ts';
import { eventually } from '../until.ts';
import { found, hour, minute, waits, workflowBundle } from './office-of-fakes.ts';
import { quietRuntime } from './servers.ts';
import { connected, loginIs, setUp, story, type Carried, type Story } from './story.ts';

beforeAll(async () => {
  quietRuntime();
  await workflowBundle();
});

const paused = { ...connected.state, pausedBy: 'sanne' };
const due: Carried = { ...connected, verifications: { count: 3, dueAt: 0, request: null } };

const verify = ({ handle, act }: Story, by = 'sanne') =>
  handle.executeUpdate(contract.verify, { args: [act(by)] });
const orders = ({ inputsOf }: Story) =>
  inputsOf('planVerification').map((order) => order as { verification: string; reason: string });

describe('The rights of a login are verified', () => {
  test('once it is set up, and after a round was refused something new; people see how it goes when they asked', () =>
    story(async (here) => {
      await setUp(here);
      await here.untilAsked('tellRights');
      expect(orders(here)).toMatchObject([{ verification: '1', reason: 'set-up' }]);
      const done = { progress: { step: 'done', login: 'CX_Basecone', companies: 12 } };
      expect(here.inputsOf('tellInvitation').slice(-2)).toMatchObject([done, done]);
      expect(here.inputsOf('tellSetUpNews').at(-1)).toMatchObject({ news: { kind: 'connected' } });

      here.script.chunk = { ...here.script.chunk, refused: 1 };
      await eventually(async () => {
        await here.pass(waits.syncInterval + minute);
        expect(here.times('planVerification')).toBeGreaterThanOrEqual(2);
      });
      here.script.chunk = { ...here.script.chunk, refused: 0 };
      expect(orders(here).at(-1)).toMatchObject({ reason: 'refusal' });
      expect(here.times('tellVerification')).toBe(0);

      await verify(here);
      await eventually(() =>
        expect(here.inputsOf('tellVerification').at(-1)).toMatchObject({
          by: 'sanne',
          ended: { isFinished: true, stop: null },
        }),
      );
      expect(orders(here).at(-1)).toMatchObject({ reason: 'asked' });
    }));

  test('and whoever connected first reads what they may after the first that comes to its end', () =>
    story(async (here) => {
      const { plan } = here.script.verification;
      const done = () =>
        here
          .inputsOf('tellInvitation')
          .filter((told) => (told as { progress: { step: string } }).progress.step === 'done').length;
      const stop = { kind: 'broken', cause: 'consent-withdrawn' } as const;
      here.script.verification.plan = { ...plan, companies: [], stop };
      await setUp(here);
      await eventually(() =>
        expect(here.inputsOf('concludeVerification')).toMatchObject([{ finished: false }]),
      );
      here.script.verification.plan = plan;
      await verify(here);
      await here.untilAsked('tellRights');
      await eventually(() => expect(done()).toBe(2)); // that they are connected, and what they may read
      await verify(here, 'tom');
      await here.untilAsked('tellRights', 2);
      expect(done()).toBe(2);
    }));

  test('when it is due, and then not before a day is over', () =>
    story(async (here) => {
      await here.untilAsked('tellRights');
      expect(orders(here)).toMatchObject([{ verification: '4', reason: 'schedule' }]);
      await here.pass(hour);
      expect(orders(here)).toHaveLength(1);
    }, due));

  test('by a person also while the rounds are paused, and by itself not', () =>
    story(
      async (here) => {
        await here.pass(hour);
        expect(here.times('planVerification')).toBe(0);
        await verify(here);
        await here.untilAsked('planVerification');
      },
      { ...due, state: paused },
    ));

  test('and a limit of the package is waited for, without asking again for what is known', () =>
    story(async (here) => {
      here.script.verification.chunk = { waiting: ['2'], until: null, stop: null };
      await verify(here);
      await here.untilAsked('verifyCompanies');
      expect(here.times('concludeVerification')).toBe(0);
      here.script.verification.chunk = { waiting: [], until: null, stop: null };
      await here.pass(2 * waits.retryDelayed);
      await eventually(() =>
        expect(here.inputsOf('concludeVerification')).toMatchObject([{ finished: true }]),
      );
    }, connected));

  test('and a package that takes no more questions ends it without taking anything for lost', () =>
    story(
      async (here) => {
        here.script.verification.chunk = { waiting: ['2'], until: null, stop: null };
        await verify(here);
        await here.pass(7 * hour);
        await eventually(() =>
          expect(here.inputsOf('concludeVerification')).toMatchObject([{ finished: false }]),
        );
        expect(here.times('tellRights')).toBe(0);
      },
      { ...connected, state: paused },
    ));

  test('with a login that is broken the next round says so, once', () =>
    story(async (here) => {
      await here.until(({ lastSuccessAt, syncingSince }) => lastSuccessAt !== null && syncingSince === null);
      const stop = { kind: 'broken', cause: 'consent-withdrawn' } as const;
      here.script.verification.plan = { companies: [], kinds: [], stop };
      loginIs(here, 'broken');
      await verify(here);
      await here.until(({ link }) => link.state === 'disconnected');
      await here.untilAsked('tellDisconnection');
      expect(here.times('openIncident')).toBe(1);
    }, connected));
});

describe('Whoever stands in', () => {
  const standIn = ({ handle, act }: Story, person: string | null) =>
    handle.executeUpdate(contract.setStandIn, { args: [{ ...act(), person }] });

  test('is verified after the login in use, and when it is somebody else; then it is told', () =>
    story(
      async (here) => {
        here.script.standIn = 'grant/P.Peeters';
        await here.untilAsked('tellStandInReach');
        expect(orders(here)).toMatchObject([
          { reason: 'schedule' },
          { verification: '5', reason: 'stand-in', grantId: 'grant/P.Peeters' },
        ]);
        expect(here.times('tellRights')).toBe(1);
        await standIn(here, 'tom');
        await here.untilAsked('tellStandInReach', 2);
        expect(orders(here)).toHaveLength(3);
        here.script.standIn = null;
        await standIn(here, null);
        await here.untilAsked('tellStandInReach', 3);
        expect(orders(here)).toHaveLength(3);
      },
      { ...due, state: { ...due.state, standInId: 'petra' } },
    ));

  test('is verified when their own login is there', () =>
    story(
      async (here) => {
        await here.untilAsked('tellStandInReach');
        here.script.standIn = 'grant/P.Peeters';
        here.script.signIns.own = found('P.Peeters', { person: 'petra' });
        const { connectionId } = here;
        await here.beside('linkPersonalUser', contract.workflowIds.personal(connectionId, 'own'), [
          { connectionId, signInId: 'own' },
        ]);
        await here.untilAsked('tellStandInReach', 2);
        expect(orders(here).at(-1)).toMatchObject({ reason: 'stand-in' });
      },
      { ...due, state: { ...due.state, standInId: 'petra' } },
    ));
});

test('What was lost is told by the connection, once Slack listens, however long the verification is over', () =>
  story(async (here) => {
    here.script.before.tellRights = () => Promise.reject(new Error('Slack is down'));
    await here.untilAsked('tellRights');
    await here.pass(5 * minute);
    expect(here.times('tellRights')).toBeGreaterThan(1);
    delete here.script.before.tellRights;
    const asked = here.times('tellRights');
    await here.untilAsked('tellRights', asked + 1);
    const handle = here.env.client.workflow.getHandle(contract.workflowIds.verify(here.connectionId, '4'));
    expect((await handle.describe()).status.name).toBe('COMPLETED');
  }, due));
