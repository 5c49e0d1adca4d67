import { expect, test } from '@jest/globals';
import type { Workbench } from '../../accounting/exact-online/sandbox.ts';
import { withFreshOffice } from '../fresh-office.ts';
import { recipientId, type Speaker } from '../../../domain/deliveries.ts';
import { type OfficeWithBooks } from '../office-with-books.ts';

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
  await tells(id);
}

/** As its workflow does; what is too soon to be said is said later. */
async function tells(
  id: Id | 'c4' | 'c5' | 'c6',
  incident = numbers[id as Id],
  activities: Pick<OfficeWithBooks['activities'], 'tellDisconnection'> = office.activities,
): Promise<void> {
  await activities.tellDisconnection({ connectionId: id, incident }).catch((error: Error) => {
    if (!error.message.includes('called just now')) throw error;
  });
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
  expect(office.speaker.keys().toSorted()).toEqual([
    `incident/${numbers.c1}/C-cars`,
    `incident/${numbers.c1}/C-food`,
    alert(),
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
    await tells(id);
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

test('whoever put all of them off for themselves is reminded alone and once when that is over', async () => {
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
    ['c3', 20],
    ['c1', 21],
    ['c2', 22],
  ] as const) {
    const at = later(minutes);
    await office.activities.letGoOfIncident({ incident: numbers[id], by: 'sanne', at });
    await tells(id);
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

test('one that breaks again has a message of its own, for everybody who is hit', async () => {
  await allBreak();
  const before = new Set(office.speaker.keys());
  await isMended('c2');
  await breaks('c2');
  const fresh = office.speaker.keys().filter((key) => !before.has(key) && !key.includes('mended'));
  expect(fresh.toSorted()).toEqual([
    `incident/${numbers.c2}/C-food`,
    `incident/${numbers.c2}/C-office`,
    `incident/${numbers.c2}/asked/sanne`,
    `incident/${numbers.c2}/asked/tom`,
  ]);
  expect(office.speaker.standing(`incident/${numbers.c2}/C-office`)).toMatchObject({
    what: 'disconnection',
    connectionName: 'Exact Online c2',
    again: { timesToday: 2 },
  });
});

/** One more breaks, after so many seconds. */
async function oneMore(id: 'c4' | 'c5' | 'c6', afterSeconds: number): Promise<number> {
  if (afterSeconds > 0) await bench.advance(afterSeconds);
  const like = (await office.store.connections.get('c2'))!;
  await office.save({ ...like, id, name: `Exact Online ${id}` });
  const company = { externalId: `${id}-1`, code: '103', name: 'Garage', status: 'reachable' } as const;
  await office.store.companies.recordListing(id, [company], { complete: true });
  await office.store.companies.link(id, [`${id}-1`]);
  const lost = { connectionId: id, cause, since: since(), lastGoodAt: null } as const;
  return (await office.activities.openIncident(lost)).incident;
}
const moreLines = () => office.speaker.keys().filter((key) => key.includes('/more/'));
const line = (root: string, number: number) => office.speaker.standing(`${root}/more/${number}`);

test('whatever breaks after the message was posted is a new line below it, for everybody who is hit', async () => {
  await allBreak();
  await oneMore('c4', 60);
  const first = `incident/${numbers.c1}`;
  const names = ['Exact Online c2', 'Exact Online c3', 'Exact Online c4'];
  expect(moreLines().toSorted()).toEqual([
    `${first}/C-cars/more/1`,
    `${first}/C-office/more/1`,
    `${first}/asked/sanne/more/1`,
    `${first}/asked/tom/more/1`,
  ]);
  expect(line(alert(), 1)).toEqual({ what: 'incident-note', note: { kind: 'more', names } });
  expect(office.speaker.all.findLast(({ key }) => key === `${alert()}/more/1`)).toMatchObject({
    alsoInChannel: true,
    inThreadOf: alert(),
  });
  expect(line(`${first}/asked/tom`, 1)).toMatchObject({
    connections: 3,
    more: ['Exact Online c2', 'Exact Online c3', 'Exact Online c4'],
  });

  await oneMore('c5', 11);
  await tells('c3');
  expect(line(alert(), 1)).toMatchObject({ note: { names } });
  expect(line(alert(), 2)).toMatchObject({ note: { names: ['Exact Online c5'] } });
});

test('what breaks when the same people were called just now waits a few seconds, and is one line with what breaks then', async () => {
  await allBreak();
  await oneMore('c4', 60);
  const fifth = await oneMore('c5', 5);
  expect(moreLines().filter((key) => key.endsWith('/2'))).toEqual([]);
  await expect(
    office.activities.tellDisconnection({ connectionId: 'c5', incident: fifth }),
  ).rejects.toMatchObject({ nextRetryDelay: expect.any(Number) });
  const sixth = await oneMore('c6', 3);
  await bench.advance(3);
  await tells('c5', fifth);
  await tells('c6', sixth);
  expect(line(alert(), 2)).toMatchObject({ note: { names: ['Exact Online c5', 'Exact Online c6'] } });
  expect(line(alert(), 3)).toBeUndefined();
});

test('words of before it broke that arrive after it broke did not tell of it: it has a line of its own', async () => {
  await allBreak();
  for (const id of ids) await isMended(id);
  await bench.advance(16 * 60); // the next ones are a story of their own
  const { deliveries } = office.store;
  const arrivals: (() => Promise<unknown>)[] = [];
  const slowly: Speaker = {
    async say(statement) {
      const written = await deliveries.write(statement);
      if (!written) return 'nothing';
      const { key, version, ts, sentAt } = written;
      if (ts === null && sentAt === null) {
        await deliveries.sending(key, recipientId(written.to), version);
        const place = { ts: `${bench.now().getTime() / 1_000 + 5}`, contentHash: '', version };
        arrivals.push(() => deliveries.said(key, place));
      }
      return 'later';
    },
  };
  const slow = office.process({ speaker: slowly });
  const lost = () => ({ cause, since: since(), lastGoodAt: null }) as const;
  const { incident: first } = await slow.openIncident({ connectionId: 'c1', ...lost() });
  await office.save({ id: 'c1', incident: first });
  await tells('c1', first, slow);
  const { incident: second } = await slow.openIncident({ connectionId: 'c2', ...lost() });
  await office.save({ id: 'c2', incident: second });
  const itsTelling = () => slow.tellDisconnection({ connectionId: 'c2', incident: second });
  await expect(itsTelling()).rejects.toMatchObject({ nextRetryDelay: 2_000 });
  await bench.advance(5);
  for (const arrive of arrivals.splice(0)) await arrive();
  await bench.advance(10);
  await tells('c2', second);
  const below = (await deliveries.below(`incident/${first}/C-office`)).filter(({ key }) =>
    key.includes('/more/'),
  );
  expect(below).toMatchObject([
    { announcement: { note: { kind: 'more', names: ['Exact Online c2'] } }, postedTellsOf: [second] },
  ]);
  await tells('c2', second);
  expect(await deliveries.below(`incident/${first}/C-office`)).toHaveLength(below.length);
});

test('a line that was given up told nobody: the next one names what it was to name', async () => {
  await allBreak();
  await oneMore('c4', 60);
  const { deliveries } = office.store;
  const key = `${alert()}/more/1`;
  // As after days in which Slack took nothing: it was about to be posted, and never was.
  await deliveries.forgetMessage(key);
  await deliveries.end(key, 'given-up', (await deliveries.get(key))!.version);
  await oneMore('c5', 11);
  const names = ['Exact Online c2', 'Exact Online c3', 'Exact Online c4', 'Exact Online c5'];
  expect(line(alert(), 2)).toMatchObject({ note: { names } });
});

test('where one alone joins, whoever is asked about it reads its name', async () => {
  await allBreak();
  await oneMore('c4', 60);
  await oneMore('c5', 11);
  const toTom = `incident/${numbers.c1}/asked/tom`;
  expect(line(toTom, 2)).toMatchObject({ connectionName: 'Exact Online c5', connections: 1 });
  expect(line(toTom, 1)).toMatchObject({ connectionName: null });
});

test('of one that broke later nobody reads that it has been broken for as long as those that are mended', async () => {
  await allBreak();
  const first = told()?.since;
  const fourth = await oneMore('c4', 60);
  const brokeAt = (await office.store.incidents.get(fourth))?.openedAt;
  expect(told()?.since).toBe(first);
  for (const id of ids) await isMended(id);
  expect(told()?.since).toBe(brokeAt);
  expect(Date.parse(brokeAt!)).toBeGreaterThan(Date.parse(first!));

  const at = later(60);
  const numberOf = { connectionId: 'c4', incident: fourth };
  await office.activities.remindOfIncident({ ...numberOf, at, only: null });
  expect(office.speaker.standing(`incident/${numbers.c1}/asked/tom/reminder/${at}`)).toMatchObject({
    connectionName: 'Exact Online c4',
    openForMs: Date.parse(at) - Date.parse(brokeAt!),
  });
});

test('whoever was out of reach when one joined is asked about it too, and reads of it when they are in reach again', async () => {
  await allBreak();
  const tom = { recipient: 'U1', kind: 'person', code: 'user_disabled' } as const;
  await office.store.unreachable.note({ ...tom, since: since() });
  await oneMore('c4', 60);
  const request = office.speaker.standing(`incident/${numbers.c1}/asked/tom`);
  expect(request).toMatchObject({
    connections: expect.arrayContaining([expect.objectContaining({ connectionId: 'c4' })]),
  });
});

test('what is over before it was said is not said', async () => {
  await allBreak();
  await oneMore('c4', 60);
  const fifth = await oneMore('c5', 5);
  await office.activities.closeIncident({ incident: fifth, by: 'tom', how: 'reconnected' });
  await bench.advance(10);
  await tells('c5', fifth);
  expect(line(alert(), 2)).toBeUndefined();
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
    Array.from({ length: 20 }, (_, index) => tells(ids[index % 3]!, numbers[ids[index % 3]!], paced)),
  );
  const said = office.speaker.all.filter(({ key }) => key === alert());
  expect(said.length).toBeGreaterThan(0);
  expect(said.length).toBeLessThanOrEqual(2);
  expect(told()?.connections[2]).toMatchObject({ login: 'CX_another' });
});
