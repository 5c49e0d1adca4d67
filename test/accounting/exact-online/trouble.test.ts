import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { AccountingFailure } from '../../../accounting/failure.ts';
import type { AccountingSession } from '../../../accounting/port.ts';
import { createMemoryVault, type MemoryVault } from '../memory-vault.ts';
import { createWorkbench, type Workbench } from './sandbox.ts';

let bench: Workbench;
let vault: MemoryVault;
let session: AccountingSession;
beforeAll(async () => {
  bench = await createWorkbench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.turn('reset', {});
  bench.resetClock();
  vault = createMemoryVault(await bench.logIn());
  session = bench.system.open(vault);
});

const user = 'CX_Basecone';
const doubt = { about: 'doubt', of: 'not-accepted' };

async function meaningOf(work: Promise<unknown>) {
  try {
    await work;
  } catch (error) {
    if (error instanceof AccountingFailure) return error.meaning;
    throw error;
  }
  return 'no failure';
}

async function readJournals(open = session): Promise<number> {
  let rows = 0;
  const company = { externalId: String((await bench.divisions())[0]) };
  for await (const page of open.read({ company, kind: 'journal', checkpoint: null }))
    rows += page.rows.length;
  return rows;
}

async function tokenCalls(): Promise<number> {
  return (await bench.requests()).filter((line) => line.startsWith('POST /api/oauth2/token')).length;
}

describe('trouble with the login', () => {
  test('a withdrawn consent is proven by a refused renewal, which is asked for once', async () => {
    await bench.turn('withdraw-consent', { user });
    expect(await meaningOf(readJournals())).toEqual(doubt);
    expect(await tokenCalls()).toBe(1); // the login
    for (const ask of [() => session.whoAmI(), () => bench.system.open(vault).whoAmI(), () => readJournals()])
      expect(await meaningOf(ask())).toEqual({ about: 'link', cause: 'consent-withdrawn' });
    expect(await tokenCalls()).toBe(2);
  });

  test('a consent withdrawn while nobody looked is told by the token endpoint', async () => {
    await bench.turn('withdraw-consent', { user });
    await bench.advance(3600);
    expect(await meaningOf(session.whoAmI())).toEqual({ about: 'link', cause: 'consent-withdrawn' });
  });

  test('a consent that nobody renewed for thirty days has expired', async () => {
    await bench.advance(31 * 24 * 3600);
    expect(await meaningOf(session.whoAmI())).toEqual({ about: 'link', cause: 'consent-expired' });
  });

  test('a grant that a second login replaced is lost', async () => {
    await bench.logIn();
    await bench.advance(3600);
    expect(await meaningOf(session.whoAmI())).toEqual({ about: 'link', cause: 'grant-lost' });
  });

  test('a blocked or inactive user is told apart', async () => {
    await bench.turn('block-user', { user, on: true });
    expect(await meaningOf(session.whoAmI())).toEqual({ about: 'link', cause: 'user-blocked' });
    await bench.turn('block-user', { user, on: false });
    await bench.turn('deactivate-user', { user, on: true });
    expect(await meaningOf(readJournals())).toEqual({ about: 'link', cause: 'user-inactive' });
  });

  test('an expired licence is one', async () => {
    await bench.turn('customer', { licenceExpired: true });
    expect(await meaningOf(session.whoAmI())).toEqual({ about: 'link', cause: 'licence-expired' });
    expect(await meaningOf(readJournals())).toEqual({ about: 'company', status: 'licence-expired' });
  });
});

describe('trouble that nobody has to mend', () => {
  test.each(['status-503', 'status-408', 'status-599', 'maintenance-page'])(
    'an outage (%s) is a delay, also when the token is old',
    async (how) => {
      await bench.turn('outage', { on: true, how });
      const outage = { about: 'delay', reason: 'outage', until: null };
      expect(await meaningOf(session.whoAmI())).toEqual(outage);
      await bench.advance(3600);
      expect(await meaningOf(session.whoAmI())).toEqual(outage);
      await bench.turn('outage', { on: false });
      expect(await readJournals()).toBeGreaterThan(0);
    },
  );

  test.each([
    ['minute', 60_000],
    ['day', 86_400_000],
  ])('a used-up %s is over when the next one begins', async (window, length) => {
    await bench.turn('rate-limit', { on: true, window });
    const before = bench.now().getTime();
    const meaning = await meaningOf(readJournals());
    const nextAfter = (ms: number) => new Date((Math.floor(ms / length) + 1) * length);
    expect([nextAfter(before), nextAfter(bench.now().getTime())]).toContainEqual(
      (meaning as { until: Date }).until,
    );
    expect(meaning).toMatchObject({ about: 'delay', reason: 'rate-limit' });
  });
});

