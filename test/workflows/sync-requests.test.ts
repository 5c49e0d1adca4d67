import { beforeAll, expect, test } from '@jest/globals';
import { mostRequests } from '../../domain/sync/rounds.ts';
import * as contract from '../../workflows/contract.ts';
import { eventually } from '../until.ts';
import { minute, waits } from './office-of-fakes.ts';
import { quietRuntime, skipTime } from './servers.ts';
import { roundsAreRare, scenarios } from './scenarios.ts';
import {
  chooseCompanies,
  connected,
  loginIs,
  pause,
  resume,
  story,
  requestFor,
  type Story,
} from './story.ts';

beforeAll(quietRuntime);

const chunksOf = (story: Story) =>
  story.inputsOf('syncCompanies') as { round: number; companies: string[]; kinds: string[] | null }[];
const firstRoundIsOver = (story: Story) =>
  story.until(({ syncingSince, round }) => syncingSince === null && round > connected.state.round);

test('what is asked for while a round runs is brought in at once, beside it, and told to who asked', () =>
  story(async (story) => {
    await scenarios.request.tell(story);
    const [, , during, after] = chunksOf(story);
    expect(during).toMatchObject({ round: 6, companies: ['2'], kinds: ['vat-code'] });
    expect(after).toMatchObject({ round: 7, companies: ['2'], kinds: ['vat-code'] });
    expect(story.inputsOf('tellRequest')).toMatchObject([
      { request: 6, by: 'sanne', scope: { companies: ['2'] }, companies: 1, rowsChanged: 3, failures: 0 },
      { request: 7, scope: { companies: ['1'] } },
    ]);
    // One planned round only: the second request had one of its own, which listed nothing.
    expect(story.times('planRound')).toBe(1);
    await story.until(({ requests }) => requests.length === 0);
  }, connected));

test('a request between two rounds leaves the time of the next one as it is', () =>
  story(
    async (story) => {
      await firstRoundIsOver(story);
      const { nextSyncAt, lastSuccessAt } = await story.state();
      await requestFor(story, ['2']);
      await story.untilAsked('tellRequest');
      await story.until(({ syncingSince }) => syncingSince === null);
      expect(await story.state()).toMatchObject({ nextSyncAt, lastSuccessAt, requests: [] });
    },
    connected,
    skipTime,
    roundsAreRare,
  ));

test('the same asked twice while it waits is fetched once, and told to both who asked', () =>
  story(async (story) => {
    await firstRoundIsOver(story);
    const well = story.script.chunk;
    story.script.chunk = { ...well, stop: { kind: 'delayed', reason: 'outage', until: null } };
    await requestFor(story, ['2']);
    await story.until(({ health, syncingSince }) => health.state === 'delayed' && syncingSince === null);
    await requestFor(story, ['2'], 'tom');
    const before = chunksOf(story).length;

    story.script.chunk = well;
    await story.pass(waits.retryDelayed + minute);
    await story.untilAsked('tellRequest', 2);
    expect(story.inputsOf('tellRequest')).toMatchObject([{ by: 'sanne' }, { by: 'tom' }]);
    const requested = chunksOf(story)
      .slice(before)
      .filter(({ kinds }) => kinds !== null);
    expect(requested).toMatchObject([{ companies: ['2'], kinds: ['vat-code'] }]);
  }, connected));

test('a request that meets a delay is kept, and done with the round that finds the package well', () =>
  story(async (story) => {
    await firstRoundIsOver(story);
    const well = story.script.chunk;
    story.script.chunk = { ...well, stop: { kind: 'delayed', reason: 'outage', until: null } };
    await requestFor(story, ['2']);
    await story.until(({ health }) => health.state === 'delayed');
    expect((await story.state()).requests).toHaveLength(1);
    const asked = story.times('syncCompanies');
    await story.pass(waits.retryDelayed / 2);
    expect(story.times('syncCompanies')).toBe(asked);

    story.script.chunk = well;
    await story.pass(waits.retryDelayed + minute);
    await eventually(() => expect(story.times('tellRequest')).toBe(1));
    await story.until(({ requests, health }) => requests.length === 0 && health.state === 'ok');
  }, connected));

test('a request survives a broken login and is done after the reconnect', () =>
  story(async (story) => {
    await firstRoundIsOver(story);
    const well = story.script.chunk;
    story.script.chunk = { ...well, stop: { kind: 'broken', cause: 'consent-withdrawn' } };
    await requestFor(story, ['2']);
    await story.untilAsked('tellDisconnection');
    expect((await story.state()).requests).toHaveLength(1);
    loginIs(story, 'well');
    story.script.chunk = well;
    await story.handle.executeUpdate('signInReturned', {
      args: [{ signInId: 'first', purpose: 'reconnect' }],
    });
    await story.untilAsked('tellRequest');
    await story.until(({ requests }) => requests.length === 0);
  }, connected));

test('while the package keeps us waiting nothing knocks: calls of it, syncs and a resume wait for the end of it', () =>
  story(
    async (story) => {
      loginIs(story, 'rate-limited');
      await story.until(({ health }) => health.state === 'delayed');
      const rounds = story.times('planRound');
      const { nextSyncAt } = await story.state();
      for (let call = 0; call < mostRequests + 2; call += 1)
        await requestFor(story, [`${call}`], connected.state.system);
      await story.handle.executeUpdate(contract.syncNow, { args: [story.act()] });
      await pause(story);
      await resume(story);
      await chooseCompanies(story, ['1', '2']);
      expect(story.times('planRound')).toBe(rounds);
      expect(await story.state()).toMatchObject({ nextSyncAt });
      loginIs(story, 'well');
      await story.pass(waits.retryDelayed + minute);
      await story.until(({ health, requests }) => health.state === 'ok' && requests.length === 0);
    },
    connected,
    skipTime,
    roundsAreRare,
  ));

test('a person who asks after so many others reads that, and calls of a package take nobody’s place', () =>
  story(
    async (story) => {
      loginIs(story, 'rate-limited');
      await story.until(({ health }) => health.state === 'delayed');
      for (let call = 0; call <= mostRequests; call += 1)
        await requestFor(story, [`${call}`], connected.state.system);
      for (let request = 0; request < mostRequests; request += 1) await requestFor(story, [`${request}`]);
      expect((await story.state()).requests).toHaveLength(2 * mostRequests);
      await expect(requestFor(story, ['51'])).rejects.toMatchObject({
        cause: { message: 'too-many-requests' },
      });
    },
    connected,
    skipTime,
    roundsAreRare,
  ));
