import { expect, test } from '@jest/globals';
import type { Workbench } from '../accounting/exact-online/sandbox.ts';
import { withFreshOffice } from './fresh-office.ts';
import { type OfficeWithBooks } from './office-with-books.ts';

let bench: Workbench;
let office: OfficeWithBooks;
withFreshOffice({ companies: 4, minuteLimit: 5_000 }, (fresh) => {
  ({ bench, office } = fresh);
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
  expect(told()).toMatchObject({ companies: 6, mayReconnect: ['Tom de Vries', 'Sanne Jansen'] });
  expect(told()?.connections.map((one) => one.cause)).toEqual([cause, cause, cause]);
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

const later = (minutes: number) => new Date(bench.now().getTime() + minutes * 60_000).toISOString();
/** How much more was said by the reminder of this one. */
async function reminded(id: Id, at: string, only: string | null = null): Promise<number> {
  const before = office.speaker.keys().length;
  await office.activities.remindOfIncident({ connectionId: id, incident: numbers[id], at, only });
  return office.speaker.keys().length - before;
}

test('only one of them reminds, of all that are open still; the next does when that one is mended', async () => {
  await allBreak();
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

test('one that is snoozed or taken up does not keep the others from being reminded of', async () => {
  await allBreak();
  const [soon, anHourLater] = [later(1), later(60)];
  const putOff = { incident: numbers.c1, by: 'sanne', actionId: 's', until: later(600), everybody: true };
  await office.activities.snoozeIncident(putOff);
  expect(await reminded('c1', soon)).toBe(0);
  expect(await reminded('c2', soon)).toBeGreaterThan(0);
  await office.activities.takeUpIncident({ incident: numbers.c2, by: 'sanne', actionId: 't' });
  expect(await reminded('c2', anHourLater)).toBe(0);
  expect(await reminded('c3', anHourLater)).toBeGreaterThan(0);
});

test('whoever put all of them off for himself is reminded alone and once when that is over', async () => {
  await allBreak();
  const until = later(60);
  for (const id of ids)
    await office.activities.snoozeIncident({
      incident: numbers[id],
      by: 'tom',
      actionId: 's',
      until,
      everybody: false,
    });
  const before = new Set(office.speaker.keys());
  for (const id of ids) await reminded(id, until, 'tom');
  const key = `incident/${numbers.c1}/asked/tom/reminder/${until}`;
  expect(office.speaker.keys().filter((one) => !before.has(one))).toEqual([key]);
  expect(office.speaker.standing(key)).toMatchObject({ connections: 3 });
});

test('what lapses after one click is one line and one reminder, in whichever order it does', async () => {
  await allBreak();
  for (const id of ids)
    await office.activities.takeUpIncident({ incident: numbers[id], by: 'sanne', actionId: 'click' });
  const before = new Set(office.speaker.keys());
  for (const [id, minutes] of [
    ['c3', 60],
    ['c1', 61],
    ['c2', 62],
  ] as const) {
    const at = later(minutes);
    await office.activities.letGoOfIncident({ incident: numbers[id], by: 'sanne', at });
    await office.activities.tellDisconnection({ connectionId: id, incident: numbers[id] });
    await reminded(id, at);
  }
  const first = `incident/${numbers.c1}`;
  const said = office.speaker.keys().filter((key) => !before.has(key) && !key.includes('/asked/'));
  expect(said.toSorted()).toEqual([
    `${first}/let-go/taken-up/click`,
    `${first}/reminder/taken-up/click`,
    `${first}/taken-up/click`,
  ]);
  expect(notes().findLast(({ kind }) => kind === 'let-go')?.about).toHaveLength(3);
});

test('one that breaks again notifies whoever is asked for it, by its own name, each of them for itself', async () => {
  await allBreak();
  for (const id of ['c1', 'c2'] as const) {
    await isMended(id);
    await breaks(id);
  }
  const first = `incident/${numbers.c1}`;
  for (const [key, name] of [
    ['reopened/1', 'Exact Online, Kantoor'],
    [`reopened/1/${numbers.c2}`, 'Exact Online c2'],
  ]) {
    expect(office.speaker.standing(`${first}/${key}`)).toMatchObject({ about: [name] });
    expect(office.speaker.all.findLast((one) => one.key === `${first}/asked/tom/${key}`)).toMatchObject({
      inThreadOf: `${first}/asked/tom`,
      announcement: { connectionName: name, again: true },
    });
  }
});

test('the message stands until the last of them is mended, and every login has its line in the thread', async () => {
  await allBreak();
  await isMended('c2');
  expect(told()?.connections.map(({ ended }) => ended?.by ?? null)).toEqual([null, 'Tom de Vries', null]);
  await isMended('c1');
  expect(told()?.companies).toBe(1); // those behind what is disconnected still
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
  const another = { ...(await office.store.connections.get('c3'))!.login!, accountingUserName: 'CX_another' };
  await office.save({ id: 'c3', login: another });
  const paced = office.process({ betweenEditsMs: 1_000 });
  await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      paced.tellDisconnection({
        connectionId: ids[index % 3]!,
        incident: numbers[ids[index % 3]!],
      }),
    ),
  );
  const said = office.speaker.all.filter(({ key }) => key === alert());
  expect(said.length).toBeGreaterThan(0);
  expect(said.length).toBeLessThanOrEqual(2);
  expect(told()?.connections[2]).toMatchObject({ login: 'CX_another' });
});