describe('an odd answer about the login', () => {
  test('of the token endpoint is not taken for a question that the check of rights refuses', async () => {
    await bench.advance(3600);
    await bench.turn('token-replies', { how: 'text', times: 1 });
    const system = bench.another({});
    const ask = {
      company: { externalId: String((await bench.divisions())[0]) },
      kinds: ['journal'] as const,
    };
    expect(await meaningOf(system.open(vault).rights!(ask))).toEqual(doubt);
    expect(await system.open(vault).rights!(ask)).toMatchObject([{ answer: 'yes' }]);
    const asked = (await bench.requests()).filter((line) => line.includes('UserHasRights'));
    expect(asked.map(decodeURIComponent)).toEqual([expect.stringContaining("action='GET'")]); // the first form
  });

  test('that comes once is doubted, and the next call goes on with the same token', async () => {
    await bench.turn('replies', { how: 'refused-401', times: 1 });
    expect(await meaningOf(readJournals())).toEqual(doubt);
    expect(await readJournals()).toBeGreaterThan(0);
    expect(vault.generation).toBe(1);
  });

  test('because the clock of the package is ahead ends with a renewal', async () => {
    await bench.turn('clock', { advanceSeconds: 660 });
    expect(await meaningOf(readJournals())).toEqual(doubt);
    expect((await session.whoAmI()).userName).toBe(user);
    expect(await readJournals()).toBeGreaterThan(0);
    expect(vault.generation).toBe(2);
  });

  test.each([
    ['invalid-request', doubt],
    ['text', doubt],
    ['empty-401', doubt],
    ['invalid-client', { about: 'doubt', of: 'app-refused' }],
  ])('of the token endpoint (%s) proves nothing, and the grant stays', async (how, meaning) => {
    await bench.advance(3600);
    await bench.turn('token-replies', { how, times: 2 });
    for (const ask of [() => session.whoAmI(), () => readJournals()])
      expect(await meaningOf(ask())).toEqual(meaning);
    expect((await session.whoAmI()).userName).toBe(user);
  });

  test('of the token endpoint does not stop calls while the old token is good', async () => {
    await bench.advance(575);
    await bench.turn('token-replies', { how: 'text' });
    expect((await session.whoAmI()).userName).toBe(user);
  });

  test('that refuses the app is told to whoever logs in as well, for trying again is of no use', async () => {
    const wrong = bench.another({ clientSecret: 'wrong' });
    expect(await meaningOf(bench.logIn(user, wrong))).toEqual({ about: 'link', cause: 'app-refused' });
  });
});

describe('renewing the grant', () => {
  test('happens once for two sessions on one vault and many calls', async () => {
    const other = bench.system.open(vault);
    await bench.advance(3600);
    const before = await tokenCalls();
    await Promise.all([
      readJournals(),
      readJournals(other),
      session.whoAmI(),
      other.whoAmI(),
      session.whoAmI(),
    ]);
    expect(await tokenCalls()).toBe(before + 1);
    expect(vault.generation).toBe(2);
  });

  test('goes on for a day, each time with the token of the time before', async () => {
    for (let hour = 0; hour < 24; hour += 1) {
      await bench.advance(3600);
      await session.whoAmI();
    }
    expect(vault.generation).toBe(25);
  });

  test('that another process won without our vault knowing yet is no break once it knows', async () => {
    const elsewhere = createMemoryVault((await vault.read()).credential);
    await bench.advance(3600);
    await bench.system.open(elsewhere).whoAmI();
    const { credential } = await elsewhere.read();
    // The other process stores its new grant while ours is being refused.
    const racing = {
      ...vault,
      renew: (seen: number, renew: Parameters<MemoryVault['renew']>[1]) =>
        vault.renew(seen, renew).catch((error: unknown) => {
          vault.put(credential);
          throw error;
        }),
    };
    expect((await bench.system.open(racing).whoAmI()).userName).toBe(user);
  });

  test('is tried once within 570 seconds, and only for a call about nothing but the login', async () => {
    await bench.turn('replies', { how: 'refused-401' });
    const before = await tokenCalls();
    await bench.advance(560);
    expect(await meaningOf(readJournals())).toEqual(doubt);
    expect(await tokenCalls()).toBe(before);
    for (const one of [session, session, bench.system.open(vault)])
      expect(await meaningOf(one.whoAmI())).toEqual(doubt);
    expect(await tokenCalls()).toBe(before + 1);
    await bench.advance(10);
    await meaningOf(session.whoAmI());
    expect(vault.generation).toBe(2);
  });

  test('leaves no token in what is said when it fails', async () => {
    const { accessToken, refreshToken } = (await vault.read()).credential.secret as Record<string, string>;
    await bench.turn('withdraw-consent', { user });
    await bench.advance(3600);
    const error: unknown = await session.whoAmI().catch((failure: unknown) => failure);
    const said = `${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`;
    expect(said).toContain('oauth2/token: 400');
    expect(said).not.toContain(accessToken);
    expect(said).not.toContain(refreshToken);
  });
});
