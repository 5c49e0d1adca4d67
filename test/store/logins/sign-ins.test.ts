import { expect, test } from '@jest/globals';
import type { SignInOutcome } from '../../../domain/logins/sign-in.ts';
import { onBothDatabases, type Open } from '../../database.ts';
import { handClock, openStore } from '../store.ts';

const hour = 3_600_000;
const request = {
  officeUserId: 'ellen',
  connectionId: 'c1',
  purpose: 'set-up',
  ttlMs: hour,
  context: { expected: 'CX_Basecone' },
} as const;
const linked = {
  result: 'linked',
  login: 'CX_Basecone',
  environment: 'Kantoor',
  reachable: 3,
  total: 4,
} as const;

async function withLink(open: Open) {
  const clock = handClock();
  const stores = [
    await openStore(open, { now: clock.now }),
    await openStore(open, { now: clock.now }),
  ] as const;
  const { signIns, database } = stores[0];
  const { id, token } = await signIns.issue(request);
  const status = async () => (await signIns.get(id))?.status;
  /** The same attempt many times at once over both handles. */
  const race = <T>(attempt: (store: (typeof stores)[number]['signIns'], number: number) => Promise<T>) =>
    Promise.all(Array.from({ length: 8 }, (_, number) => attempt(stores[number % 2]!.signIns, number)));
  return { clock, signIns, database, id, token, status, race };
}

