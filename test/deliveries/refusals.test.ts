import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createSlackClient } from '../../bot/slack-client.ts';
import { createSpeaker } from '../../bot/speaker.ts';
import type { Announcement } from '../../domain/announcements/index.ts';
import type { Deliveries, Recipient } from '../../domain/deliveries.ts';
import { readDemoOffice } from '../../start/demo-office.ts';
import type { Store } from '../../store/index.ts';
import { disconnectionFacts } from '../bot/facts.ts';
import { muchTime, startWorkspace, type Workspace } from '../bot/workspace.ts';
import { onSqlite } from '../database.ts';
import { accounting, directMessagesOf } from '../slack-driver.ts';
import { openStore } from '../store/store.ts';
import { screensOf } from '../screens.ts';

// Every refusal that Slack publishes for messages, against every kind of recipient: who is told all the same.

const [sanne, joost, tom] = ['U0SANNE', 'U0JOOST', 'U0TOM'];
const north = 'C0NORTH';
const office = readDemoOffice();
let workspace: Workspace;
let store: Store;
let speaker: Deliveries;
let later: string[];
let turn = 0;
const open = onSqlite();

beforeAll(async () => {
  workspace = await startWorkspace();
});
afterAll(() => workspace.stop());
beforeEach(async () => {
  await workspace.strict.turn('reset', {});
  await workspace.strict.turn('rates', { on: false });
  await workspace.strict.turn('patience', { ms: muchTime });
  store = await openStore(open);
  later = [];
  turn += 1;
  speaker = speakerOf({ firstAttemptMs: muchTime });
});

const speakerOf = (more: { firstAttemptMs?: number; now?: () => Date }) =>
  createSpeaker({
    slack: createSlackClient({
      token: 'xoxb-local-syncuser',
      apiUrl: workspace.slack.apiUrl,
    }),
    store,
    office,
    screensOf,
    later: async ({ key }) => void later.push(key),
    logger: { error: () => {} },
    ...more,
  });

const everybody: { name: string; to: Recipient; reads: string }[] = [
  { name: 'the office channel', to: { channel: accounting }, reads: accounting },
  { name: 'a team channel', to: { channel: north }, reads: north },
  { name: 'a superuser', to: { slackUser: sanne }, reads: directMessagesOf(sanne) },
  { name: 'a person', to: { slackUser: tom }, reads: directMessagesOf(tom) },
];
/** Different in every test, so that nobody reads the words of another one. */
const alert = (): Announcement => ({ ...disconnectionFacts, connectionName: `Office ${turn}` });
const keyOf = (name: string) => `alert/${turn}/${name}`;
const sayToAll = (announcement = alert(), by: (name: string) => Deliveries = () => speaker) =>
  Promise.all(everybody.map(({ name, to }) => by(name).say({ key: keyOf(name), to, announcement })));
const readBy = async (channel: string, words: string) =>
  (await workspace.messages(channel)).filter(({ text }) => text.includes(words));
const alertsIn = (channel: string) => readBy(channel, `Office ${turn} is`);

async function refuse(to: Recipient, error: string, more: { times?: number } = {}): Promise<void> {
  const isPersonal = 'slackUser' in to;
  const whose = isPersonal ? { user: to.slackUser } : { channel: to.channel };
  const method = isPersonal ? 'conversations.open' : 'chat.postMessage';
  await workspace.strict.turn('misfortune', { method, ...whose, ...more, then: { error } });
}

const aboutChannel = [
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'restricted_action',
  'channel_is_limited_access',
];
const aboutPerson = ['user_disabled', 'user_not_found', 'user_not_visible', 'cannot_dm_bot'];
const aboutTheirs = everybody.flatMap((one) =>
  ('channel' in one.to ? aboutChannel : aboutPerson).map((code) => [code, one.name, one] as const),
);

