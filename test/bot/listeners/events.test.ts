import { describe, expect, test } from '@jest/globals';
import { disconnected, noor, sanne, talkInSlack, tom } from '../talk.ts';
import { accounting, directMessagesOf } from '../../slack-driver.ts';

const talk = talkInSlack();

test('The bot greets the office once, also after another start', async () => {
  const again = talk.anotherBot();
  await again.start();
  await again.stop();
  const greetings = (await talk.workspace.messages(accounting)).filter(({ text }) =>
    text.includes('this is Syncuser'),
  );
  expect(greetings).toHaveLength(1);
  expect(greetings[0]?.text).toContain('/syncuser setup');
});

describe('App Home', () => {
  test('warns everybody while something is disconnected, and lets only some mend it', async () => {
    await talk.have(disconnected);
    const home = await talk.homeOf(noor, 'is disconnected');
    expect(JSON.stringify(home)).toContain('Tom de Vries, Sanne Jansen or Joost Smit can reconnect it');
    expect(JSON.stringify(home)).not.toContain('"action_id":"reconnect"');
    expect(JSON.stringify(await talk.homeOf(tom, 'is disconnected'))).toContain('"action_id":"reconnect"');
  });

  test('is the accounting-system screen for a superuser', async () => {
    await talk.have();
    const view = JSON.stringify(await talk.homeOf(sanne, 'Connected'));
    for (const action of ['sync-now', 'change', 'choose-companies', 'pause', 'set-up'])
      expect(view).toContain(`"action_id":"${action}"`);
  });

  test('shows what a click did as soon as it is known', async () => {
    const before = await talk.have();
    await talk.homeOf(sanne, 'Connected');
    await talk.workspace.clickOnHome(sanne, 'pause', before.id);
    await talk.called('pause');
    await talk.have({ pausedBy: 'sanne' });
    await talk.workspace.view('views.publish', (view) =>
      JSON.stringify(view).includes('Paused by Sanne Jansen'),
    );
    await talk.workspace.message(directMessagesOf(sanne), 'Sanne Jansen paused the synchronisation');
  });

  test('tells a stranger whom to ask', async () => {
    await talk.homeOf('U0STRANGER', 'Syncuser does not know you yet');
  });
});

describe('Whoever speaks to the bot', () => {
  test('in a direct message reads how things are, and the few commands that matter', async () => {
    await talk.have(disconnected);
    await talk.workspace.write(noor, 'hello?', directMessagesOf(noor));
    const { text } = await talk.workspace.message(directMessagesOf(noor), 'I understand commands only');
    expect(text).toContain('is disconnected');
    expect(text).toContain('/syncuser status');
    expect(text).not.toContain('/syncuser setup');
  });

  test('by a mention reads the same, and nobody else does', async () => {
    await talk.have();
    await talk.workspace.write(tom, '<@U0SYNCUSER> is Exact down?', accounting);
    const answer = await talk.workspace.message(accounting, 'I understand commands only');
    expect(answer.ephemeral_to).toBe(tom);
  });
});
