import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { createMemoryVault } from '../memory-vault.ts';
import { createWorkbench, redirectSignIn, redirectUri, walkLoginPage, type Workbench } from './sandbox.ts';

let bench: Workbench;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterAll(() => bench.close());

const page = (state: string, forceLogin = true) =>
  redirectSignIn(bench.system).authorisationUrl({ state, redirectUri, forceLogin });
const redeem = (callback: URL, state: string) =>
  redirectSignIn(bench.system).redeem({ callback, state, redirectUri });

describe('signing in to Exact Online', () => {
  test('starts at the login page, without a scope', () => {
    const url = page('s1');
    expect(`${url.origin}${url.pathname}`).toBe(`${bench.url}/api/oauth2/auth`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'syncuser-local',
      redirect_uri: redirectUri,
      response_type: 'code',
      state: 's1',
      force_login: '1',
    });
    expect(page('s1', false).searchParams.get('force_login')).toBe('0');
  });

  test('gives a grant that tells who logged in, and in which licence', async () => {
    const session = bench.system.open(createMemoryVault(await bench.logIn('S.Jansen')));
    const colleague = bench.system.open(createMemoryVault(await bench.logIn('T.deVries')));
    const me = await session.whoAmI();
    expect(me).toMatchObject({ userName: 'S.Jansen', environmentName: 'Van Dijk & Partners Accountants' });
    const other = await colleague.whoAmI();
    expect(other.environmentId).toBe(me.environmentId);
    expect(other.userId).not.toBe(me.userId);
  });

  test('that the person cancels is no failure of the login', async () => {
    const callback = await walkLoginPage(page('s2'), 'CX_Basecone', 'cancel');
    await expect(redeem(callback, 's2')).rejects.toMatchObject({
      meaning: { about: 'login', reason: 'login-cancelled' },
    });
  });

  test('fails when the answer belongs to another question', async () => {
    const callback = await walkLoginPage(page('s3'), 'CX_Basecone');
    await expect(redeem(callback, 'another')).rejects.toMatchObject({
      meaning: { about: 'login', reason: 'login-failed' },
    });
  });

  test('fails when the code was used before', async () => {
    const callback = await walkLoginPage(page('s4'), 'CX_Basecone');
    await redeem(callback, 's4');
    await expect(redeem(callback, 's4')).rejects.toMatchObject({
      meaning: { about: 'login', reason: 'login-failed' },
    });
  });

  test('waits when Exact Online is down, for the login did not fail', async () => {
    const callback = await walkLoginPage(page('s5'), 'CX_Basecone');
    await bench.turn('outage', { on: true });
    await expect(redeem(callback, 's5')).rejects.toMatchObject({
      meaning: { about: 'delay', reason: 'outage' },
    });
    await bench.turn('outage', { on: false });
    expect((await redeem(callback, 's5')).secret).toHaveProperty('refreshToken');
  });
});