describe.each(aboutTheirs)('%s for %s', (code, _name, one) => {
  test('keeps nobody else from being told, is told to the superusers once, and is over when it is mended', async () => {
    await refuse(one.to, code);
    const told = await sayToAll();
    expect(told).toEqual(everybody.map((other) => (other === one ? 'later' : 'said')));
    for (const other of everybody) expect(await alertsIn(other.reads)).toHaveLength(other === one ? 0 : 1);
    expect(later).toEqual([keyOf(one.name)]);
    expect(await store.unreachable.all()).toMatchObject([
      { code, kind: 'channel' in one.to ? 'channel' : 'person' },
    ]);

    await speaker.carryOut(keyOf(one.name));
    const supervisors = [sanne, joost].filter((id) => !('slackUser' in one.to && one.to.slackUser === id));
    for (const id of supervisors) {
      const key = [...(await warningsOf(id))];
      expect(key).toHaveLength(1);
    }

    await workspace.strict.turn('clear-misfortunes', {});
    expect(await speaker.carryOut(keyOf(one.name))).toEqual({ kind: 'said' });
    expect(await alertsIn(one.reads)).toHaveLength(1);
    expect(await store.unreachable.all()).toEqual([]);
    for (const id of supervisors)
      expect((await workspace.messages(directMessagesOf(id))).at(-1)?.text).toContain('in Slack again');
  });
});

/** What stands at this superuser about somebody who cannot be reached, of this test alone. */
async function warningsOf(id: string): Promise<string[]> {
  const since = (await store.unreachable.all())[0]?.since ?? '';
  const user = office.users.find(({ slackUserId }) => slackUserId === id)!.id;
  const recipient = (await store.unreachable.all())[0]?.recipient ?? '';
  const said = await store.deliveries.get(`cannot-reach/${recipient}/${since}/${user}`);
  const seen = await workspace.messages(directMessagesOf(id));
  return seen
    .filter(({ ts, text }) => ts === said?.ts && text.includes('cannot reach'))
    .map(({ text }) => text);
}

describe('What passes by waiting', () => {
  test.each([
    ['Slack wants to wait', { rateLimited: { retryAfter: 3 } }, 3_000],
    ['Slack wants to wait and does not say how long', { rateLimited: { retryAfter: null } }, null],
    ['a fault of Slack', { status: 503 as const }, null],
    ['a word that nobody knows', { error: 'a_new_code' }, null],
    ['its own word for a fault', { error: 'internal_error' }, null],
  ])(
    '%s: the others are told, this one later, and nobody is called unreachable',
    async (_what, then, wait) => {
      await workspace.strict.turn('misfortune', {
        method: 'chat.postMessage',
        channel: north,
        times: 2,
        then,
      });
      expect(await sayToAll()).toEqual(['said', 'later', 'said', 'said']);
      expect(await speaker.carryOut(keyOf('a team channel'))).toMatchObject({
        refusal: { about: 'passing', retryAfterMs: wait },
      });
      expect(await store.unreachable.all()).toEqual([]);
      expect(await speaker.carryOut(keyOf('a team channel'))).toEqual({ kind: 'said' });
      expect(await alertsIn(north)).toHaveLength(1);
    },
  );

  test('an answer that was lost: the message is found and not posted twice', async () => {
    await workspace.strict.turn('misfortune', {
      ...{ method: 'chat.postMessage', channel: north, times: 1 },
      then: { connection: 'lose-answer' },
    });
    await sayToAll();
    expect(await speaker.carryOut(keyOf('a team channel'))).toEqual({ kind: 'said' });
    expect(await alertsIn(north)).toHaveLength(1);
  });

  test('an answer that was lost, and looking for it is refused for a moment: it is looked for again', async () => {
    await workspace.strict.turn('misfortune', {
      ...{ method: 'chat.postMessage', channel: north, times: 1 },
      then: { connection: 'lose-answer' },
    });
    const then = { rateLimited: { retryAfter: 300 } };
    await workspace.strict.turn('misfortune', { method: 'conversations.history', times: 1, then });
    await sayToAll();
    const waits = await speaker.carryOut(keyOf('a team channel'));
    // By then it is posted, however long Slack would have us wait.
    expect(waits.kind === 'waits' && waits.refusal.retryAfterMs).toBeLessThanOrEqual(30_000);
    expect(await speaker.carryOut(keyOf('a team channel'))).toEqual({ kind: 'said' });
    expect(await alertsIn(north)).toHaveLength(1);
  });

  test.each(['missing_scope', 'not_in_channel', 'ratelimited'])(
    'an answer that was lost, and looking for it is refused (%s): it is posted, for twice is better than never',
    async (error) => {
      await workspace.strict.turn('misfortune', {
        ...{ method: 'chat.postMessage', channel: north, times: 1 },
        then: { connection: 'lose-answer' },
      });
      const then = error === 'ratelimited' ? { rateLimited: { retryAfter: 60 } } : { error };
      await workspace.strict.turn('misfortune', { method: 'conversations.history', then });
      await sayToAll();
      const late = speakerOf({ now: () => new Date(Date.now() + 31_000) }); // it was looked for all the while
      expect(await late.carryOut(keyOf('a team channel'))).toEqual({ kind: 'said' });
      expect(await alertsIn(north)).toHaveLength(2);
    },
  );

  test('Slack that never answers keeps whoever says something for seconds, and not until its end', async () => {
    await workspace.strict.turn('misfortune', { channel: north, times: 1, then: { connection: 'hang' } });
    const impatient = speakerOf({});
    const by = (name: string) => (name === 'a team channel' ? impatient : speaker);
    expect(await sayToAll(alert(), by)).toEqual(['said', 'later', 'said', 'said']);
  });
});

