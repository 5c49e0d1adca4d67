import { describe, expect, test } from '@jest/globals';

import { createAccessTokens, credentialFrom } from '../../../accounting/exact-online/tokens.ts';
import { AccountingFailure, type FailureMeaning } from '../../../accounting/failure.ts';
import type { Tokens } from '../../../accounting/oauth.ts';
import { createMemoryVault } from '../memory-vault.ts';

/** A grant of a moment ago, a clock, and a token endpoint that answers with numbered tokens or as it is told. */
function createRig() {
  let ms = Date.parse('2026-11-23T10:00:00Z');
  let issued = 0;
  const asked: string[] = [];
  const now = () => new Date(ms);
  const issue = (): Tokens => {
    issued += 1;
    return { access_token: `access-${issued}`, refresh_token: `refresh-${issued}`, expires_in: 600 };
  };
  const rig = {
    asked,
    now,
    pass: (seconds: number) => void (ms += seconds * 1000),
    answer: async (): Promise<Tokens> => issue(),
    vault: createMemoryVault(credentialFrom(issue(), now())),
    renewElsewhere: () => rig.vault.put(credentialFrom(issue(), now())),
    open: () =>
      createAccessTokens({
        vault: rig.vault,
        now,
        refreshTokenGrant: (token) => {
          asked.push(token);
          return rig.answer();
        },
      }),
  };
  return rig;
}

function failing(meaning: FailureMeaning) {
  return async () => Promise.reject(new AccountingFailure(meaning, 'as told'));
}

const lost: FailureMeaning = { about: 'link', cause: 'grant-lost' };
const tooEarly: FailureMeaning = { about: 'delay', reason: 'rate-limit', until: null };

describe('the grant of Exact Online', () => {
  test('dies thirty days after its refresh token was issued', () => {
    const now = new Date('2026-11-01T10:00:00Z');
    const credential = credentialFrom({ access_token: 'a', refresh_token: 'r', expires_in: 600 }, now);
    expect(credential).toEqual({
      secret: {
        accessToken: 'a',
        refreshToken: 'r',
        obtainedAt: '2026-11-01T10:00:00.000Z',
        accessTokenExpiresAt: '2026-11-01T10:10:00.000Z',
      },
      expiresAt: '2026-12-01T10:00:00.000Z',
    });
  });
});

