import { expect, test } from '@jest/globals';
import { onBothDatabases } from '../../database.ts';
import { everyKind } from '../../domain/connections/history-examples.ts';
import { openStore } from '../store.ts';

const entry = (id: string, minute: number, connectionId = 'c1') => ({
  id,
  at: `2026-11-23T10:0${minute}:00.000Z`,
  connectionId,
  officeUserId: minute === 0 ? null : 'ellen',
  what: 'companies-linked' as const,
  data: { added: minute, linked: 9 },
});

onBothDatabases((open) => {
  test('an entry told twice stands once, as it was told first', async () => {
    const { history } = await openStore(open);
    await history.append(entry('e1', 1));
    await history.append({ ...entry('e1', 1), what: 'resumed', data: {} });
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

  test('every kind is read back as it was written', async () => {
    const { history } = await openStore(open);
    for (const [index, happening] of everyKind.entries())
      await history.append({ ...entry(`e${index}`, 1), ...happening });
    for (const [index, happening] of everyKind.entries())
      expect(await history.get(`e${index}`)).toEqual({ ...entry(`e${index}`, 1), ...happening });
  });

  test('an entry of another version, or a broken one, hides none of the others', async () => {
    const { history, database } = await openStore(open);
    await history.append(entry('e1', 1));
    const row = { at: '2026-11-23T10:02:00.000Z', connection_id: 'c1', office_user_id: 'ellen' };
    await database.db
      .insertInto('history')
      .values([
        { ...row, id: 'e2', what: 'renamed', data: '{"name":"x"}' },
        { ...row, id: 'e3', what: 'logged-in', data: '{"login":' },
        { ...row, id: 'e4', what: 'handover-planned', data: '{"from":"a","to":"b","on":"some day"}' },
      ])
      .execute();
    const unknown = (id: string, kind: string) => ({ ...entry(id, 2), what: 'unknown', data: { kind } });
    expect(await history.ofConnection('c1')).toEqual([
      unknown('e4', 'handover-planned'),
      unknown('e3', 'logged-in'),
      unknown('e2', 'renamed'),
      entry('e1', 1),
    ]);
  });

  test('what used to be left out is read as not there', async () => {
    const { history, database } = await openStore(open);
    const row = { id: 'e1', at: entry('e1', 1).at, connection_id: 'c1', office_user_id: 'ellen' };
    await database.db
      .insertInto('history')
      .values({ ...row, what: 'reconnected', data: '{"incident":1}' })
      .execute();
    expect((await history.get('e1'))?.data).toEqual({ incident: 1, outsider: null });
  });
});
