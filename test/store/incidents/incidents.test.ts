import { expect, test } from '@jest/globals';
import { onBothDatabases } from '../../database.ts';
import type { LinkCause } from '../../../domain/causes.ts';
import { connectionState, openStore } from '../store.ts';

const at = (minute: number) => `2026-11-23T10:${String(minute).padStart(2, '0')}:00.000Z`;

onBothDatabases((open) => {
  test('opening again while one is open gives the same number, afterwards the next one', async () => {
    const { incidents } = await openStore(open);
    expect(await incidents.open('c1', 'user-blocked', at(0))).toBe(1);
    expect(await incidents.open('c1', 'user-inactive', at(1))).toBe(1);
    expect(await incidents.open('c2', 'user-blocked', at(2))).toBe(2);

    await incidents.close(1, { at: at(3), by: 'ellen', how: 'reconnected' });
    expect(await incidents.open('c1', 'grant-lost', at(4))).toBe(3);

    const [newest, oldest] = await incidents.ofConnection('c1');
    expect(newest).toMatchObject({ number: 3, cause: 'grant-lost', endedAt: null });
    expect(oldest).toMatchObject({ number: 1, cause: 'user-blocked', openedAt: at(0), endedAt: at(3) });
  });

  test('opened by many at once, each connection gets one and no number is skipped', async () => {
    const stores = [await openStore(open), await openStore(open)];
    const connections = ['c1', 'c2', 'c3', 'c1', 'c2', 'c3', 'c1', 'c2', 'c3'];

    const numbers = await Promise.all(
      connections.map((id, index) => stores[index % 2]!.incidents.open(id, 'grant-lost', at(0))),
    );

    expect([...new Set(numbers)].sort()).toEqual([1, 2, 3]);
    connections.forEach((id, index) => expect(numbers[index]).toBe(numbers[connections.indexOf(id)]));
  });

  test('the story is told in the order it was told, each event once', async () => {
    const { incidents } = await openStore(open);
    const number = await incidents.open('c1', 'grant-lost', at(0));
    const events = [
      { at: at(5), kind: 'taken-up', data: { by: 'ellen' } },
      { at: at(4), kind: 'snoozed', data: { by: 'ellen', until: at(9), everybody: true } },
      { at: at(6), kind: 'let-go', data: { by: 'ellen' } },
      { at: at(7), kind: 'logged-in-for', data: { by: null, outsider: 'Piet Bos' } },
    ] as const;
    for (const [index, event] of events.entries()) await incidents.addEvent(number, `e${index}`, event);
    await incidents.addEvent(number, 'e0', { ...events[0], kind: 'let-go' });

    expect((await incidents.get(number))?.story).toEqual(
      events.map((event, index) => ({ id: `e${index}`, ...event })),
    );
  });

  test('an event of another version, or a broken one, stays in its place, and the others are read', async () => {
    const { incidents, database } = await openStore(open);
    const number = await incidents.open('c1', 'grant-lost', at(0));
    const taken = { at: at(1), kind: 'taken-up', data: { by: 'ellen' } } as const;
    await incidents.addEvent(number, 'e1', taken);
    const row = { incident: number, at: at(2) };
    await database.db
      .insertInto('incident_events')
      .values([
        { ...row, event_id: 'e2', position: 2, kind: 'commented', data: '{"by":"tom"}' },
        { ...row, event_id: 'e3', position: 3, kind: 'let-go', data: '{"by":' },
        { ...row, event_id: 'e4', position: 4, kind: 'snoozed', data: '{"by":"tom","until":7}' },
      ])
      .execute();
    await incidents.addEvent(number, 'e5', taken);

    expect((await incidents.get(number))?.story).toEqual([
      { id: 'e1', ...taken },
      { id: 'e2', at: at(2), kind: 'unknown', data: { kind: 'commented' } },
      { id: 'e3', at: at(2), kind: 'unknown', data: { kind: 'let-go' } },
      { id: 'e4', at: at(2), kind: 'unknown', data: { kind: 'snoozed' } },
      { id: 'e5', ...taken },
    ]);
  });

  test('events told at once all stand in the story', async () => {
    const stores = [await openStore(open), await openStore(open)];
    const number = await stores[0]!.incidents.open('c1', 'grant-lost', at(0));
    const tell = (index: number) =>
      stores[index % 2]!.incidents.addEvent(number, `e${index}`, {
        ...{ at: at(1), kind: 'taken-up', data: { by: `u${index}` } },
      });
    await Promise.all(Array.from({ length: 10 }, (_, index) => tell(index)));

    const story = (await stores[0]!.incidents.get(number))?.story ?? [];
    expect(
      story.map(({ data }) => data).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    ).toEqual(Array.from({ length: 10 }, (_, index) => ({ by: `u${index}` })));
  });

  test('an event of an incident nobody opened is refused', async () => {
    const { incidents } = await openStore(open);
    const telling = incidents.addEvent(9, 'e1', { at: at(0), kind: 'let-go', data: { by: 'ellen' } });
    await expect(telling).rejects.toThrow(/foreign key/i);
    expect(await incidents.get(9)).toBeNull();
  });

  test('every break is an incident of its own, however soon it comes', async () => {
    const { incidents } = await openStore(open);
    expect(await incidents.open('c1', 'grant-lost', at(1))).toBe(1);
    await incidents.close(1, { at: at(10), by: 'ellen', how: 'reconnected' });
    for (let turn = 0; turn < 2; turn += 1)
      expect(await incidents.open('c1', 'user-blocked', at(10))).toBe(2);
    expect(await incidents.get(1)).toMatchObject({ cause: 'grant-lost', endedAt: at(10), endedBy: 'ellen' });
    expect((await incidents.endedSince(at(10))).map(({ number }) => number)).toEqual([1]);
    expect((await incidents.openedSince(at(2))).map(({ number }) => number)).toEqual([2]);
  });

  test('a break of another login is another incident, however soon, and ends the open one of the former login', async () => {
    const { incidents } = await openStore(open);
    const of = (grantId: string) => ({ grantId });
    expect(await incidents.open('c1', 'grant-lost', at(0), of('sanne'))).toBe(1);
    expect(await incidents.open('c1', 'grant-lost', at(1), of('sanne'))).toBe(1);
    for (let turn = 0; turn < 2; turn += 1)
      expect(await incidents.open('c1', 'grant-lost', at(2), of('tom'))).toBe(2);
    expect(await incidents.get(1)).toMatchObject({ endedAt: at(2), how: 'changed' });
    await incidents.close(2, { at: at(3), by: 'tom', how: 'reconnected' });
    expect(await incidents.open('c1', 'grant-lost', at(4), of('sanne'))).toBe(3);
  });

  test('it was told when it was told first, and everybody is on its list once', async () => {
    const { incidents, incidentPeople } = await openStore(open);
    const number = await incidents.open('c1', 'grant-lost', at(0));
    await incidents.told([number], at(1));
    await incidents.told([number], at(2));
    expect((await incidents.get(number))?.toldAt).toBe(at(1));

    const met = { officeUserId: 'ellen', role: 'affected', since: at(1) } as const;
    await incidentPeople.add(number, met);
    await incidentPeople.add(number, { officeUserId: 'tom', role: 'asked', since: at(2) });
    await incidentPeople.add(number, { officeUserId: 'tom', role: 'affected', since: at(3) });
    await incidentPeople.add(number, { ...met, role: 'asked', since: at(3) });
    expect(await incidentPeople.of(number)).toEqual([
      { ...met, role: 'asked' },
      { officeUserId: 'tom', role: 'asked', since: at(2) },
    ]);
  });

  test('the first end counts', async () => {
    const { incidents } = await openStore(open);
    const number = await incidents.open('c1', 'grant-lost', at(0));
    await incidents.close(number, { at: at(1), by: 'ellen', how: 'reconnected' });
    await incidents.close(number, { at: at(2), by: null, how: 'works-again' });

    expect(await incidents.get(number)).toMatchObject({
      endedAt: at(1),
      endedBy: 'ellen',
      how: 'reconnected',
    });
  });

  test('what breaks soon after an open one of the same package and cause joins the first of them', async () => {
    const { incidents, connections } = await openStore(open);
    for (const [id, system] of [
      ['c1', 'exact-online'],
      ['c2', 'exact-online'],
      ['c3', 'exact-online'],
      ['c4', 'tryton'],
      ['c5', 'exact-online'],
      ['c6', 'exact-online'],
    ] as const)
      await connections.save(connectionState({ id, system }));
    const window = { groupWithinMs: 15 * 60_000 };
    const joined = async (id: string, cause: LinkCause, minute: number) =>
      (await incidents.get(await incidents.open(id, cause, at(minute), window)))?.groupedUnder;

    expect(await joined('c1', 'user-blocked', 0)).toBeNull();
    expect(await joined('c2', 'user-blocked', 10)).toBe(1);
    expect(await incidents.isGroup(1)).toBe(true);
    expect(await joined('c4', 'user-blocked', 11)).toBeNull(); // another package
    await incidents.close(1, { at: at(12), by: null, how: 'works-again' });
    expect(await joined('c3', 'user-blocked', 14)).toBe(1); // the first is mended, another is not
    await incidents.close(2, { at: at(14), by: null, how: 'works-again' });
    expect(await joined('c2', 'user-blocked', 14)).toBeNull(); // it was one of those already
    expect(await joined('c5', 'user-blocked', 30)).toBeNull(); // too late
    expect((await incidents.group(1)).map(({ connectionId }) => connectionId)).toEqual(['c1', 'c2', 'c3']);
    expect(await incidents.isGroup(2)).toBe(false);
  });
});
