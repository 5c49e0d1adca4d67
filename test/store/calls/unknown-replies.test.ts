import { expect, test } from '@jest/globals';
import { onBothDatabases } from '../../database.ts';
import { handClock, openStore } from '../store.ts';

const reply = (text: string) => ({
  system: 'exact-online',
  method: 'GET',
  path: '/api/v1/7/crm/Accounts?$select',
  status: 418,
  reason: null,
  why: 'no words of error',
  text,
});

onBothDatabases((open) => {
  test('an unknown reply comes back, and the same one once with how often it came', async () => {
    const clock = handClock();
    const { unknownReplies } = await openStore(open, clock);
    const firstAt = clock.now().toISOString();
    await unknownReplies.keep(reply('I am a teapot'));
    clock.advance(1000);
    await unknownReplies.keep(reply('I am a teapot'));
    const lastAt = clock.now().toISOString();

    expect(await unknownReplies.all()).toEqual([{ ...reply('I am a teapot'), firstAt, lastAt, times: 2 }]);
  });

  test('only the newest 200 are kept', async () => {
    const clock = handClock();
    const { unknownReplies } = await openStore(open, clock);
    for (let number = 1; number <= 205; number++) {
      clock.advance(1000);
      await unknownReplies.keep(reply(`answer ${number}`));
    }

    const texts = (await unknownReplies.all()).map(({ text }) => text);
    expect(texts).toHaveLength(200);
    expect([texts[0], texts.at(-1)]).toEqual(['answer 205', 'answer 6']);
  });
});
