import { expect, test } from '@jest/globals';
import { onBothDatabases } from '../database.ts';
import type { LinkCause } from '../../domain/causes.ts';
import { connectionState, openStore } from './store.ts';

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
    const reminded = { at: at(5), kind: 'reminded', data: { person: 'ellen', times: 1 } };
    const acknowledged = { at: at(4), kind: 'acknowledged', data: {} };
    await incidents.addEvent(number, 'e1', reminded);
    await incidents.addEvent(number, 'e2', acknowledged);
    await incidents.addEvent(number, 'e1', { ...reminded, kind: 'again' });

    expect((await incidents.get(number))?.story).toEqual([
      { id: 'e1', ...reminded },
      { id: 'e2', ...acknowledged },
    ]);
  });

  test('events told at once all stand in the story', async () => {
    const stores = [await openStore(open), await openStore(open)];
    const number = await stores[0]!.incidents.open('c1', 'grant-lost', at(0));
    const tell = (index: number) =>
      stores[index % 2]!.incidents.addEvent(number, `e${index}`, { at: at(1), kind: 'k', data: { index } });
    await Promise.all(Array.from({ length: 10 }, (_, index) => tell(index)));

    const story = (await stores[0]!.incidents.get(number))?.story ?? [];
    expect(story.map(({ data }) => Number(data['index'])).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 10 }, (_, index) => index),
    );
  });

  test('an event of an incident nobody opened is refused', async () => {
    const { incidents } = await openStore(open);
    const telling = incidents.addEvent(9, 'e1', { at: at(0), kind: 'k', data: {} });
    await expect(telling).rejects.toThrow(/foreign key/i);
    expect(await incidents.get(9)).toBeNull();
  });

  test('a break soon after the end is the same incident again, later it is another one', async () => {
    const { incidents } = await openStore(open);
    const within = { sameWithinMs: 10 * 60_000, lastGoodAt: at(0) };
    expect(await incidents.open('c1', 'grant-lost', at(1), within)).toBe(1);
    await incidents.close(1, { at: at(10), by: 'ellen', how: 'reconnected' });
    for (let turn = 0; turn < 2; turn += 1)
      expect(await incidents.open('c1', 'user-blocked', at(19), within)).toBe(1);
    expect(await incidents.get(1)).toMatchObject({
      cause: 'user-blocked',
      openedAt: at(1),
      lastGoodAt: at(0),
      reopened: 1,
      endedAt: null,
      endedBy: null,
      story: [{ kind: 'reopened', at: at(19) }],
    });
    await incidents.close(1, { at: at(20), by: 'ellen', how: 'reconnected' });
    expect(await incidents.open('c1', 'grant-lost', at(30), within)).toBe(2);
    expect((await incidents.openedSince(at(2))).map(({ number }) => number)).toEqual([2]);
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
    await incidents.close(number, { at: at(2), by: null, how: 'mended-elsewhere' });

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
    const together = { togetherWithinMs: 15 * 60_000 };
    const joined = async (id: string, cause: LinkCause, minute: number) =>
      (await incidents.get(await incidents.open(id, cause, at(minute), together)))?.joined;

    expect(await joined('c1', 'user-blocked', 0)).toBeNull();
    expect(await joined('c2', 'user-blocked', 10)).toBe(1);
    expect(await incidents.isJoined(1)).toBe(true);
    expect(await joined('c4', 'user-blocked', 11)).toBeNull(); // another package
    await incidents.close(1, { at: at(12), by: null, how: 'works-again' });
    expect(await joined('c3', 'user-blocked', 14)).toBe(1); // the first is mended, another is not
    await incidents.close(2, { at: at(14), by: null, how: 'works-again' });
    await incidents.open('c2', 'consent-withdrawn', at(14), { ...together, sameWithinMs: 60_000 });
    expect(await joined('c6', 'consent-withdrawn', 14)).toBeNull(); // one that broke again draws nobody in
    expect(await joined('c5', 'user-blocked', 16)).toBeNull(); // too late
    expect((await incidents.together(1)).map(({ connectionId }) => connectionId)).toEqual(['c1', 'c2', 'c3']);
    expect(await incidents.isJoined(2)).toBe(false);
  });
});