describe('What concerns the words', () => {
  test.each(['msg_too_long', 'msg_blocks_too_long', 'invalid_blocks', 'no_text'])(
    '%s: they are said in plain form',
    async (error) => {
      const then = { error };
      await workspace.strict.turn('misfortune', {
        method: 'chat.postMessage',
        channel: north,
        times: 1,
        then,
      });
      expect(await sayToAll()).toEqual(['said', 'said', 'said', 'said']);
      expect(await alertsIn(north)).toHaveLength(1);
      expect(await store.unreachable.all()).toEqual([]);
    },
  );

  test.each(['message_not_found', 'cant_update_message', 'edit_window_closed'])(
    '%s for an edit: what is new is posted anew',
    async (error) => {
      await sayToAll();
      await workspace.strict.turn('misfortune', { method: 'chat.update', channel: north, then: { error } });
      await sayToAll({ ...disconnectionFacts, connectionName: `Office ${turn}`, onIt: 'Tom de Vries' });
      const [old, anew, ...more] = await alertsIn(north);
      expect([old?.text.includes('is on it'), anew?.text.includes('is on it'), more]).toEqual([
        false,
        true,
        [],
      ]);
    },
  );

  test('msg_too_long for an edit: the message that stands there says it in plain form', async () => {
    await sayToAll();
    await workspace.strict.turn('misfortune', {
      ...{ method: 'chat.update', channel: north, times: 1 },
      then: { error: 'msg_too_long' },
    });
    await sayToAll({ ...disconnectionFacts, connectionName: `Office ${turn}`, onIt: 'Tom de Vries' });
    expect((await alertsIn(north)).map(({ text }) => text)).toEqual([expect.stringContaining('is on it')]);
  });

  test('thread_not_found for a line: it is said without its thread', async () => {
    await sayToAll();
    await workspace.strict.turn('misfortune', {
      ...{ method: 'chat.postMessage', channel: north, times: 1 },
      then: { error: 'thread_not_found' },
    });
    const line = { what: 'incident-note', note: { kind: 'taken-up', by: `Nobody ${turn}` } } as const;
    const statement = { key: `line/${turn}`, to: { channel: north }, inThreadOf: keyOf('a team channel') };
    expect(await speaker.say({ ...statement, announcement: line })).toBe('said');
    expect((await readBy(north, `Nobody ${turn}`))[0]?.thread_ts).toBeUndefined();
  });
});

describe('What concerns the installation', () => {
  test.each(['token_revoked', 'missing_scope', 'account_inactive'])(
    '%s: it waits, is known as such, and everything is said when it is mended',
    async (error) => {
      await workspace.strict.turn('misfortune', { then: { error } });
      expect(await sayToAll()).toEqual(['later', 'later', 'later', 'later']);
      const unreachable = (await store.unreachable.all()).map(({ recipient, code }) => [recipient, code]);
      expect(unreachable.toSorted()).toEqual([
        ['slack/channels', error],
        ['slack/persons', error],
      ]);
      expect(await store.deliveries.waiting()).toMatchObject({ count: 4 });
      await workspace.strict.turn('clear-misfortunes', {});
      for (const key of later) expect(await speaker.carryOut(key)).toEqual({ kind: 'said' });
      for (const { reads } of everybody) expect(await alertsIn(reads)).toHaveLength(1);
      expect(await store.unreachable.all()).toEqual([]);
    },
  );
});

