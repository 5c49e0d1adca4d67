import { describe, expect, test } from '@jest/globals';
import type { Workbench } from '../../accounting/exact-online/sandbox.ts';
import { withFreshOffice } from '../fresh-office.ts';
import { connectionId, inTemporal, type OfficeWithBooks } from '../office-with-books.ts';
import { withSession } from '../with-session.ts';

let bench: Workbench;
let office: OfficeWithBooks;
let grantId: string;
const day = 24 * 3600;
withFreshOffice({ companies: 2 }, async (fresh) => {
  ({ bench, office } = fresh);
  ({ grantId } = await office.connected('CX_Basecone'));
});

const look = (all: boolean, activities = office.activities, inUse = true) =>
  inTemporal(() => activities.checkLogins({ connectionId, all, inUse }));
const tokenCalls = async () =>
  (await bench.requests()).filter((line) => line.startsWith('POST /api/oauth2/token')).length;
const linkOf = async (person: string) => (await office.store.userLinks.find(connectionId, person))!;

/** A person links their own login, beside the one the connection uses. */
async function linksTheirOwn(person: string, userName: string): Promise<string> {
  const signInId = await office.logsIn(person, userName, { purpose: 'change' });
  const found = await office.activities.redeemSignIn({ connectionId, signInId });
  if (found.result === 'refused') throw new Error(`${userName} was refused`);
  await office.activities.acceptSignIn({ connectionId, signInId, person, found });
  return found.login.grantId;
}

describe('Looking at the login in use', () => {
  test('is one call while it works', async () => {
    const before = (await bench.requests()).length;
    expect(await look(false)).toEqual({ grantId, stop: null, endIsNews: false });
    expect(await bench.requests()).toHaveLength(before + 1);
  });

  test.each([
    ['withdraw-consent', { user: 'CX_Basecone' }, { kind: 'broken', cause: 'consent-withdrawn' }],
    ['block-user', { user: 'CX_Basecone', on: true }, { kind: 'broken', cause: 'user-blocked' }],
    ['outage', { on: true }, { kind: 'delayed', reason: 'outage', until: null }],
  ])('tells what %s means, and keeps the grant', async (name, body, stop) => {
    await bench.turn(name, body);
    expect(await look(false)).toEqual({ grantId, stop, endIsNews: false });
    expect(await office.store.grants.has(grantId)).toBe(true);
  });

  test('takes one odd 401 for what it is, and asks once more', async () => {
    await bench.turn('replies', { how: 'refused-401', times: 1 });
    expect(await look(false)).toEqual({ grantId, stop: null, endIsNews: false });
    expect(await office.store.doubts.since(grantId)).toBeNull();
  });

  test.each(['invalid-request', 'text', 'empty-401', 'invalid-client'])(
    'doubts a token endpoint that answers %s, and forgets it when it is over',
    async (how) => {
      await bench.advance(3600);
      await bench.turn('token-replies', { how, times: 2 });
      expect((await look(false)).stop).toEqual({ kind: 'doubtful' });
      expect(await office.store.loginRefusals.last(connectionId)).toBeNull();
      expect((await look(false)).stop).toBeNull();
      expect(await office.store.doubts.since(grantId)).toBeNull();
    },
  );

  test('says after a quarter of an hour of doubt that the login is not accepted, and goes on when it is', async () => {
    await bench.advance(3600);
    await bench.turn('token-replies', { how: 'invalid-request' });
    for (let minutes = 0; minutes < 15; minutes += 3) {
      expect((await look(false)).stop).toEqual({ kind: 'doubtful' });
      await bench.advance(180);
    }
    expect((await look(false)).stop).toEqual({ kind: 'broken', cause: 'not-accepted' });
    expect((await office.store.loginRefusals.last(connectionId))?.saw).toContain('again and again');
    await bench.turn('token-replies', { how: 'as-usual' });
    expect((await office.activities.checkAgain({ connectionId })).login?.grantId).toBe(grantId);
  });

  test('says within a minute that Syncuser itself is refused', async () => {
    await bench.advance(3600);
    await bench.turn('token-replies', { how: 'invalid-client' });
    expect((await look(false)).stop).toEqual({ kind: 'doubtful' });
    await bench.advance(30);
    expect((await look(false)).stop).toEqual({ kind: 'broken', cause: 'app-refused' });
  });

  test('begins a doubt anew that was not seen for a while', async () => {
    await bench.advance(3600);
    await bench.turn('token-replies', { how: 'text' });
    await look(false);
    await bench.advance(3600);
    expect((await look(false)).stop).toEqual({ kind: 'doubtful' });
  });

  test('goes on when good tokens are refused until they are renewed', async () => {
    await bench.turn('replies', { how: 'refused-401' });
    expect((await look(false)).stop).toEqual({ kind: 'doubtful' });
    await bench.turn('replies', { how: 'as-usual' });
    expect((await look(false)).stop).toBeNull();
  });

  test('says nothing about it when the answer is not understood', async () => {
    await bench.turn('replies', { how: 'malformed', times: 1 });
    expect(await look(false)).toEqual({ grantId, stop: null, endIsNews: false });
  });

  test('sees when the grant answers for another user', async () => {
    const system = withSession(bench.system, (session) => ({
      whoAmI: async () => ({ ...(await session.whoAmI()), userId: 'somebody else' }),
    }));
    expect(await look(false, office.process({ system }))).toMatchObject({
      stop: { kind: 'broken', cause: 'wrong-user' },
    });
  });
});

