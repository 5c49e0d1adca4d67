import { setTimeout as sleep } from 'node:timers/promises';
import type { KnownBlock, View } from '@slack/types';
import { WebSocket } from 'ws';
import { until } from './until.ts';

/** A message as the local Slack keeps it. */
export interface Seen {
  ts: string;
  text: string;
  channel: string;
  thread_ts?: string;
  subtype?: string;
  ephemeral_to?: string;
  blocks?: KnownBlock[];
}

interface LogEntry {
  summary: string;
  detail?: unknown;
  id: string;
}

/** What people do in the local Slack, and what they see there. */
export interface SlackDriver {
  type(user: string, text: string, channel?: string): Promise<void>;
  /** Writes an ordinary message. */
  write(user: string, text: string, channel: string): Promise<void>;
  /** Clicks the button of this action on a message. */
  click(user: string, message: Seen, actionId: string): Promise<void>;
  clickOnHome(user: string, actionId: string, value: string): Promise<void>;
  openHome(user: string): Promise<void>;
  submit(user: string, values: Record<string, Record<string, unknown>>): Promise<void>;
  messages(channel: string): Promise<Seen[]>;
  /** Waits for a message that contains these words. */
  message(channel: string, words: string): Promise<Seen>;
  /** Waits for the newest view that was opened or published since the last act and fulfils the condition. */
  view(method: 'views.open' | 'views.publish', isIt?: (view: View, user?: string) => boolean): Promise<View>;
  /** Waits for an error beside an input of a modal. */
  viewErrors(): Promise<Record<string, string>>;
  log(): Promise<LogEntry[]>;
}

export const accounting = 'C0ACCOUNTING';
/** The direct messages of a person; the demo workspace gives them ids that follow from the person's. */
export const directMessagesOf = (user: string) => user.replace(/^U/, 'D');

/** Drives a running local Slack as its people would, through its control API and the socket of its page. */
export function driveSlack(url: string, { patienceMs }: { patienceMs?: number } = {}): SlackDriver {
  const control = async <T>(path: string, body?: unknown): Promise<T> => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const response = await fetch(`${url}/_control${path}`, body === undefined ? {} : init);
    if (!response.ok) throw new Error(`the local Slack answered ${response.status} to ${path}`);
    return (await response.json()) as T;
  };
  const messages = async (channel: string) =>
    (await control<{ messages: Seen[] }>(`/messages/${channel}`)).messages;
  const log = async () => (await control<{ log: LogEntry[] }>('/log')).log;
  /** What the log held before the newest act of a person: views and errors are looked for behind it. */
  let mark: string | undefined;
  const act = async (how: () => Promise<unknown>) => {
    mark = (await log()).at(-1)?.id;
    await how();
  };
  const since = async () => {
    const entries = await log();
    return entries.slice(entries.findIndex(({ id }) => id === mark) + 1);
  };

  return {
    messages,
    log,
    type: (user, text, channel = accounting) =>
      act(() => control('/command', { user, channel, command: '/syncuser', text })),
    write: (user, text, channel) => act(() => inBrowser(url, { t: 'post_message', channel, user, text })),
    click: (user, message, actionId) =>
      act(() =>
        control('/interact', {
          user,
          channel: message.channel,
          messageTs: message.ts,
          action: { type: 'button', action_id: actionId, value: valueOf(message, actionId) },
        }),
      ),
    clickOnHome: (user, actionId, value) =>
      act(() =>
        inBrowser(url, {
          t: 'block_action',
          channel: '',
          messageTs: '',
          user,
          action: { type: 'button', action_id: actionId, value },
          appId: 'A0SYNCUSER',
        }),
      ),
    openHome: (user) => act(() => control('/open-home', { user })),
    submit: (user, values) => act(() => inBrowser(url, { t: 'view_submit', user, values })),
    message: (channel, words) =>
      until(
        `a message with “${words}” in ${channel}`,
        async () => (await messages(channel)).findLast((message) => message.text.includes(words)),
        patienceMs,
      ),
    view: (method, isIt = () => true) =>
      until(
        `a view from ${method}`,
        async () => {
          const calls = (await since()).filter(({ summary }) => summary === method);
          const views = calls.map(({ detail }) => detail as { view: View; user_id?: string });
          return views.findLast(({ view, user_id: user }) => isIt(view, user))?.view;
        },
        patienceMs,
      ),
    viewErrors: () =>
      until(
        'errors of a view',
        async () => {
          const acks = (await since()).filter(({ summary }) => summary.startsWith('ack '));
          const last = acks.at(-1)?.detail as { errors?: Record<string, string> } | undefined;
          return last?.errors;
        },
        patienceMs,
      ),
  };
}

/** What a list in a modal sends for its choice. */
export const option = (value: string) => ({ selected_option: { value } });

/** What the control API cannot do goes the way of the page: one message over its WebSocket. */
async function inBrowser(url: string, message: unknown): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ui`);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  socket.send(JSON.stringify(message));
  await sleep(50);
  socket.close();
}

function valueOf(message: Seen, actionId: string): string | undefined {
  const elements = (message.blocks ?? []).flatMap((block) => {
    if (block.type === 'actions') return block.elements;
    return block.type === 'section' && block.accessory?.type === 'button' ? [block.accessory] : [];
  });
  const button = elements.find((element) => element.type === 'button' && element.action_id === actionId);
  if (button?.type !== 'button') throw new Error(`The message has no button ${actionId}: ${message.text}`);
  return button.value;
}
