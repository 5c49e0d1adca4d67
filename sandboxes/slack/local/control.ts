import { localApp } from './workspace.ts';

/** A message as local-slack keeps it. */
export interface SlackMessage {
  ts: string;
  channel: string;
  user?: string;
  bot_id?: string;
  username?: string;
  text?: string;
  blocks?: unknown[];
  attachments?: unknown[];
  thread_ts?: string;
  subtype?: string;
  reactions?: { name: string; users: string[] }[];
}

export type SlackControl = ReturnType<typeof createSlackControl>;

/** What the keeper asks of a running local-slack; all calls reject when it does not answer. */
export function createSlackControl(url: string) {
  const json = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(10_000), ...init });
    if (!response.ok) throw new Error(`local-slack answered ${response.status} to ${path}`);
    return (await response.json()) as T;
  };
  const post = <T>(path: string, body: unknown) =>
    json<T>(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${localApp.botToken}` },
      body: JSON.stringify(body),
    });
  return {
    async channels(): Promise<string[]> {
      const { channels } = await json<{ channels: { id: string }[] }>('/_control/state');
      return channels.map(({ id }) => id);
    },
    async messages(channel: string): Promise<SlackMessage[]> {
      return (await json<{ messages: SlackMessage[] }>(`/_control/messages/${channel}`)).messages;
    },
    /** Posts as the app; returns the new timestamp. */
    async postAsApp(message: Partial<SlackMessage> & { channel: string }): Promise<string> {
      const answer = await post<{ ok: boolean; ts: string; error?: string }>(
        '/api/chat.postMessage',
        message,
      );
      if (!answer.ok) throw new Error(`local-slack refused a message: ${answer.error ?? 'no reason'}`);
      return answer.ts;
    },
    /** Posts as a person; returns the new timestamp. */
    async postAsPerson(message: {
      channel: string;
      user: string;
      text?: string;
      thread_ts?: string;
    }): Promise<string> {
      return (await post<{ message: SlackMessage }>('/_control/message', message)).message.ts;
    },
    async react(reaction: { channel: string; ts: string; user: string; name: string }): Promise<void> {
      await post('/_control/reaction', reaction);
    },
  };
}
