import { afterEach, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { eventually, until } from '../../until.ts';
import { strictSlack } from '../strict.ts';

const strict = strictSlack();
const channel = 'C0NORTH';
let opened: WebSocket[] = [];
afterEach(() => {
  for (const socket of opened) socket.terminate();
  opened = [];
});

interface Frame {
  t: string;
  message?: { text: string };
  state?: { messages: Record<string, { text: string }[]>; apps: { connected: boolean }[] };
  connected?: boolean;
}

/** A page as the browser opens it; `actAs` is what it tells when somebody is chosen. */
async function openPage() {
  const socket = new WebSocket(`${strict.slack.url.replace('http', 'ws')}/ui`);
  opened.push(socket);
  const frames: Frame[] = [];
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString()) as Frame));
  const started = (count: number) =>
    until('the page to start', () => frames.filter(({ t }) => t === 'init')[count - 1]);
  await started(1);
  return {
    frames,
    texts: () => frames.flatMap(({ message }) => (message ? [message.text] : [])),
    async actAs(user: string) {
      const before = frames.filter(({ t }) => t === 'init').length;
      socket.send(JSON.stringify({ t: 'act_as', user }));
      return started(before + 1);
    },
  };
}

describe('The page', () => {
  test('shows what is only visible to one person to nobody else, now and after another is chosen', async () => {
    const [asSanne, asTom] = [await openPage(), await openPage()];
    await asTom.actAs('U0TOM');
    await strict.client().chat.postEphemeral({ channel, user: 'U0TOM', text: 'for Tom &amp; nobody else' });
    await strict.client().chat.postMessage({ channel, text: 'for all' });
    await eventually(() => {
      expect(asSanne.texts()).toEqual(['for all']);
      expect(asTom.texts()).toEqual(['for Tom & nobody else', 'for all']);
    });
    const textsOf = (frame: Frame) => frame.state?.messages[channel]?.map(({ text }) => text);
    expect(textsOf(await asSanne.actAs('U0TOM'))).toContain('for Tom & nobody else');
    expect(textsOf(await asTom.actAs('U0PETRA'))).not.toContain('for Tom & nobody else');
  });

  test('tells as whom one acts, and whether the app is connected', async () => {
    const html = await (await fetch(strict.slack.url)).text();
    expect(html).toContain("t: 'act_as'");
    const page = await openPage();
    expect(page.frames[0]?.state?.apps[0]?.connected).toBe(false);
    await strict.connect();
    await eventually(() =>
      expect(page.frames.findLast(({ t }) => t === 'socket_status')?.connected).toBe(true),
    );
  });

  test('is reached on this machine only under its own address, as are the addresses in answers', async () => {
    const { permalink } = await strict.client().chat.getPermalink({
      channel,
      message_ts: (await strict.client().chat.postMessage({ channel, text: 'linked' })).ts ?? '',
    });
    expect(permalink).toContain(strict.slack.url);
  });
});
