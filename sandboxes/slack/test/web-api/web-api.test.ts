import { describe, expect, test } from '@jest/globals';
import { localApp } from '../../local/workspace.ts';
import { strictSlack } from '../strict.ts';

const strict = strictSlack();
const north = 'C0NORTH';
const tom = 'U0TOM';

/** What a call ends with: `ok`, or Slack's error. */
async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    return (error as { data?: { error: string } }).data?.error ?? (error as { code: string }).code;
  }
}
const post = (channel = north, text = 'words') => strict.client().chat.postMessage({ channel, text });
const posted = async (channel?: string) => (await post(channel)).ts ?? '';
const modal = {
  type: 'modal' as const,
  title: { type: 'plain_text' as const, text: 'Title' },
  blocks: [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'words' } }],
};

describe('The strict Slack', () => {
  test('refuses a channel it does not know, one in the archive, and one the bot was removed from', async () => {
    expect(await outcome(post('C0NOWHERE'))).toBe('channel_not_found');
    await strict.strict.turn('archive', { channel: north });
    expect(await outcome(post())).toBe('is_archived');
    await strict.strict.turn('archive', { channel: north, on: false });
    await strict.strict.turn('remove-bot', { channel: north });
    expect(await outcome(post())).toBe('not_in_channel');
    expect(await outcome(strict.client().conversations.history({ channel: north }))).toBe('not_in_channel');
    await strict.strict.turn('remove-bot', { channel: north, on: false });
    expect(await outcome(post())).toBe('ok');
  });

  test('opens no direct messages with somebody who is disabled, unknown or a bot', async () => {
    const open = (users: string) => outcome(strict.client().conversations.open({ users }));
    expect(await open(tom)).toBe('ok');
    expect(await open('U0NOBODY')).toBe('user_not_found');
    expect(await open(localApp.botUserId)).toBe('cannot_dm_bot');
    await strict.strict.turn('disable-user', { user: tom });
    expect(await open(tom)).toBe('user_disabled');
    expect(await outcome(post('D0TOM'))).toBe('is_archived');
  });

  test('edits the app’s own messages only, and only those that are there', async () => {
    const edit = (ts: string) => outcome(strict.client().chat.update({ channel: north, ts, text: 'new' }));
    const remove = (ts: string) => outcome(strict.client().chat.delete({ channel: north, ts }));
    const ts = await posted();
    expect(await edit(ts)).toBe('ok');
    expect(await remove(ts)).toBe('ok');
    expect(await edit(ts)).toBe('message_not_found');
    expect(await remove(ts)).toBe('message_not_found');
    const theirs = await fetch(`${strict.slack.url}/_control/message`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ channel: north, user: tom, text: 'mine' }),
    });
    const { message } = (await theirs.json()) as { message: { ts: string } };
    expect(await edit(message.ts)).toBe('cant_update_message');
    expect(await remove(message.ts)).toBe('cant_delete_message');
    const ephemeral = await strict.client().chat.postEphemeral({ channel: north, user: tom, text: 'psst' });
    expect(await edit(ephemeral.message_ts ?? '')).toBe('message_not_found');
  });

  test('takes 4,000 characters in an edit and refuses more; cuts a new message at 40,000 and says so', async () => {
    const ts = await posted();
    const edit = (length: number) =>
      outcome(strict.client().chat.update({ channel: north, ts, text: 'x'.repeat(length) }));
    expect(await edit(4_000)).toBe('ok');
    expect(await edit(4_001)).toBe('msg_too_long');
    const cut = await strict.client().chat.postMessage({ channel: north, text: 'x'.repeat(40_001) });
    expect(cut).toMatchObject({ warning: 'message_truncated', message: { text: 'x'.repeat(40_000) } });
    expect(await outcome(post(north, ''))).toBe('no_text');
  });

  test('is "only visible" to somebody in the channel, and in no history', async () => {
    const tell = (user: string) =>
      strict.client().chat.postEphemeral({ channel: north, user, text: 'only for you' });
    expect(await outcome(tell(tom))).toBe('ok');
    expect(await outcome(tell('U0NOBODY'))).toBe('user_not_in_channel');
    const { messages = [] } = await strict.client().conversations.history({ channel: north });
    expect(messages.map(({ text }) => text)).not.toContain('only for you');
  });

  test('wants the right token and the right scope', async () => {
    const send = (token: string) =>
      outcome(strict.client(token).chat.postMessage({ channel: north, text: 'x' }));
    expect(await send('xoxb-wrong')).toBe('invalid_auth');
    expect(await send(localApp.appToken)).toBe('not_allowed_token_type');
    expect(await outcome(strict.client().apps.connections.open())).toBe('not_allowed_token_type');
    expect(await (await fetch(`${strict.slack.apiUrl}auth.test`, { method: 'POST' })).json()).toEqual({
      ok: false,
      error: 'not_authed',
    });
    await strict.strict.turn('take-scope', { scope: 'chat:write' });
    await expect(post()).rejects.toMatchObject({ data: { error: 'missing_scope', needed: 'chat:write' } });
    await strict.strict.turn('revoke-token', {});
    expect(await outcome(post())).toBe('token_revoked');
  });

  test('lets no more than a few messages into a channel at once, and says when to come again', async () => {
    await strict.strict.turn('rates', { on: true });
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        fetch(`${strict.slack.apiUrl}chat.postMessage`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${localApp.botToken}` },
          body: JSON.stringify({ channel: north, text: 'again' }),
        }),
      ),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused[0]?.json()).toEqual({ ok: false, error: 'ratelimited' });
  });

  test('opens a modal for a trigger that was handed out just now, once', async () => {
    const open = (trigger_id: string) => outcome(strict.client().views.open({ trigger_id, view: modal }));
    const app = await strict.connect();
    const trigger = async () => {
      const typing = strict.type(tom, 'setup', north);
      const command = await app.next(app.delivered.length + 1);
      app.acknowledge(command);
      await typing;
      return String(command.payload['trigger_id']);
    };
    expect(await open('never')).toBe('invalid_trigger_id');
    const once = await trigger();
    expect(
      await outcome(
        strict.client().views.open({ trigger_id: once, view: { ...modal, blocks: [{} as never] } }),
      ),
    ).toBe('invalid_arguments');
    expect(await open(once)).toBe('ok');
    expect(await open(once)).toBe('exchanged_trigger_id');
    const late = await trigger();
    await strict.strict.turn('expire-triggers', {});
    expect(await open(late)).toBe('expired_trigger_id');
  });
});

describe('A misfortune', () => {
  test('meets the calls it is for, as often as it says, with any error of Slack', async () => {
    const control = strict.strict;
    await control.turn('misfortune', {
      method: 'chat.postMessage',
      channel: north,
      times: 2,
      then: { error: 'fatal_error' },
    });
    expect(await outcome(post('C0SOUTH'))).toBe('ok');
    expect([await outcome(post()), await outcome(post()), await outcome(post())]).toEqual([
      'fatal_error',
      'fatal_error',
      'ok',
    ]);
    await control.turn('misfortune', { user: tom, then: { error: 'messages_tab_disabled' } });
    expect(await outcome(post('D0TOM'))).toBe('messages_tab_disabled');
    expect(await outcome(post('D0SANNE'))).toBe('ok');
    await control.turn('clear-misfortunes', {});
    expect(await outcome(post('D0TOM'))).toBe('ok');
    expect((await control.calls()).map(({ channel, user, outcome: how }) => [channel, user, how])).toEqual([
      ['C0SOUTH', null, 'ok'],
      [north, null, 'fatal_error'],
      [north, null, 'fatal_error'],
      [north, null, 'ok'],
      ['D0TOM', tom, 'messages_tab_disabled'],
      ['D0SANNE', 'U0SANNE', 'ok'],
      ['D0TOM', tom, 'ok'],
    ]);
  });

  test('may be a rate limit with or without its time, or an HTTP error', async () => {
    const raw = () =>
      fetch(`${strict.slack.apiUrl}chat.postMessage`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${localApp.botToken}` },
        body: JSON.stringify({ channel: north, text: 'x' }),
      });
    const suffer = async (then: Parameters<typeof strict.strict.turn<'misfortune'>>[1]['then']) => {
      await strict.strict.turn('misfortune', { times: 1, then });
      const { status, headers } = await raw();
      return [status, headers.get('retry-after')];
    };
    expect(await suffer({ rateLimited: { retryAfter: 30 } })).toEqual([429, '30']);
    expect(await suffer({ rateLimited: { retryAfter: null } })).toEqual([429, null]);
    expect(await suffer({ status: 503 })).toEqual([503, null]);
    expect((await raw()).status).toBe(200);
  });

  test('may be an answer that is lost after Slack took the message, or none at all', async () => {
    const texts = async () => (await strict.messages('C0SOUTH')).map(({ text }) => text);
    await strict.strict.turn('misfortune', { times: 1, then: { connection: 'lose-answer' } });
    expect(await outcome(post('C0SOUTH', 'taken'))).toBe('slack_webapi_request_error');
    expect(await texts()).toContain('taken');
    await strict.strict.turn('misfortune', { times: 1, then: { connection: 'hang' } });
    await expect(
      fetch(`${strict.slack.apiUrl}chat.postMessage`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${localApp.botToken}` },
        body: JSON.stringify({ channel: 'C0SOUTH', text: 'never' }),
        signal: AbortSignal.timeout(200),
      }),
    ).rejects.toThrow('aborted');
    expect(await texts()).not.toContain('never');
  });

  test('is refused in words when it makes no sense', async () => {
    await expect(strict.strict.turn('misfortune', { times: 0, then: { error: 'x' } })).rejects.toThrow(
      'times',
    );
  });

  test('notes where a message stands, as it was posted, and whether a reply went to the channel too', async () => {
    const root = await posted();
    const reply = { channel: north, text: 'reply', thread_ts: root };
    const { ts } = await strict.client().chat.postMessage(reply);
    await strict.client().chat.postMessage({ ...reply, reply_broadcast: true });
    const calls = await strict.strict.calls({ method: 'chat.postMessage' });
    expect(calls.slice(-2).map((call) => call.posted)).toEqual([
      { ts, text: 'reply', isReply: true, alsoInChannel: false },
      expect.objectContaining({ isReply: true, alsoInChannel: true }),
    ]);
  });
});
