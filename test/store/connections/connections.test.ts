import { expect, test } from '@jest/globals';
import { onBothDatabases } from '../../database.ts';
import { connectionState, openStore } from '../store.ts';

onBothDatabases((open) => {
  test('a state comes back as it was saved, on every axis', async () => {
    const { connections } = await openStore(open);
    const at = '2026-11-23T10:00:00.000Z';
    const disconnected = connectionState({
      link: { state: 'disconnected', since: at, cause: 'consent-withdrawn' },
      health: { state: 'delayed', reason: 'rate-limit', since: at, until: null },
      pausedBy: 'ellen',
      login: {
        grantId: 'g1',
        accountingUserId: '42',
        accountingUserName: 'CX_Basecone',
        environmentId: 'env',
        environmentName: 'Kantoor',
      },
      incident: 7,
      syncingSince: at,
      changingTo: 'joost',
      handover: { from: 'ellen', to: 'joost', by: 'ellen', at, heardUntil: at },
      former: {
        change: 3,
        person: 'petra',
        login: {
          grantId: 'g0',
          accountingUserId: '41',
          accountingUserName: 'P.Peeters',
          environmentId: 'env',
          environmentName: 'Kantoor',
        },
        changedAt: at,
        until: at,
        fate: 'let-go',
        standIn: 'joost',
        standInBefore: 'petra',
      },
      requests: [
        { id: 5, scope: { companies: ['1'], kinds: null }, by: 'ellen', at: '2026-11-23T10:00:00.000Z' },
      ],
      catchingUpAfter: 6,
      standInId: 'petra',
    });
    const connected = connectionState({ id: 'c2', name: 'Another' });

    await connections.save(disconnected);
    await connections.save(connected);

    expect(await connections.get('c1')).toEqual(disconnected);
    expect(await connections.all()).toEqual([connected, disconnected]);
    expect(await connections.get('unknown')).toBeNull();
  });

  test('a newer revision replaces an older one, never the other way round', async () => {
    const { connections } = await openStore(open);

    await connections.save(connectionState({ revision: 5, name: 'five' }));
    await connections.save(connectionState({ revision: 4, name: 'four' }));
    expect((await connections.get('c1'))?.name).toBe('five');

    await connections.save(connectionState({ revision: 6, name: 'six' }));
    expect((await connections.get('c1'))?.name).toBe('six');
  });

  test('of many copies saved at once over two handles the newest stays', async () => {
    const stores = [await openStore(open), await openStore(open)];
    const revisions = [3, 9, 1, 7, 8, 2, 6, 4, 5];

    await Promise.all(
      revisions.map((revision, index) => stores[index % 2]!.connections.save(connectionState({ revision }))),
    );

    expect((await stores[0]!.connections.get('c1'))?.revision).toBe(9);
  });
});