test('While the login in use is refused the others are kept alive, and it is not tried again', async () => {
  const own = await linksTheirOwn('petra', 'P.Peeters');
  await bench.turn('withdraw-consent', { user: 'CX_Basecone' });
  await bench.advance(20 * day);
  const before = await tokenCalls();
  expect(await look(true, office.activities, false)).toEqual({ grantId, stop: null, endIsNews: false });
  expect((await tokenCalls()) - before).toBe(1);
  await bench.advance(20 * day);
  expect(await office.works(own)).toBe(true);
});

describe('Looking after every login', () => {
  test('keeps those alive that nothing uses, for longer than the thirty days a grant lives', async () => {
    const personal = await linksTheirOwn('petra', 'P.Peeters');
    for (let days = 0; days < 40; days += 4) {
      await bench.advance(4 * day);
      expect(await look(true)).toEqual({ grantId, stop: null, endIsNews: false });
    }
    expect(await office.works(personal)).toBe(true);
    expect((await linkOf('petra')).state).toBe('connected');
  });

  test('asks for no new token before one is due', async () => {
    await linksTheirOwn('petra', 'P.Peeters');
    const before = await tokenCalls();
    await look(true);
    await look(true);
    expect(await tokenCalls()).toBe(before);
  });

  test('says of a personal login why it works no more, once, and of no other', async () => {
    const personal = await linksTheirOwn('petra', 'P.Peeters');
    await bench.turn('deactivate-user', { user: 'P.Peeters', on: true });
    expect(await look(true)).toEqual({ grantId, stop: null, endIsNews: false });
    const link = await linkOf('petra');
    expect(link).toMatchObject({ state: 'not-connected', cause: 'user-inactive' });
    expect(await linkOf('tom')).toMatchObject({ state: 'connected', cause: null });
    expect(await office.store.grants.has(personal)).toBe(true);

    const before = (await bench.requests()).length;
    await look(true);
    expect(await bench.requests()).toHaveLength(before + 1); // a refused login is not tried again
    expect(await linkOf('petra')).toEqual(link);
  });

  test('leaves a person connected who logged in again while the old login was being refused', async () => {
    await linksTheirOwn('petra', 'P.Peeters');
    await bench.turn('withdraw-consent', { user: 'P.Peeters' });
    const system = withSession(bench.system, (session) => ({
      async whoAmI() {
        try {
          return await session.whoAmI();
        } catch (error) {
          await bench.advance(1);
          await linksTheirOwn('petra', 'P.Peeters');
          throw error;
        }
      },
    }));
    await look(true, office.process({ system }));
    expect((await linkOf('petra')).state).toBe('connected');
  });

  test('disconnects nobody whose login is doubted', async () => {
    await linksTheirOwn('petra', 'P.Peeters');
    await bench.advance(2 * day);
    await bench.turn('token-replies', { how: 'empty-401' });
    expect((await look(true)).stop).toEqual({ kind: 'doubtful' });
    expect((await linkOf('petra')).state).toBe('connected');
  });

  test('disconnects nobody while the package is down', async () => {
    await linksTheirOwn('petra', 'P.Peeters');
    await bench.advance(2 * day);
    await bench.turn('outage', { on: true });
    expect((await look(true)).stop).toMatchObject({ kind: 'delayed' });
    expect((await linkOf('petra')).state).toBe('connected');
  });
});

describe('The end of the login in use', () => {
  const key = (end: string, place: string) => `login-expiry/${connectionId}/${end}/${place}`;
  const tell = () => inTemporal(() => office.activities.tellExpiry({ connectionId }));
  /** The same tokens, with an end that is near. */
  async function endsIn(days: number): Promise<string> {
    const { credential } = await office.store.grants.vault(grantId).read();
    const expiresAt = new Date(bench.now().getTime() + days * day * 1000).toISOString();
    await office.store.grants.put(grantId, { ...credential, expiresAt });
    return expiresAt;
  }

  test('is far away while it is renewed, and nothing is said', async () => {
    expect((await look(true)).endIsNews).toBe(false);
    await tell();
    expect(office.speaker.all).toEqual([]);
  });

  test('is said seven, three and one day ahead, to the office and to the synchronisation user', async () => {
    const end = await endsIn(6.5);
    expect((await look(true)).endIsNews).toBe(true);
    await tell();
    await tell();
    expect(office.speaker.keys()).toEqual([key(end, 'office'), key(end, 'person')]);
    for (const [days, ahead] of [
      [4, 3],
      [2, 1],
    ] as const) {
      await bench.advance(days * day);
      await tell();
      expect(office.speaker.standing(key(end, 'person'))).toMatchObject({ daysAhead: ahead });
      expect(office.speaker.standing(`${key(end, 'office')}/${ahead}`)).toMatchObject({ inThread: true });
    }
  });

  test('is taken back by itself when the login was renewed', async () => {
    const end = await endsIn(2);
    await tell();
    await bench.advance(day);
    await look(true); // it renews what is a day old
    await tell();
    for (const place of ['office', 'person'])
      expect(office.speaker.standing(key(end, place))).toMatchObject({ daysAhead: null });
    expect((await look(true)).endIsNews).toBe(false);
  });
});
