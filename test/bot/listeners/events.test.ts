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
    const hers = await talk.homeOf(noor, 'is disconnected');
    expect(JSON.stringify(hers)).toContain('Tom de Vries, Sanne Jansen or Joost Smit can reconnect it');
    expect(JSON.stringify(hers)).not.toContain('"action_id":"reconnect"');
    expect(JSON.stringify(await talk.homeOf(tom, 'is disconnected'))).toContain('"action_id":"reconnect"');
  });

  test('is the accounting-system screen for a superuser', async () => {
    await talk.have();
    const view = JSON.stringify(await talk.homeOf(sanne, 'Login success'));
    for (const action of ['sync-now', 'change', 'choose-companies', 'pause', 'set-up'])
      expect(view).toContain(`"action_id":"${action}"`);
  });

  test('shows what a click did as soon as it is known', async () => {
    const before = await talk.have();
    await talk.homeOf(sanne, 'Login success');
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
