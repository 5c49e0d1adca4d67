import { describe, expect, test } from '@jest/globals';
import type { Login } from '../../../domain/connection.ts';
import { withFreshOffice } from '../fresh-office.ts';
import { connectionId, office as demoOffice, type OfficeWithBooks } from '../office-with-books.ts';

let office: OfficeWithBooks;
let inUse: Login;
withFreshOffice({ companies: 4, minuteLimit: 5_000 }, async (fresh) => {
  ({ office } = fresh);
  inUse = await office.connected();
});

async function links(person: string, login: string): Promise<Login> {
  const signInId = await office.logsIn(person, login, { purpose: 'personal' });
  const found = await office.activities.redeemSignIn({ connectionId, signInId });
  if (found.result === 'refused') throw new Error('this login was refused');
  await office.activities.acceptSignIn({ connectionId, signInId, person, found });
  return found.login;
}
const linkOf = (person: string) => office.store.userLinks.find(connectionId, person);
async function breaks(person: string, since: string) {
  const link = await linkOf(person);
  if (!link) throw new Error('there is no link');
  await office.store.userLinks.save({ ...link, state: 'not-connected', cause: 'user-blocked', since });
}
const tell = (process = office.activities) => process.tellPersonalLinks({ connectionId });
const news = () =>
  office.speaker.all.flatMap(({ key, announcement }) =>
    announcement.what === 'personal-link-news'
      ? [
          `${key.split('/').at(-1)}: ${announcement.news.kind}${announcement.of ? ` (${announcement.of})` : ''}`,
        ]
      : [],
  );

describe('A person’s own login', () => {
  test('stands beside the one the connection works with, which goes on', async () => {
    const own = await links('petra', 'P.Peeters');
    expect(await linkOf('petra')).toMatchObject({ state: 'connected', login: own });
    expect((await office.store.connections.get(connectionId))?.login).toEqual(inUse);
    expect([await office.works(own.grantId), await office.works(inUse.grantId)]).toEqual([true, true]);
  });

  test('of the same accounting-system user twice shares one grant, and letting go of one keeps the other', async () => {
    const link = await links('petra', 'CX_Basecone');
    expect(link.grantId).toBe(inUse.grantId);
    await office.activities.unlinkPerson({ connectionId, actionId: 'a1', by: 'petra', person: 'petra' });
    expect(await linkOf('petra')).toMatchObject({ state: 'not-connected', cause: null });
    expect(await office.works(inUse.grantId)).toBe(true);
  });

  test('is let go of with its grant, and with that of a former user when another one is linked', async () => {
    const first = await links('petra', 'P.Peeters');
    const second = await links('petra', 'T.deVries');
    expect(await office.store.grants.has(first.grantId)).toBe(false);
    for (let times = 0; times < 2; times++)
      await office.activities.unlinkPerson({ connectionId, actionId: 'a1', by: 'petra', person: 'petra' });
    expect(await office.store.grants.has(second.grantId)).toBe(false);
    const ended = (await office.store.history.ofConnection(connectionId)).filter(
      ({ what }) => what === 'link-ended',
    );
    expect(ended).toMatchObject([{ officeUserId: 'petra', data: { login: 'T.deVries' } }]);
  });

  test('of the synchronisation user is not let go of', async () => {
    await office.activities.unlinkPerson({ connectionId, actionId: 'a1', by: 'tom', person: 'tom' });
    expect(await office.works(inUse.grantId)).toBe(true);
  });

  test('that breaks is told to its owner once, and the message is closed when it is mended; and again the next time', async () => {
    await links('petra', 'P.Peeters');
    await breaks('petra', '2026-11-23T10:00:00.000Z');
    await tell();
    await tell();
    expect(news()).toEqual(['U3: broken']);
    await links('petra', 'P.Peeters');
    await tell();
    await tell();
    expect(news()).toEqual(['U3: broken', 'U3: mended']);
    await breaks('petra', '2026-11-24T10:00:00.000Z');
    await tell();
    expect(news()).toHaveLength(3);
    expect(new Set(office.speaker.keys()).size).toBe(2);
  });

  test('of the synchronisation user has its incident and no second message', async () => {
    await breaks('tom', '2026-11-23T10:00:00.000Z');
    await tell();
    expect(news()).toEqual([]);
  });

  test('of an automation is looked after by the superusers', async () => {
    const users = demoOffice.users.map((user) =>
      user.id === 'petra' ? { ...user, roles: ['automation' as const] } : user,
    );
    await links('petra', 'P.Peeters');
    await breaks('petra', '2026-11-23T10:00:00.000Z');
    await tell(office.process({ office: { ...demoOffice, users } }));
    expect(news()).toEqual(['U2: broken (Petra Peeters)']);
  });
});