test('Whatever is owed to a channel is said there as soon as anything reaches it', async () => {
  await refuse({ channel: north }, 'not_in_channel');
  await sayToAll();
  await workspace.strict.turn('clear-misfortunes', {});
  const word = { what: 'incident-note', note: { kind: 'taken-up', by: `Anybody ${turn}` } } as const;
  await speaker.say({ key: `word/${turn}`, to: { channel: north }, announcement: word });
  expect(await alertsIn(north)).toHaveLength(1);
  expect(await store.deliveries.waiting()).toMatchObject({ count: 0 });
});

test('A line below a message that could not be said waits for it, and they come in their order', async () => {
  const to = { channel: north };
  await refuse(to, 'service_unavailable', { times: 2 });
  const root = { key: `root/${turn}`, to, announcement: alert() };
  const line = (by: string) => ({
    ...{ key: `${by}/${turn}`, to, inThreadOf: `root/${turn}` },
    announcement: { what: 'incident-note', note: { kind: 'taken-up', by: `${by} ${turn}` } } as const,
  });
  expect(await speaker.say(root)).toBe('later');
  expect(await speaker.say(line('First'))).toBe('later');
  expect(await speaker.say(line('Second'))).toBe('said');
  const said = (await workspace.messages(north)).filter(({ text }) => new RegExp(` ${turn}\\b`).test(text));
  expect(said.map(({ text }) => text.split(' ')[0])).toEqual([':red_circle:', 'First', 'Second']);
  expect(said.slice(1).map(({ thread_ts }) => thread_ts)).toEqual([said[0]?.ts, said[0]?.ts]);
});

test('An edit that Slack limits after the message was found edits it later, and posts no second one', async () => {
  await workspace.strict.turn('misfortune', {
    ...{ method: 'chat.postMessage', channel: north, times: 1 },
    then: { connection: 'lose-answer' },
  });
  await sayToAll();
  await workspace.strict.turn('misfortune', {
    ...{ method: 'chat.update', channel: north, times: 1 },
    then: { rateLimited: { retryAfter: 1 } },
  });
  await sayToAll({ ...disconnectionFacts, connectionName: `Office ${turn}`, onIt: 'Tom de Vries' });
  expect(await speaker.carryOut(keyOf('a team channel'))).toEqual({ kind: 'said' });
  expect((await alertsIn(north)).map(({ text }) => text)).toEqual([expect.stringContaining('is on it')]);
});

test('What is over while it waits to be posted is not posted any more', async () => {
  const slow = createSlackClient({ token: 'xoxb-local-syncuser', apiUrl: workspace.slack.apiUrl });
  const open = slow.conversations.open.bind(slow.conversations);
  const over = { ...disconnectionFacts, connectionName: `Office ${turn}`, onIt: 'Nobody' };
  const key = keyOf('a person');
  slow.conversations.open = async (...args) => {
    await store.deliveries.write({ key, to: { slackUser: tom }, onlyIfSaid: true, announcement: over });
    return open(...args);
  };
  const late = createSpeaker({
    ...{ slack: slow, store, office, screensOf, later: async () => {}, firstAttemptMs: muchTime },
    logger: { error: () => {} },
  });
  expect(await late.say({ key, to: { slackUser: tom }, announcement: alert() })).toBe('nothing');
  expect(await alertsIn(directMessagesOf(tom))).toEqual([]);
});

test('What was left by a process that died is taken up again', async () => {
  await refuse({ channel: north }, 'is_archived');
  await sayToAll();
  later = [];
  await speaker.takeUp(60_000);
  expect(later).toEqual([]);
  await speaker.takeUp(-1_000);
  expect(later).toEqual([keyOf('a team channel')]);
});

test('What is tried for days in vain is given up, and that is kept', async () => {
  await refuse({ channel: north }, 'is_archived');
  await sayToAll();
  await speaker.giveUp(keyOf('a team channel'));
  expect(await store.deliveries.get(keyOf('a team channel'))).toMatchObject({ state: 'given-up' });
  expect(await speaker.carryOut(keyOf('a team channel'))).toEqual({ kind: 'over' });
  await workspace.strict.turn('clear-misfortunes', {});
  await sayToAll({ ...disconnectionFacts, connectionName: `Office ${turn}`, onIt: 'Tom de Vries' });
  expect(await alertsIn(north)).toHaveLength(1);
});
