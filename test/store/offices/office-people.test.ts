import { expect, test } from '@jest/globals';
import { onBothDatabases } from '../../database.ts';
import { openStore } from '../store.ts';

onBothDatabases((open) => {
  test('who stood in the office file once is known as they stood there last', async () => {
    const { officePeople } = await openStore(open);
    const tom = { id: 'tom', name: 'Tom', slackUserId: 'U1', roles: ['accountant' as const] };
    const sanne = { id: 'sanne', name: 'Sanne', slackUserId: 'U2', roles: ['superuser' as const] };
    await officePeople.remember([tom, sanne]);
    await officePeople.remember([{ ...tom, name: 'Tom de Vries' }]);
    expect(await officePeople.all()).toEqual([sanne, { ...tom, name: 'Tom de Vries' }]);
  });
});
