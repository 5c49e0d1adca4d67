import { expect, test } from '@jest/globals';
import type { UserLink } from '../../../store/logins/user-links.ts';
import { onBothDatabases } from '../../database.ts';
import { openStore } from '../store.ts';

const link: UserLink = {
  id: 'l1',
  connectionId: 'c1',
  officeUserId: 'ellen',
  login: null,
  state: 'not-connected',
  cause: null,
  since: '2026-11-23T10:00:00.000Z',
};

onBothDatabases((open) => {
  test('a link is found by its person once saved, and a later save replaces it', async () => {
    const { userLinks } = await openStore(open);
    const login = {
      grantId: 'g1',
      accountingUserId: '42',
      accountingUserName: 'CX_Basecone',
      environmentId: 'env',
      environmentName: 'Kantoor',
    };
    await userLinks.save(link);
    await userLinks.save({ ...link, login, state: 'connected' });
    await userLinks.save({ ...link, id: 'l2', connectionId: 'c2' });

    expect(await userLinks.find('c1', 'ellen')).toEqual({ ...link, login, state: 'connected' });
    expect(await userLinks.get('l2')).toEqual({ ...link, id: 'l2', connectionId: 'c2' });
    expect((await userLinks.ofConnection('c2')).map(({ id }) => id)).toEqual(['l2']);
    expect((await userLinks.all()).map(({ id }) => id)).toEqual(['l1', 'l2']);
    expect(await userLinks.find('c1', 'joost')).toBeNull();
  });

  test('nobody has two links on one connection', async () => {
    const { userLinks } = await openStore(open);
    await userLinks.save(link);
    await expect(userLinks.save({ ...link, id: 'l2' })).rejects.toThrow(/unique/i);
  });
});
