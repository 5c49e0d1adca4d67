import { beforeAll, describe, expect, test } from '@jest/globals';
import * as contract from '../../workflows/contract.ts';
import { eventually } from '../until.ts';
import { hour, minute, waits } from './office-of-fakes.ts';
import { longHistory, quietRuntime, realTime } from './servers.ts';
import { scenarios } from './scenarios.ts';
import {
  changeTo,
  chooseCompanies,
  clickUntilFresh,
  connected,
  pause,
  resume,
  setUp,
  story,
  type Story,
} from './story.ts';

beforeAll(quietRuntime);

const runOf = async ({ handle }: Story) => (await handle.describe()).runId;

test('a reconnect that waits for weeks begins a fresh history, and hears of the login all the same', () =>
  story(
    async (story) => {
      await scenarios['reconnect-fresh-history'].tell(story);
      const planned = story.inputsOf('planHumanStep') as { onItSince: string | null }[];
      expect(planned.at(-1)?.onItSince).not.toBeNull(); // whoever was on it is on it still
      expect(story.times('openIncident')).toBe(1);
    },
    connected,
    realTime,
  ));

test('a fresh history of a reconnect gives the answers that the former one had not given, and says what was not said', () =>
  story(async (story) => {
    const { begin, connectionId, env, handle } = story;
    const { state } = connected;
    const [since, workflowId] = [state.link.since, contract.workflowIds.reconnect(connectionId, 7)];
    const carried = {
      watch: { onIt: null, snoozes: [], checksAgainAt: null, tellsAt: null },
      inbox: { events: [], answers: [{ actionId: 'a click', objection: null }] },
      isUnsaid: true,
    };
    const broken = { incident: 7, cause: 'consent-withdrawn', since, tellAt: since, expected: state.login };
    const input = { connectionId, synchronisationUserId: 'sanne', ...broken, waits, carried };
    await begin('reconnect', workflowId, [input]);
    await story.untilAsked('tellDisconnection');
    await eventually(async () => {
      const { events } = await handle.fetchHistory();
      const names = events?.map((one) => one.workflowExecutionSignaledEventAttributes?.signalName);
      expect(names?.filter((name) => name === contract.answered.name)).toHaveLength(1);
    });
    expect(story.times('tellDisconnection')).toBe(1);
    await env.client.workflow.getHandle(workflowId).terminate();
  }, connected));

test('a line of bookings that grows long begins a fresh history, delivers each booking once, and hears of more in between', () =>
  story(
    async (story) => {
      const { script, begin, connectionId, env } = story;
      const most = 15; // six events and more each, which is more than one history gets
      script.bookings = Array.from({ length: most }, () => ({ kind: 'settled' as const }));
      const workflowId = contract.workflowIds.bookings(connectionId, '101');
      const waits: contract.BookingWaits = { firstLook: minute, longestLook: hour, settle: minute };
      await begin('deliverBookings', workflowId, [{ connectionId, companyId: '101', waits }]);
      const line = env.client.workflow.getHandle(workflowId);
      const { runId: firstRun } = await line.describe();
      for (let handedOver = 0; handedOver < 10; handedOver += 1) await line.signal(contract.bookingsChanged);
      await line.result();
      expect((await line.describe()).runId).not.toBe(firstRun);
      expect(script.bookings).toEqual([]);
      expect(story.times('deliverNextBooking')).toBe(most + 1);
    },
    connected,
    realTime,
  ));

describe('a connection with a long history begins a fresh one', () => {
  test('and keeps its state, the clicks it has seen and what an operator finds it by', () =>
    story(
      async (story) => {
        await story.until(({ lastSuccessAt }) => lastSuccessAt !== connected.state.lastSuccessAt);
        const before = await story.state();
        const click = await clickUntilFresh(story);
        await story.until(({ syncingSince }) => syncingSince === null);

        const after = await story.state();
        expect(after).toMatchObject({
          id: before.id,
          link: before.link,
          login: before.login,
          pausedBy: null,
        });
        expect(after.revision).toBeGreaterThan(before.revision);
        const looks = story.inputsOf('checkLogins');
        expect(looks.filter((input) => (input as { all: boolean }).all)).toHaveLength(1); // not once more in the new one
        await eventually(() => expect(story.saved()).toMatchObject({ revision: after.revision }));
        await story.handle.executeUpdate(contract.resume, { args: [click] }); // answered, though it is not paused
        const described = await story.handle.describe();
        expect(described.searchAttributes).toMatchObject({ SyncuserStatus: ['Connected'] });
      },
      connected,
      realTime,
    ));

  test('while a round is under way, which is taken in when it ends', () =>
    story(
      async (story) => {
        const busy = story.hold('syncCompanies');
        await story.untilAsked('syncCompanies');
        await clickUntilFresh(story);
        expect(story.times('planRound')).toBe(1);
        expect((await story.state()).syncingSince).not.toBeNull();
        busy.release();
        await story.until(({ lastSuccessAt }) => lastSuccessAt !== connected.state.lastSuccessAt);
      },
      connected,
      realTime,
    ));

  test('while a set-up waits for the login, which connects it all the same', () =>
    story(
      async (story) => {
        await story.untilAsked('tellInvitation');
        await clickUntilFresh(story);
        await setUp(story);
        expect(story.times('forgetLogin')).toBe(0);
        expect(await story.state()).toMatchObject({ link: { state: 'connected' }, companies: 12 });
      },
      undefined,
      realTime,
    ));

  test('and waits until everybody is answered: what was asked for in the last moment is done', () =>
    story(
      async (story) => {
        const linking = story.hold('linkCompanies');
        const late = chooseCompanies(story, 'all');
        await story.untilAsked('linkCompanies');
        const firstRun = await runOf(story);
        for (let length = 0; length < longHistory;) {
          await pause(story);
          await resume(story);
          length = (await story.handle.describe()).historyLength;
        }
        expect(await runOf(story)).toBe(firstRun);
        await changeTo(story, 'tom');
        linking.release();
        await late;
        await story.until(({ changingTo }) => changingTo === 'tom');
        await story.untilAsked('tellInvitation');
        await eventually(async () => {
          await pause(story);
          await resume(story);
          expect(await runOf(story)).not.toBe(firstRun);
        });
      },
      connected,
      realTime,
    ));

  test('and what nobody can be told keeps it from nothing', () =>
    story(
      async (story) => {
        story.script.before.tellStandIn = () => Promise.reject(new Error('Slack has lost this channel.'));
        await story.handle.executeUpdate(contract.setStandIn, { args: [{ ...story.act(), person: 'tom' }] });
        await story.untilAsked('tellStandIn', 2);
        const firstRun = await runOf(story);
        await eventually(async () => {
          await pause(story);
          await resume(story);
          expect(await runOf(story)).not.toBe(firstRun);
        });
      },
      connected,
      realTime,
    ));
});
