import { describe, expect, test } from '@jest/globals';
import { eventually, until } from '../until.ts';
import { strictSlack } from './strict.ts';

const strict = strictSlack();
const [sanne, tom] = ['U0SANNE', 'U0TOM'];
const channel = 'C0NORTH';

const answers = async () =>
  (await strict.messages(channel)).map(({ text, ephemeral_to: reader }) => [text, reader]);
const respond = (url: unknown, body: object) =>
  fetch(String(url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('A socket of the app', () => {
  test('gets each event alone, in turn with the others', async () => {
    const apps = [await strict.connect(), await strict.connect()];
    for (const user of [sanne, tom, sanne, tom]) await strict.openHome(user);
    await eventually(() => {
      expect(apps.map(({ delivered }) => delivered.length)).toEqual([2, 2]);
    });
    for (const app of apps) app.delivered.forEach((envelope) => app.acknowledge(envelope));
  });

  test('gets an event again that nobody acknowledged, three times at most', async () => {
    await strict.strict.turn('redelivery', { afterMs: [0, 10, 10] });
    await strict.strict.turn('patience', { ms: 500 });
    const app = await strict.connect();
    await strict.openHome(sanne);
    await app.next(4);
    expect(app.delivered.map((one) => [one.retry_attempt, one.retry_reason])).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
      [3, 'timeout'],
    ]);
    expect(new Set(app.delivered.map(({ payload }) => payload['event_id'])).size).toBe(1);
  }, 60_000);

  test('gets what another one left unacknowledged when it went away', async () => {
    // Only who is gone is not waited for.
    await strict.strict.turn('redelivery', { afterMs: [600_000, 600_000, 600_000] });
    const first = await strict.connect();
    await strict.openHome(sanne);
    const left = await first.next();
    const second = await strict.connect();
    first.close();
    const again = await second.next();
    expect(again).toMatchObject({ envelope_id: left.envelope_id, retry_attempt: 1, retry_reason: 'timeout' });
    second.acknowledge(again);
  });

  test('gets what happened while there was none as a repetition', async () => {
    await strict.strict.turn('redelivery', { afterMs: [0, 500, 500] });
    await strict.openHome(sanne);
    const app = await strict.connect();
    const late = await app.next();
    expect(late.retry_attempt).toBeGreaterThan(0);
    app.acknowledge(late);
  });

  test('does not get an event of a channel the bot was removed from', async () => {
    const app = await strict.connect();
    await strict.strict.turn('remove-bot', { channel });
    const say = (where: string, text: string) =>
      fetch(`${strict.slack.url}/_control/message`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ channel: where, user: tom, text }),
      });
    await say(channel, 'unheard');
    await say('C0SOUTH', 'heard');
    const heard = await app.next();
    expect(heard.payload.event?.['text']).toBe('heard');
    app.acknowledge(heard);
  });

  test('is one of ten at most, and is ended when Slack wants that', async () => {
    const apps = await Promise.all(Array.from({ length: 10 }, () => strict.connect()));
    expect((await strict.connect()).reasons).toEqual(['too_many_websockets']);
    await strict.strict.turn('disconnect', { reason: 'refresh_requested' });
    await until('the sockets to be closed', () => (apps.some((app) => app.isOpen()) ? undefined : true));
    expect(apps.map(({ reasons }) => reasons)).toEqual(apps.map(() => ['refresh_requested']));
  });
});

describe('A typed command', () => {
  test('comes escaped, once, and its answer is for the person who typed it', async () => {
    const app = await strict.connect();
    const typing = strict.type(sanne, 'setup <b> & <@U0TOM>', channel);
    const command = await app.next();
    expect(command.payload['text']).toBe('setup &lt;b&gt; &amp; <@U0TOM>');
    app.acknowledge(command, { text: 'heard' });
    await typing;
    expect((await answers()).at(-1)).toEqual(['heard', sanne]);
  });

  test('that is not acknowledged in time, or by nobody, fails before the person’s eyes and does not come again', async () => {
    await strict.type(sanne, 'nobody', channel);
    expect((await answers()).at(-1)).toEqual(['/syncuser failed with the error "dispatch_failed"', sanne]);
    const app = await strict.connect();
    await strict.strict.turn('patience', { ms: 1_000 });
    await strict.type(sanne, 'slow', channel);
    expect((await answers()).at(-1)).toEqual(['/syncuser failed with the error "operation_timeout"', sanne]);
    expect(app.delivered).toHaveLength(1);
  }, 60_000);

  test('that is answered with what Slack cannot show fails as well', async () => {
    const app = await strict.connect();
    const typing = strict.type(sanne, 'x', channel);
    app.acknowledge(await app.next(), { blocks: [{ type: 'banner' }] });
    await typing;
    expect((await answers()).at(-1)?.[0]).toContain('invalid_command_response');
  });

  test('may be answered five times, for that person unless it says otherwise, and never with what is refused elsewhere', async () => {
    const app = await strict.connect();
    const typing = strict.type(tom, 'x', channel);
    const { payload } = await app.next();
    app.acknowledge(app.delivered[0] ?? (await app.next()));
    await typing;
    const url = payload['response_url'];
    expect(String(url)).toContain(new URL(strict.slack.apiUrl).host);
    expect((await respond(url, { blocks: [{ type: 'banner' }] })).status).toBe(400);
    for (let use = 1; use <= 5; use += 1)
      expect((await respond(url, { text: `answer ${use}` })).status).toBe(200);
    expect((await answers()).at(-1)).toEqual(['answer 5', tom]);
    const refused = await respond(url, { text: 'answer 6' });
    expect([refused.status, await refused.json()]).toEqual([404, { ok: false, error: 'Expired url' }]);
    expect((await strict.strict.calls({ method: 'response_url' })).at(-1)).toMatchObject({
      outcome: 'expired_url',
    });
  });
});

describe('A click on App Home', () => {
  test('has neither a channel nor an address to answer at', async () => {
    const app = await strict.connect();
    await strict.clickOnHome(sanne, 'sync', 'x');
    const click = await app.next();
    expect(click.payload).toMatchObject({ type: 'block_actions', container: { type: 'view' } });
    expect(click.payload).not.toHaveProperty('channel');
    expect(click.payload).not.toHaveProperty('response_url');
    app.acknowledge(click);
  });
});
