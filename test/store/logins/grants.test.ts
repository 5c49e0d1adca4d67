import { expect, test } from '@jest/globals';
import { AccountingFailure } from '../../../accounting/failure.ts';
import type { Credential } from '../../../accounting/port.ts';
import type { GrantStore } from '../../../store/logins/grants.ts';
import { onBothDatabases } from '../../database.ts';
import { handClock, openStore } from '../store.ts';

const credential = (token: string): Credential => ({ secret: { token }, expiresAt: null });

/** Something to wait for, and to let go. */
function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { open, passed };
}

/** A renewal that has begun, and brings a credential with this token once it may go on. */
async function heldUp(grants: GrantStore, grantId: string, token: string) {
  const [begun, goOn] = [gate(), gate()];
  const renewing = grants.vault(grantId).renew(1, async () => {
    begun.open();
    await goOn.passed;
    return credential(token);
  });
  await begun.passed;
  return { renewing, goOn };
}

onBothDatabases((open) => {
  test('a grant comes back as it was put, and is not readable in the table', async () => {
    const { grants, database } = await openStore(open);
    const stored = { secret: { token: 'geheim' }, expiresAt: '2026-12-01T00:00:00.000Z' };
    await grants.put('g1', stored);

    expect(await grants.vault('g1').read()).toEqual({ credential: stored, generation: 1 });
    const rows = await database.db.selectFrom('grants').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain('geheim');
  });

  test('a grant copied to the row of another login does not open there', async () => {
    const { grants, database } = await openStore(open);
    await grants.put('g1', credential('of g1'));
    await grants.put('g2', credential('of g2'));
    const { sealed } = await database.db
      .selectFrom('grants')
      .select('sealed')
      .where('grant_id', '=', 'g1')
      .executeTakeFirstOrThrow();
    await database.db.updateTable('grants').set({ sealed }).where('grant_id', '=', 'g2').execute();

    await expect(grants.vault('g2').read()).rejects.toThrow('does not belong to grant of g2');
  });

  test('a renewal gets the newest credential, and the new one is stored before it is returned', async () => {
    const { grants } = await openStore(open);
    await grants.put('g1', credential('first'));
    const given: Credential[] = [];

    const renewed = await grants.vault('g1').renew(1, async (current) => {
      given.push(current);
      return credential('second');
    });

    expect(given).toEqual([credential('first')]);
    expect(renewed).toEqual({ credential: credential('second'), generation: 2 });
    expect(await grants.vault('g1').read()).toEqual(renewed);
  });

  test('of many processes that want to renew at once, one does and all get its credential', async () => {
    const stores = await Promise.all([1, 2, 3].map(() => openStore(open, { lookAgainMs: 5 })));
    await stores[0]!.grants.put('g1', credential('first'));
    let renewals = 0;

    const results = await Promise.all(
      [...stores, ...stores, ...stores].map(({ grants }) =>
        grants.vault('g1').renew(1, async () => {
          renewals++;
          await new Promise((resolve) => setTimeout(resolve, 30));
          return credential(`renewal ${renewals}`);
        }),
      ),
    );

    expect(renewals).toBe(1);
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(results[0]).toEqual({ credential: credential('renewal 1'), generation: 2 });
  });

  test('who saw an older generation gets the current credential without a renewal', async () => {
    const { grants } = await openStore(open);
    await grants.put('g1', credential('first'));
    await grants.put('g1', credential('second'));

    const answer = await grants.vault('g1').renew(1, async () => {
      throw new Error('must not be called');
    });

    expect(answer).toEqual({ credential: credential('second'), generation: 2 });
  });

  test('a renewal that fails leaves the grant as it was and the next one may try at once', async () => {
    const { grants } = await openStore(open);
    await grants.put('g1', credential('first'));
    const failing = grants.vault('g1').renew(1, async () => {
      throw new Error('package down');
    });

    await expect(failing).rejects.toThrow('package down');
    expect(await grants.vault('g1').read()).toEqual({ credential: credential('first'), generation: 1 });
    expect((await grants.vault('g1').renew(1, async () => credential('second'))).generation).toBe(2);
  });

  test('the lease of a process that died lapses, and what it may still bring does not overwrite the newer grant', async () => {
    const clock = handClock();
    const options = { now: clock.now, leaseMs: 60_000, lookAgainMs: 5 };
    const [slow, other] = [await openStore(open, options), await openStore(open, options)];
    await slow.grants.put('g1', credential('first'));
    const { renewing: late, goOn: wakeUp } = await heldUp(slow.grants, 'g1', 'late');

    clock.advance(60_001);
    const taken = await other.grants.vault('g1').renew(1, async () => credential('taken over'));
    wakeUp.open();

    expect(taken).toEqual({ credential: credential('taken over'), generation: 2 });
    expect(await late).toEqual(taken);
  });

  test('a refusal right after a lease was taken over is a doubt, for its holder may have used the token up', async () => {
    const clock = handClock();
    const options = { now: clock.now, leaseMs: 60_000, lookAgainMs: 5 };
    const [frozen, other] = [await openStore(open, options), await openStore(open, options)];
    await frozen.grants.put('g1', credential('first'));
    const { renewing: late, goOn: wakeUp } = await heldUp(frozen.grants, 'g1', 'second');
    clock.advance(60_001);
    const refused = () =>
      other.grants.vault('g1').renew(1, async () => {
        throw new AccountingFailure({ about: 'link', cause: 'consent-withdrawn' }, 'invalid_grant');
      });

    await expect(refused()).rejects.toMatchObject({ meaning: { about: 'doubt', of: 'not-accepted' } });
    await expect(refused()).rejects.toMatchObject({ meaning: { about: 'link', cause: 'consent-withdrawn' } });
    wakeUp.open();

    const second = { credential: credential('second'), generation: 2 };
    expect(await late).toEqual(second);
    expect(await refused()).toEqual(second);
  });

  test('while a lease holds, nobody else renews', async () => {
    const clock = handClock();
    const options = { now: clock.now, leaseMs: 60_000, lookAgainMs: 5 };
    const [first, second] = [await openStore(open, options), await openStore(open, options)];
    await first.grants.put('g1', credential('first'));
    const { renewing, goOn } = await heldUp(first.grants, 'g1', 'second');
    clock.advance(59_000);

    const waiting = second.grants.vault('g1').renew(1, async () => credential('stolen'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    goOn.open();

    expect((await waiting).credential).toEqual(credential('second'));
    expect((await renewing).credential).toEqual(credential('second'));
  });

  test('a login during a renewal counts for more than the renewal', async () => {
    const { grants } = await openStore(open);
    await grants.put('g1', credential('first'));

    const result = await grants.vault('g1').renew(1, async () => {
      await grants.put('g1', credential('logged in again'));
      return credential('renewed');
    });

    expect(result).toEqual({ credential: credential('logged in again'), generation: 2 });
  });

  test('a discarded grant is lost, a renewal does not bring it back, and a new login gets a new generation', async () => {
    const { grants } = await openStore(open);
    const lost = { name: 'AccountingFailure', meaning: { about: 'link', cause: 'grant-lost' } };
    await expect(grants.vault('g1').read()).rejects.toMatchObject(lost);
    await grants.put('g1', credential('first'));

    const renewing = grants.vault('g1').renew(1, async () => {
      await grants.discard('g1');
      return credential('renewed');
    });

    await expect(renewing).rejects.toMatchObject(lost);
    expect(await grants.has('g1')).toBe(false);
    await expect(grants.vault('g1').read()).rejects.toMatchObject(lost);
    await grants.put('g1', credential('again'));
    expect(await grants.has('g1')).toBe(true);
    expect((await grants.vault('g1').read()).generation).toBe(3);
  });

  test('when a grant dies is known from its newest credential, whatever it is called, and what was said of it stays', async () => {
    const { grants } = await openStore(open);
    const dying = (expiresAt: string | null): Credential => ({ ...credential('a'), expiresAt });
    expect(await grants.expiry('running')).toBeNull();
    await grants.put('candidate', dying('2026-12-01T00:00:00.000Z'));
    await grants.move('candidate', 'running');
    for (const name of ['candidate', 'running'])
      expect(await grants.expiry(name)).toEqual({ expiresAt: '2026-12-01T00:00:00.000Z', warnedOf: null });

    await grants.noteWarning('candidate', '2026-12-01T00:00:00.000Z');
    await grants.vault('running').renew(1, async () => dying('2027-01-01T00:00:00.000Z'));
    expect(await grants.expiry('running')).toEqual({
      expiresAt: '2027-01-01T00:00:00.000Z',
      warnedOf: '2026-12-01T00:00:00.000Z',
    });
    await grants.put('running', dying(null));
    expect((await grants.expiry('running'))?.expiresAt).toBeNull();
    await grants.discard('running');
    expect(await grants.expiry('running')).toBeNull();
  });

  test('a grant that was moved is one grant under two names, renewed for both, and moving it again changes nothing', async () => {
    const { grants } = await openStore(open);
    await grants.put('running', credential('of an earlier login'));
    await grants.put('candidate', credential('of a new login'));

    await grants.move('candidate', 'running');
    const { credential: moved, generation } = await grants.vault('running').read();
    expect(moved).toEqual(credential('of a new login'));
    const renewed = await grants.vault('candidate').renew(generation, async () => credential('renewed'));
    expect(await grants.vault('running').read()).toEqual(renewed);
    await grants.move('candidate', 'running');
    expect(await grants.vault('running').read()).toEqual(renewed);

    await grants.discard('candidate');
    expect(await grants.has('candidate')).toBe(false);
    expect(await grants.vault('running').read()).toEqual(renewed);
    await grants.move('candidate', 'running');
    expect(await grants.vault('running').read()).toEqual(renewed);
  });

  test('a lease that ends further away than any may, by a clock that was ahead, holds nobody up', async () => {
    const clock = handClock();
    const { grants, database } = await openStore(open, { now: clock.now, leaseMs: 60_000, lookAgainMs: 5 });
    await grants.put('g1', credential('first'));
    const anHourAhead = new Date(clock.now().getTime() + 3_600_000).toISOString();
    await database.db
      .updateTable('grants')
      .set({ lease_holder: 'somebody', lease_until: anHourAhead })
      .where('grant_id', '=', 'g1')
      .execute();

    expect((await grants.vault('g1').renew(1, async () => credential('second'))).generation).toBe(2);
  });

  test('a grant that is being renewed is moved afterwards, with its new credential', async () => {
    const { grants } = await openStore(open, { lookAgainMs: 5 });
    await grants.put('candidate', credential('first'));
    const { renewing, goOn } = await heldUp(grants, 'candidate', 'second');

    const moving = grants.move('candidate', 'running');
    goOn.open();
    await Promise.all([renewing, moving]);

    expect((await grants.vault('running').read()).credential).toEqual(credential('second'));
  });
});
