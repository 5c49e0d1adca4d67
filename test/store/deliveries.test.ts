import { expect, test } from '@jest/globals';
import type { Announcement } from '../../domain/announcements/index.ts';
import type { Statement } from '../../domain/deliveries.ts';
import { onBothDatabases } from '../database.ts';
import { handClock, openStore } from './store.ts';

const welcome = (officeName: string): Announcement => ({ what: 'welcome', officeName });
const statement = (more: Partial<Statement> = {}): Statement => ({
  key: 'incident/1/C01',
  to: { channel: 'C01' },
  announcement: welcome('De Vries'),
  ...more,
});
const passing = { code: 'ratelimited', about: 'passing', retryAfterMs: 1_000 } as const;

onBothDatabases((open) => {
  test('what is to be said is written once per recipient, with what became of it', async () => {
    const clock = handClock();
    const { deliveries } = await openStore(open, { now: clock.now });
    const written = await deliveries.write(statement({ inThreadOf: 'root', tellsOf: [7] }));
    expect(written).toMatchObject({
      to: { channel: 'C01' },
      inThreadOf: 'root',
      tellsOf: [7],
      state: 'due',
      version: 1,
      ts: null,
      saidAt: null,
      seenAt: null,
    });
    clock.advance(60_000);
    await deliveries.sending('incident/1/C01', 'C01', 1);
    expect(await deliveries.said('incident/1/C01', { ts: '1.1', contentHash: 'h', version: 1 })).toBe(true);
    expect(await deliveries.get('incident/1/C01')).toMatchObject({
      state: 'said',
      ts: '1.1',
      sentAt: null,
      saidAt: '2026-11-23T10:01:00.000Z',
    });
    expect(await deliveries.write(statement({ inThreadOf: 'root' }))).toMatchObject({
      state: 'said',
      version: 1,
    });
  });

  test('something newer to say makes it due again, also while the older is on its way', async () => {
    const { deliveries } = await openStore(open);
    await deliveries.write(statement());
    expect(await deliveries.write(statement({ announcement: welcome('Jansen') }))).toMatchObject({
      version: 2,
    });
    expect(await deliveries.said('incident/1/C01', { ts: '1', contentHash: 'h', version: 1 })).toBe(false);
    expect(await deliveries.get('incident/1/C01')).toMatchObject({ state: 'due', ts: '1' });
    expect(await deliveries.said('incident/1/C01', { ts: '1', contentHash: 'i', version: 2 })).toBe(true);
  });

  test('of which incidents a message told when it was posted is kept, whatever is said by an edit later', async () => {
    const { deliveries } = await openStore(open);
    const told = async () => (await deliveries.get('incident/1/C01'))?.postedTellsOf;
    await deliveries.write(statement({ tellsOf: [1] }));
    expect(await told()).toEqual([]);
    await deliveries.sending('incident/1/C01', 'C01', 1);
    await deliveries.write(statement({ tellsOf: [1, 2], announcement: welcome('Jansen') }));
    await deliveries.said('incident/1/C01', { ts: '1', contentHash: 'h', version: 1 });
    await deliveries.said('incident/1/C01', { ts: '1', contentHash: 'i', version: 2 });
    expect(await told()).toEqual([1]);
  });

  test('written by two at once, it is one row', async () => {
    const stores = [await openStore(open), await openStore(open)];
    const both = await Promise.all(stores.map(({ deliveries }) => deliveries.write(statement())));
    expect(both.map((one) => one?.version)).toEqual([1, 1]);
    expect(await stores[0]?.deliveries.waiting()).toMatchObject({ count: 1 });
  });

  test('an edit has nothing to edit where nothing was said, and one that may stand there is looked for', async () => {
    const { deliveries } = await openStore(open);
    const edit = statement({ onlyIfSaid: true, announcement: welcome('over') });
    expect(await deliveries.write(edit)).toBeNull();
    await deliveries.write(statement());
    expect(await deliveries.write(edit)).toBeNull();
    expect(await deliveries.get('incident/1/C01')).toMatchObject({ state: 'overtaken' });
    await deliveries.write(statement()); // to be said all the same
    const { version } = (await deliveries.get('incident/1/C01'))!;
    await deliveries.sending('incident/1/C01', 'C01', version);
    expect(await deliveries.write(edit)).toMatchObject({ state: 'due', onlyIfSaid: true });
  });

  test('of one topic the newest is said to a recipient, and other recipients hear theirs', async () => {
    const { deliveries } = await openStore(open);
    const reminder = (key: string, slackUser: string) => ({ key, to: { slackUser }, topic: 'reminder' });
    await deliveries.write(statement(reminder('r1/tom', 'U1')));
    await deliveries.write(statement(reminder('r1/sanne', 'U2')));
    await deliveries.write(statement(reminder('r2/tom', 'U1')));
    expect(await deliveries.get('r1/tom')).toMatchObject({ state: 'overtaken' });
    expect(await deliveries.get('r1/sanne')).toMatchObject({ state: 'due' });
    expect(await deliveries.get('r2/tom')).toMatchObject({ state: 'due' });
  });

  test('one process at a time tries it, until it lets go or died', async () => {
    const clock = handClock();
    const { deliveries } = await openStore(open, { now: clock.now });
    await deliveries.write(statement());
    const first = (await deliveries.claim('incident/1/C01', 60_000))!;
    expect(first).not.toBeNull();
    expect(await deliveries.claim('incident/1/C01', 60_000)).toBeNull();
    clock.advance(60_001);
    const second = (await deliveries.claim('incident/1/C01', 60_000))!;
    expect(second).not.toBeNull();
    await deliveries.release('incident/1/C01', first); // which it does not hold any more
    expect(await deliveries.claim('incident/1/C01', 60_000)).toBeNull();
    const longer = (await deliveries.claim('incident/1/C01', 60_000, second))!;
    await deliveries.release('incident/1/C01', longer);
    expect(await deliveries.claim('incident/1/C01', 60_000)).not.toBeNull();
    expect(await deliveries.claim('nothing', 60_000)).toBeNull();
  });

  test('what was overtaken or said anew in the moment before it is sent is not sent, and not ended, as it was', async () => {
    const { deliveries } = await openStore(open);
    await deliveries.write(statement());
    await deliveries.write(statement({ announcement: welcome('Jansen') }));
    expect(await deliveries.sending('incident/1/C01', 'C01', 1)).toBe(false);
    expect(await deliveries.end('incident/1/C01', 'given-up', 1)).toBe(false);
    expect(await deliveries.write(statement({ onlyIfSaid: true, announcement: welcome('over') }))).toBeNull();
    expect(await deliveries.sending('incident/1/C01', 'C01', 2)).toBe(false);
  });

  test('an edit of what was said long ago has been due since then only when it was written', async () => {
    const clock = handClock();
    const { deliveries } = await openStore(open, { now: clock.now });
    await deliveries.write(statement());
    await deliveries.said('incident/1/C01', { ts: '1', contentHash: 'h', version: 1 });
    clock.advance(7 * 86_400_000);
    await deliveries.write(statement({ announcement: welcome('Jansen') }));
    expect(await deliveries.waiting()).toEqual({ count: 1, since: '2026-11-30T10:00:00.000Z' });
    expect(await deliveries.dueSince('2026-11-30T10:00:00.000Z')).toEqual([]);
    expect(await deliveries.dueSince('2026-11-30T10:00:01.000Z')).toMatchObject([{ key: 'incident/1/C01' }]);
  });

  test('a refusal is kept until it is said, and only an answer that was lost leaves a message to look for', async () => {
    const { deliveries } = await openStore(open);
    await deliveries.write(statement());
    await deliveries.sending('incident/1/C01', 'C01', 1);
    await deliveries.refused('incident/1/C01', passing);
    expect(await deliveries.get('incident/1/C01')).toMatchObject({
      refusal: { code: 'ratelimited', about: 'passing' },
    });
    expect((await deliveries.get('incident/1/C01'))?.sentAt).not.toBeNull();
    await deliveries.notSent('incident/1/C01');
    expect((await deliveries.get('incident/1/C01'))?.sentAt).toBeNull();
    await deliveries.said('incident/1/C01', { ts: '1', contentHash: 'h', version: 1 });
    expect((await deliveries.get('incident/1/C01'))?.refusal).toBeNull();
  });

  test('lines of a thread know which were written before them and are not said', async () => {
    const clock = handClock();
    const { deliveries } = await openStore(open, { now: clock.now });
    await deliveries.write(statement({ key: 'root' }));
    for (const key of ['one', 'two', 'three']) {
      clock.advance(1_000);
      await deliveries.write(statement({ key, inThreadOf: 'root' }));
    }
    const three = (await deliveries.get('three'))!;
    expect(await deliveries.dueBefore(three)).toEqual(['root', 'one', 'two']);
    await deliveries.said('one', { ts: '1', contentHash: 'h', version: 1 });
    expect(await deliveries.dueBefore(three)).toEqual(['root', 'two']);
  });

  test('whoever did something with a message has seen it, the first time', async () => {
    const clock = handClock();
    const { deliveries } = await openStore(open, { now: clock.now });
    await deliveries.write(statement());
    await deliveries.sending('incident/1/C01', 'C01', 1);
    await deliveries.said('incident/1/C01', { ts: '1', contentHash: 'h', version: 1 });
    await deliveries.seen({ channel: 'C01', ts: '2' });
    expect((await deliveries.get('incident/1/C01'))?.seenAt).toBeNull();
    await deliveries.seen({ channel: 'C01', ts: '1' });
    clock.advance(1_000);
    await deliveries.seen({ channel: 'C01', ts: '1' });
    expect((await deliveries.get('incident/1/C01'))?.seenAt).toBe('2026-11-23T10:00:00.000Z');
  });

  test('whom Slack does not let us reach is news once, until something reaches them', async () => {
    const { unreachable } = await openStore(open);
    const north = {
      recipient: 'C1',
      kind: 'channel',
      code: 'not_in_channel',
      since: '2026-11-23T10:00:00.000Z',
    } as const;
    const { since } = north;
    expect(await unreachable.note(north)).toEqual({ since, isNews: true });
    expect(await unreachable.note(north)).toEqual({ since, isNews: false });
    const later = { ...north, code: 'is_archived', since: '2026-11-23T11:00:00.000Z' };
    expect(await unreachable.note(later)).toEqual({ since, isNews: false });
    expect(await unreachable.all()).toEqual([{ ...north, code: 'is_archived' }]);
    await unreachable.clear('C1');
    expect(await unreachable.all()).toEqual([]);
  });

  test('a channel that is nobody’s any more is not one that cannot be reached', async () => {
    const { unreachable } = await openStore(open);
    const since = '2026-11-23T10:00:00.000Z';
    for (const recipient of ['C1', 'C2'])
      await unreachable.note({ recipient, kind: 'channel', code: 'is_archived', since });
    await unreachable.note({
      recipient: 'slack/channels',
      kind: 'installation',
      code: 'token_revoked',
      since,
    });
    await unreachable.keepOnly(['C2', 'U1']);
    expect((await unreachable.all()).map(({ recipient }) => recipient)).toEqual(['C2', 'slack/channels']);
  });
});
