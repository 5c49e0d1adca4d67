import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createWorkbench, type Workbench } from '../accounting/exact-online/sandbox.ts';
import { onSqlite } from '../database.ts';
import { openOffice, type OfficeWithBooks } from './office-with-books.ts';

let bench: Workbench;
let office: OfficeWithBooks;
const open = onSqlite();
beforeAll(async () => {
  bench = await createWorkbench({ companies: 4, minuteLimit: 5_000 });
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.turn('reset', {});
  bench.resetClock();
  office = await openOffice(bench, open);
});

const cause = 'user-blocked';
const ids = ['c1', 'c2', 'c3'] as const;
type Id = (typeof ids)[number];
let numbers: Record<Id, number>;
const since = () => bench.now().toISOString();
const alert = () => `incident/${numbers.c1}/C-office`;
const told = () => {
  const said = office.speaker.standing(alert());
  return said?.what === 'disconnections' ? said : null;
};
const notes = () =>
  office.speaker.all.flatMap(({ announcement, inThreadOf }) =>
    announcement.what === 'incident-note' && inThreadOf === alert()
      ? [{ kind: announcement.note.kind, about: announcement.about ?? [] }]
      : [],
  );

async function breaks(id: Id): Promise<void> {
  const lost = { connectionId: id, cause, since: since(), lastGoodAt: null } as const;
  const { incident } = await office.activities.openIncident(lost);
  numbers[id] = incident;
  const link = { state: 'disconnected', since: lost.since, cause } as const;
  await office.save({ id, link, incident });
  await office.activities.tellDisconnection({ connectionId: id, incident });
}

async function allBreak(): Promise<void> {
  numbers = { c1: 0, c2: 0, c3: 0 };
  const login = await office.connected();
  const state = await office.save();
  for (const id of ids.slice(1)) {
    await office.save({ ...state, id, name: `Exact Online ${id}`, login });
    await office.store.companies.recordListing(
      id,
      [{ externalId: `${id}-1`, code: '101', name: 'Bakkerij', status: 'reachable' }],
      { complete: true },
    );
    await office.store.companies.link(id, [`${id}-1`]);
  }
  for (const id of ids) await breaks(id);
}

async function isMended(id: Id): Promise<void> {
  const incident = numbers[id];
  await office.activities.closeIncident({ incident, by: 'tom', how: 'reconnected' });
  await office.save({ id, link: { state: 'connected', since: since() }, incident: null });
  await office.activities.tellMended({ connectionId: id, incident });
}

test('connections that break together for the same cause are one message per channel and person', async () => {
  await allBreak();
  expect(office.speaker.keys()).toEqual([
    alert(),
    `incident/${numbers.c1}/C-food`,
    `incident/${numbers.c1}/C-cars`,
    `incident/${numbers.c1}/asked/sanne`,
    `incident/${numbers.c1}/asked/tom`,
  ]);
  expect(told()).toMatchObject({ cause, companies: 6, mayReconnect: ['Tom de Vries', 'Sanne Jansen'] });
  expect(told()?.connections.map(({ connectionId }) => connectionId)).toEqual([...ids]);
  const food = office.speaker.standing(`incident/${numbers.c1}/C-food`);
  expect(food).toMatchObject({ what: 'disconnections', companies: 4 });
  expect(office.speaker.standing(`incident/${numbers.c1}/asked/tom`)).toMatchObject({
    what: 'disconnections',
    mayReconnect: null,
  });
  for (const id of ids)
    expect(await office.store.incidents.get(numbers[id])).toMatchObject({ toldAt: expect.any(String) });
});

test('what is done about several at once is one line in the thread, and stands beside each', async () => {
  await allBreak();
  for (const id of ids.slice(1)) {
    const incident = numbers[id];
    await office.activities.takeUpIncident({ incident, by: 'sanne', actionId: 'click' });
    await office.activities.tellDisconnection({ connectionId: id, incident });
  }
  const lines = new Set(office.speaker.all.filter(({ inThreadOf }) => inThreadOf).map(({ key }) => key));
  expect([...lines]).toEqual([`incident/${numbers.c1}/taken-up/click`]);
  expect(notes().at(-1)).toEqual({ kind: 'taken-up', about: ['Exact Online c2', 'Exact Online c3'] });
  expect(told()?.connections.map(({ onIt }) => onIt)).toEqual([null, 'Sanne Jansen', 'Sanne Jansen']);
});

test('only one of them reminds, of all that are open still; the next does when that one is mended', async () => {
  await allBreak();
  const reminded = async (id: Id, at: string) => {
    const before = office.speaker.keys().length;
    await office.activities.remindOfIncident({ connectionId: id, incident: numbers[id], at, only: null });
    return office.speaker.keys().length - before;
  };
  const later = (minutes: number) => new Date(bench.now().getTime() + minutes * 60_000).toISOString();
  const [soon, anHourLater] = [later(1), later(60)];
  expect(await reminded('c1', soon)).toBeGreaterThan(0);
  expect(await reminded('c2', soon)).toBe(0);
  expect(office.speaker.standing(`incident/${numbers.c1}/reminder/${soon}`)).toMatchObject({
    note: { kind: 'reminder', still: { open: 3, all: 3 } },
  });

  await isMended('c1');
  expect(await reminded('c2', anHourLater)).toBeGreaterThan(0);
  expect(await reminded('c3', anHourLater)).toBe(0);
});

test('the message stands until the last of them is mended, and every login has its line in the thread', async () => {
  await allBreak();
  await isMended('c2');
  expect(told()?.connections.map(({ ended }) => ended?.by ?? null)).toEqual([null, 'Tom de Vries', null]);
  await isMended('c1');
  await isMended('c3');
  expect(told()?.connections.every(({ ended }) => ended !== null)).toBe(true);
  expect(notes()).toEqual([
    { kind: 'reconnected', about: ['Exact Online c2'] },
    { kind: 'reconnected', about: ['Exact Online, Kantoor'] },
    { kind: 'reconnected', about: ['Exact Online c3'] },
  ]);
});

test('while one waits for its turn to say how all stand, the others leave it to that one', async () => {
  await allBreak();
  office.speaker.all.length = 0;
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      office.activities.tellDisconnection({
        connectionId: ids[index % 3]!,
        incident: numbers[ids[index % 3]!],
      }),
    ),
  );
  expect(office.speaker.all.filter(({ key }) => key === alert()).length).toBeLessThanOrEqual(2);
});
