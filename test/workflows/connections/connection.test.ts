import { beforeAll, describe, expect, test } from '@jest/globals';
import * as contract from '../../../workflows/contract.ts';
import { eventually } from '../../until.ts';
import { found, hour, minute, waits } from '../office-of-fakes.ts';
import { quietRuntime } from '../servers.ts';
import { scenarios } from '../scenarios.ts';
import { changeTo, connected, loginIs, pause, reconnects, resume, setUp, signIn, story } from '../story.ts';

beforeAll(quietRuntime);

describe('connection workflow', () => {
  test('asks the synchronisation user, links what they choose and syncs every interval from then on', () =>
    story(async (story) => {
      await story.untilAsked('tellInvitation');
      expect((await story.state()).link.state).toBe('connecting');
      await setUp(story);
      expect(await story.state()).toMatchObject({
        link: { state: 'connected' },
        login: { accountingUserName: 'CX_Basecone' },
        companies: 12,
        round: 1,
      });

      await story.pass(hour);
      expect((await story.state()).round).toBeGreaterThanOrEqual(4);
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
      await scenarios.lapse.tell(story);
      expect(story.saved()?.link.state).toBe('abandoned');
      expect(story.times('forgetLogin')).toBe(1);
      expect(story.times('planRound')).toBe(0);
      expect(story.inputsOf('tellInvitation').at(-1)).toMatchObject({ progress: { step: 'lapsed' } });
      expect(story.happened().at(-1)).toMatchObject({ what: 'set-up-lapsed', by: null });
    }));

  test('refuses a login that another connection uses already, and goes on waiting', () =>
    story(async (story) => {
      story.script.signIns.second = found('CX_Basecone', { usedBy: 'The other one' });
      await signIn(story, 'second', 'set-up');
      await eventually(() =>
        expect(story.inputsOf('refuseSignIn')).toMatchObject([{ verdict: 'login-in-use' }]),
      );
      expect((await story.state()).link.state).toBe('connecting');
    }));

  test('runs no round while disconnected, reminds, and resumes by itself after a reconnect', () =>
    story(async (story) => {
      loginIs(story, 'broken');
      await story.until(({ incident }) => incident === 1);
      const rounds = story.times('planRound');
      await story.pass(30 * hour);
      expect(story.times('planRound')).toBe(rounds);
      expect(story.times('remindOfIncident')).toBeGreaterThanOrEqual(2);
      expect(story.times('openIncident')).toBe(1);

      loginIs(story, 'well');
      await signIn(story, 'first', 'reconnect');
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

  test('says in the list of Temporal how it stands, once each time that changes', () =>
    story(async (story) => {
      loginIs(story, 'broken');
      await story.pass(waits.syncInterval);
      await story.untilAsked('tellDisconnection');
      await reconnects(story);
      const { events } = await story.handle.fetchHistory();
      const said = (events ?? []).flatMap(({ upsertWorkflowSearchAttributesEventAttributes: upsert }) => {
        const status = upsert?.searchAttributes?.indexedFields?.['SyncuserStatus']?.data;
        return status ? [JSON.parse(Buffer.from(status).toString()) as unknown] : [];
      });
      expect(said.flat()).toEqual(['Connected', 'Disconnected: consent-withdrawn', 'Connected']);
    }, connected));

  test('switches nothing when somebody else logs in at a reconnect', () =>
    story(async (story) => {
      loginIs(story, 'broken');
      story.script.signIns.other = found('T.deVries');
      await story.untilAsked('tellDisconnection');
      await signIn(story, 'other', 'reconnect');
      await eventually(() =>
        expect(story.inputsOf('refuseSignIn')).toMatchObject([{ verdict: 'wrong-user' }]),
      );
      expect(story.times('acceptSignIn')).toBe(0);
      expect(await story.state()).toMatchObject({
        link: { state: 'disconnected' },
        login: { accountingUserName: 'CX_Basecone' },
      });
    }, connected));

  test('waits out a rate limit without an incident and tries again', () =>
    story(async (story) => {
      await scenarios.delayed.tell(story);
      expect(await story.state()).toMatchObject({ link: { state: 'connected' } });
      expect(story.times('openIncident')).toBe(0);
    }, connected));

  test('stays paused through a reconnect and syncs again only when resumed', () =>
    story(async (story) => {
      loginIs(story, 'broken');
      await story.untilAsked('tellDisconnection');
      await pause(story);
      loginIs(story, 'well');
      await signIn(story, 'first', 'reconnect');
      await story.until(({ link }) => link.state === 'connected');
      const rounds = story.times('planRound');
      await story.pass(2 * hour);
      expect(await story.state()).toMatchObject({ link: { state: 'connected' }, pausedBy: 'sanne' });
      expect(story.times('planRound')).toBe(rounds);

      await resume(story);
      await story.untilAsked('planRound', rounds + 1);
      expect(story.happened()).toMatchObject([
        { what: 'paused', by: 'sanne' },
        { what: 'resumed', by: 'sanne' },
      ]);
    }, connected));

  test('keeps in the history what a former run did not come to save', () => {
    const entry = { id: 'paused/c/1', at: '2026-11-23T09:00:00.000Z', by: 'sanne' } as const;
    const paused = { ...entry, what: 'paused', data: {} } as const;
    return story(
      async (story) => {
        await story.until(({ revision }) => revision > connected.state.revision);
        expect(story.happened()).toEqual([paused]);
      },
      { ...connected, happened: [paused] },
    );
  });

  test('does what one click asks once, also when the click is told again after a fresh history', () =>
    story(
      async (story) => {
        const syncNow = (action: contract.Action) =>
          story.handle.executeUpdate(contract.syncNow, { args: [action] });
        await story.until(
          ({ syncingSince, round }) => syncingSince === null && round > connected.state.round,
        );
        // However often the package calls, it does not push out what people did.
        await syncNow({ actionId: 'call', by: connected.state.system });
        await story.untilAsked('planRound', 2);
        await story.until(({ syncingSince }) => syncingSince === null);
        const planned = (await story.state()).nextSyncAt;
        await syncNow({ actionId: 'known', by: 'sanne' });
        expect((await story.state()).nextSyncAt).toBe(planned);
        const action = story.act();
        await syncNow(action);
        await story.untilAsked('planRound', 3);
        await syncNow(action);
        await story.pass(minute);
        expect(story.times('planRound')).toBe(3);
      },
      {
        ...connected,
        recentActions: ['known', ...Array.from({ length: 199 }, (_, index) => `other ${index}`)],
      },
    ));

  test('opens the incident again when an operator cancels the workflow that waits for the reconnect', () =>
    story(async (story) => {
      loginIs(story, 'broken');
      await story.untilAsked('tellDisconnection');
      const { id, incident } = await story.state();
      await story.env.client.workflow.getHandle(contract.workflowIds.reconnect(id, incident ?? 0)).cancel();
      await story.untilAsked('openIncident', 2);
      expect((await story.state()).link.state).toBe('disconnected');
    }, connected));
});

describe('change of synchronisation user', () => {
  test('switches at one moment to a successor who reaches every linked company', () =>
    story(async (story) => {
      await scenarios['change-done'].tell(story);
      expect(await story.state()).toMatchObject({
        synchronisationUserId: 'tom',
        login: { accountingUserName: 'T.deVries' },
        changingTo: null,
        companies: 12,
      });
      expect(story.times('tellChanged')).toBe(1);
      await expect(changeTo(story, 'tom')).rejects.toThrow();
    }, connected));

  test('needs no login of a successor whose own link still works', () =>
    story(async (story) => {
      story.script.known = found('T.deVries') as Extract<typeof story.script.known, { result: 'found' }>;
      await changeTo(story, 'tom');
      await story.until(({ synchronisationUserId }) => synchronisationUserId === 'tom');
      expect(story.times('tellInvitation')).toBe(0);
    }, connected));

  test('mends a broken connection as well, and closes its incident', () =>
    story(async (story) => {
      await scenarios['change-mends'].tell(story);
      expect(await story.state()).toMatchObject({ link: { state: 'connected' }, incident: null });
      expect(story.inputsOf('closeIncident')).toMatchObject([{ by: 'tom', how: 'changed' }]);
      await eventually(() => expect(story.inputsOf('tellCaughtUp')).toMatchObject([{ rowsChanged: 6 }]));
    }, connected));

  test('says that a login comes too late when nobody waits for it any more', () =>
    story(async (story) => {
      await signIn(story, 'late', 'change');
      await eventually(() => expect(story.inputsOf('dismissSignIn')).toMatchObject([{ signInId: 'late' }]));
    }, connected));
});