onBothDatabases((open) => {
  test('a link is found by its token, which is not in the database', async () => {
    const { signIns, database, id, token } = await withLink(open);

    const { officeUserId, connectionId, purpose, context } = request;
    const expected = { id, officeUserId, connectionId, purpose, context, status: 'open', outcome: null };
    expect(await signIns.findByToken(token)).toMatchObject(expected);
    expect(await signIns.findByToken(`${token}x`)).toBe('unknown');
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(JSON.stringify(await database.db.selectFrom('sign_ins').selectAll().execute())).not.toContain(
      token,
    );
  });

  test('a later login for the same that was taken is found from an earlier one, and no other', async () => {
    const { clock, signIns, id } = await withLink(open);
    const first = (await signIns.get(id))!;
    const end = async (more: Partial<typeof request> | { officeUserId: string }, outcome: SignInOutcome) => {
      clock.advance(1);
      const later = await signIns.issue({ ...request, ...more });
      await signIns.conclude(later.id, outcome);
      return later.id;
    };
    await end({}, { result: 'refused', cause: 'credentials-refused' });
    await end({ officeUserId: 'piet' }, linked);
    expect(await signIns.takenAfter(first)).toBeNull();
    const taken = await end({}, linked);
    await end({}, { result: 'no-longer-needed' });
    expect(await signIns.takenAfter(first)).toMatchObject({ id: taken, outcome: linked });
    expect(await signIns.takenAfter((await signIns.get(taken))!)).toBeNull();
  });

  test('goes from open to claimed, returned and ended, and forgets what came back', async () => {
    const { signIns, database, id, token, status } = await withLink(open);
    expect(await signIns.claim(id, 'browser')).toBe(true);
    expect(await status()).toBe('claimed');
    expect(await signIns.setState(id, 'state')).toBe(true);
    expect(await signIns.findByState('state')).toMatchObject({ id, status: 'claimed' });
    expect(await signIns.findByState('another')).toBe('unknown');

    expect(await signIns.return(id, { code: 'geheime-code' })).toBe(true);
    expect(await status()).toBe('returned');
    expect(await signIns.takeReturn(id)).toEqual({ code: 'geheime-code' });
    expect(await signIns.takeReturn(id)).toEqual({ code: 'geheime-code' });
    expect(JSON.stringify(await database.db.selectFrom('sign_ins').selectAll().execute())).not.toContain(
      'geheim',
    );

    expect(await signIns.conclude(id, linked)).toBe(true);
    expect(await signIns.findByToken(token)).toMatchObject({ status: 'ended', outcome: linked });
    expect(await signIns.takeReturn(id)).toBeNull();
    const [row] = await database.db.selectFrom('sign_ins').selectAll().execute();
    expect(row?.sealed_return).toBeNull();
  });

  test('of many browsers at once one gets the link, and only that one may come again', async () => {
    const { signIns, id, race } = await withLink(open);

    const claims = await race((store, number) => store.claim(id, `browser ${number}`));

    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await signIns.claim(id, `browser ${claims.indexOf(true)}`)).toBe(true);
    expect(await signIns.claim(id, 'another browser')).toBe(false);
  });

  test('of many returns at once one counts', async () => {
    const { signIns, id, race } = await withLink(open);
    await signIns.claim(id, 'browser');

    const returns = await race((store, number) => store.return(id, { number }));

    expect(returns.filter(Boolean)).toHaveLength(1);
    expect(await signIns.takeReturn(id)).toEqual({ number: returns.indexOf(true) });
  });

  test('of many outcomes at once the first counts', async () => {
    const { signIns, id, race } = await withLink(open);

    const ends = await race((store, number) => store.conclude(id, { ...linked, reachable: number }));

    expect(ends.filter(Boolean)).toHaveLength(1);
    expect((await signIns.get(id))?.outcome).toEqual({ ...linked, reachable: ends.indexOf(true) });
  });

  test('many links asked for at once leave one that can be used', async () => {
    const { signIns, token, race } = await withLink(open);

    const issued = await race((store) => store.issue(request));

    expect(await signIns.findByToken(token)).toMatchObject({ status: 'voided' });
    const statuses = await Promise.all(issued.map(async ({ id }) => (await signIns.get(id))?.status));
    expect(statuses.toSorted()).toEqual(['open', ...Array.from({ length: 7 }, () => 'voided')]);
  });

  test('a new link voids only the unused one of the same person, connection and purpose', async () => {
    const { signIns, id, status } = await withLink(open);
    await signIns.issue({ ...request, officeUserId: 'joost' });
    await signIns.issue({ ...request, connectionId: 'c2' });
    await signIns.issue({ ...request, purpose: 'reconnect' });
    expect(await status()).toBe('open');

    await signIns.claim(id, 'browser');
    await signIns.return(id, {});
    const next = await signIns.issue(request);
    expect(await status()).toBe('returned');

    await signIns.issue(request);
    expect((await signIns.get(next.id))?.status).toBe('voided');
    expect(await signIns.claim(next.id, 'browser')).toBe(false);
    expect(await signIns.conclude(next.id, linked)).toBe(false);
  });

  test('an expired link takes nothing any more, but can still be concluded', async () => {
    const { clock, signIns, id, status } = await withLink(open);
    await signIns.claim(id, 'browser');
    clock.advance(hour - 1);
    expect(await status()).toBe('claimed');

    clock.advance(1);
    expect(await status()).toBe('expired');
    expect(await signIns.claim(id, 'browser')).toBe(false);
    expect(await signIns.setState(id, 'state')).toBe(false);
    expect(await signIns.return(id, {})).toBe(false);

    expect(await signIns.conclude(id, { result: 'no-longer-needed' })).toBe(true);
    expect(await status()).toBe('ended');
  });

  test('a link that came back in time does not expire while it is looked at', async () => {
    const { clock, signIns, id, status } = await withLink(open);
    await signIns.claim(id, 'browser');
    await signIns.return(id, { code: '1' });
    clock.advance(2 * hour);

    expect(await status()).toBe('returned');
    expect(await signIns.takeReturn(id)).toEqual({ code: '1' });
  });

  test('nothing comes back before a browser has claimed the link', async () => {
    const { signIns, id } = await withLink(open);
    expect(await signIns.setState(id, 'state')).toBe(false);
    expect(await signIns.return(id, {})).toBe(false);
    expect(await signIns.takeReturn(id)).toBeNull();
  });

  test('a new attempt to log in replaces the state of the one before', async () => {
    const { signIns, id } = await withLink(open);
    await signIns.claim(id, 'browser');
    await signIns.setState(id, 'first');
    await signIns.setState(id, 'second');
    expect(await signIns.findByState('first')).toBe('unknown');
    expect(await signIns.findByState('second')).toMatchObject({ id });
  });

  test('what came back does not open in the row of another link', async () => {
    const { signIns, database, id } = await withLink(open);
    const other = await signIns.issue({ ...request, officeUserId: 'joost' });
    await signIns.claim(id, 'browser');
    await signIns.return(id, { code: '1' });
    const [row] = await database.db
      .selectFrom('sign_ins')
      .select('sealed_return')
      .where('id', '=', id)
      .execute();
    await database.db.updateTable('sign_ins').set(row!).where('id', '=', other.id).execute();

    await expect(signIns.takeReturn(other.id)).rejects.toThrow('does not belong to return of sign-in');
  });

  test('every outcome can be kept', async () => {
    const { signIns } = await withLink(open);
    const outcomes = [
      linked,
      { result: 'wrong-user', login: 'CX_Basecone', expected: 'CX_Other' },
      { result: 'wrong-environment', environment: 'A', expected: 'B' },
      { result: 'no-companies', login: 'CX_Basecone' },
      { result: 'refused', cause: 'cancelled' },
      { result: 'refused', cause: 'user-blocked' },
      { result: 'no-longer-needed' },
    ] as const;
    for (const outcome of outcomes) {
      const { id } = await signIns.issue(request);
      await signIns.conclude(id, outcome);
      expect((await signIns.get(id))?.outcome).toEqual(outcome);
    }
  });
});