describe('the access token of a session', () => {
  test('is used for 570 seconds and renewed after', async () => {
    const rig = createRig();
    const tokens = rig.open();
    rig.pass(569);
    expect(await tokens.current()).toEqual({ value: 'access-1', generation: 1 });
    expect(rig.asked).toEqual([]);
    rig.pass(1);
    expect(await tokens.current()).toEqual({ value: 'access-2', generation: 2 });
    expect(rig.asked).toEqual(['refresh-1']);
  });

  test('is renewed once when many ask at the same time', async () => {
    const rig = createRig();
    let renewals = 0;
    const renew = rig.vault.renew.bind(rig.vault);
    rig.vault.renew = (seen, how) => {
      renewals += 1;
      return renew(seen, how);
    };
    const tokens = rig.open();
    rig.pass(600);
    const all = await Promise.all(Array.from({ length: 20 }, () => tokens.current()));
    expect(new Set(all.map(({ value }) => value))).toEqual(new Set(['access-2']));
    expect(rig.asked).toEqual(['refresh-1']);
    expect(renewals).toBe(1);
  });

  test('is renewed once when two sessions on one vault ask at the same time', async () => {
    const rig = createRig();
    rig.pass(600);
    const [one, other] = await Promise.all([rig.open().current(), rig.open().current()]);
    expect(one).toEqual(other);
    expect(rig.asked).toEqual(['refresh-1']);
  });

  test('of another process is taken when our own renewal lost the race', async () => {
    const rig = createRig();
    rig.pass(600);
    rig.answer = async () => {
      rig.renewElsewhere();
      throw new AccountingFailure(lost, 'Old refresh token used.');
    };
    expect(await rig.open().current()).toEqual({ value: 'access-2', generation: 2 });
  });

  test('cannot be had any more when the grant is lost and nobody renewed it', async () => {
    const rig = createRig();
    rig.pass(600);
    rig.answer = failing(lost);
    await expect(rig.open().current()).rejects.toMatchObject({ meaning: lost });
    expect(rig.asked).toHaveLength(1);
  });

  test('is used to its end when the package finds it too early for a new one, and asked for once', async () => {
    const rig = createRig();
    const tokens = rig.open();
    rig.pass(575);
    rig.answer = failing(tooEarly);
    expect((await tokens.current()).value).toBe('access-1');
    expect((await tokens.current()).value).toBe('access-1');
    expect(rig.asked).toHaveLength(1);
    rig.pass(25);
    await expect(tokens.current()).rejects.toMatchObject({ meaning: tooEarly });
  });

  test('that was refused is replaced by one that another process has got', async () => {
    const rig = createRig();
    const tokens = rig.open();
    const refused = await tokens.current();
    rig.renewElsewhere();
    expect(await tokens.insteadOf(refused)).toEqual({ value: 'access-2', generation: 2 });
    expect(rig.asked).toEqual([]);
  });

  test('that was refused is renewed only when it is old enough', async () => {
    const rig = createRig();
    const tokens = rig.open();
    const refused = await tokens.current();
    rig.pass(569);
    expect(await tokens.insteadOf(refused)).toBeNull();
    rig.pass(1);
    expect(await tokens.insteadOf(refused)).toEqual({ value: 'access-2', generation: 2 });
  });

  test('that was refused is renewed before its time when it is asked for outright, once', async () => {
    const rig = createRig();
    const refused = await rig.open().current();
    expect(await rig.open().insteadOf(refused, { outright: true })).toMatchObject({ value: 'access-2' });
    const tokens = rig.open();
    const second = await tokens.current();
    rig.answer = failing(tooEarly);
    expect(await tokens.insteadOf(second, { outright: true })).toBeNull();
    expect(await tokens.insteadOf(second, { outright: true })).toBeNull();
    expect(rig.asked).toEqual(['refresh-1', 'refresh-2']);
  });

  test('of a grant that is gone is refused outright, and whoever asks next hears the same', async () => {
    const rig = createRig();
    const tokens = rig.open();
    const refused = await tokens.current();
    rig.answer = failing(lost);
    for (const outright of [true, false, true])
      await expect(tokens.insteadOf(refused, { outright })).rejects.toMatchObject({ meaning: lost });
    expect(rig.asked).toHaveLength(1);
  });

  test('is kept alive by a renewal once a day, and by none while it is younger', async () => {
    const rig = createRig();
    const tokens = rig.open();
    rig.pass(23 * 3600);
    expect(await tokens.keepAlive()).toEqual({ renewed: false, expiresAt: '2026-12-23T10:00:00.000Z' });
    expect(rig.asked).toEqual([]);
    rig.pass(3600);
    expect(await tokens.keepAlive()).toEqual({ renewed: true, expiresAt: '2026-12-24T10:00:00.000Z' });
    expect(await tokens.keepAlive()).toMatchObject({ renewed: false });
    expect(rig.asked).toEqual(['refresh-1']);
  });

  test('comes with its refresh token also when its life is nonsense', () => {
    for (const expires_in of [-1, 0, 1e300, NaN]) {
      const tokens = { access_token: 'a', refresh_token: 'r', expires_in };
      const { secret } = credentialFrom(tokens, new Date('2026-11-01T10:00:00Z'));
      expect(secret).toMatchObject({ refreshToken: 'r', accessTokenExpiresAt: '2026-11-01T10:10:00.000Z' });
    }
  });

  test('in a vault that holds something else asks for a new login', async () => {
    const rig = createRig();
    rig.vault.put({ secret: { password: 'x' }, expiresAt: null });
    await expect(rig.open().current()).rejects.toMatchObject({ meaning: lost });
  });
});
