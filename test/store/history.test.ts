import { expect, test } from '@jest/globals';
import { onBothDatabases } from '../database.ts';
import { openStore } from './store.ts';

const entry = (id: string, minute: number, connectionId = 'c1') => ({
  id,
  at: `2026-11-23T10:0${minute}:00.000Z`,
  connectionId,
  officeUserId: minute === 0 ? null : 'ellen',
  what: 'paused',
  data: { minute },
});

onBothDatabases((open) => {
  test('an entry told twice stands once, as it was told first', async () => {
    const { history } = await openStore(open);
    await history.append(entry('e1', 1));
    await history.append({ ...entry('e1', 1), what: 'resumed' });
    expect(await history.ofConnection('c1')).toEqual([entry('e1', 1)]);
  });

  test('entries come newest first, page by page, of one connection', async () => {
    const { history } = await openStore(open);
    const told = [entry('e0', 0), entry('e1', 1), entry('e2', 1), entry('e3', 2)];
    for (const one of told) await history.append(one);
    await history.append(entry('other', 3, 'c2'));

    const first = await history.ofConnection('c1', { limit: 2 });
    expect(first.map(({ id }) => id)).toEqual(['e3', 'e2']);
    const second = await history.ofConnection('c1', { limit: 2, before: first[1]! });
    expect(second).toEqual([entry('e1', 1), entry('e0', 0)]);
  });
});
