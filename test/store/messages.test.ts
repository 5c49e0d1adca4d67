import { expect, test } from '@jest/globals';
import { onBothDatabases } from '../database.ts';
import { handClock, openStore } from './store.ts';

onBothDatabases((open) => {
  test('an intent is written once and found again, with what became of it', async () => {
    const clock = handClock();
    const { messages } = await openStore(open, { now: clock.now });
    const intended = await messages.intend('incident/1', 'C01', 'thread/1');
    expect(intended).toEqual({
      key: 'incident/1',
      channel: 'C01',
      threadKey: 'thread/1',
      ts: null,
      contentHash: null,
      intendedAt: '2026-11-23T10:00:00.000Z',
    });

    clock.advance(60_000);
    expect(await messages.intend('incident/1', 'C02')).toEqual(intended);
    await messages.posted('incident/1', '171.001', 'hash');
    expect(await messages.intend('incident/1', 'C01')).toEqual({
      ...intended,
      ts: '171.001',
      contentHash: 'hash',
    });
  });

  test('intended by two at once, both get the same record', async () => {
    const stores = [await openStore(open), await openStore(open)];
    const [one, two] = await Promise.all(stores.map(({ messages }) => messages.intend('k', 'C01')));
    expect(one).toEqual(two);
  });

  test('a post without an intent is an error', async () => {
    const { messages } = await openStore(open);
    await expect(messages.posted('k', '1', 'h')).rejects.toThrow('without an intent');
  });

  test('a forgotten message can be said anew', async () => {
    const { messages } = await openStore(open);
    await messages.intend('k', 'C01');
    await messages.posted('k', '1', 'h');
    await messages.forget('k');
    expect(await messages.get('k')).toBeNull();
    expect((await messages.intend('k', 'C02')).ts).toBeNull();
  });
});
