import type { Call } from './calls.ts';
import type { SwitchInput, SwitchName } from './switches.ts';

/** Turns the switches of the strict Slack and reads what was asked of it: for tests and benches. */
export interface StrictControl {
  /**
   * @example await strict.turn('archive', { channel: 'C0NORTH' });
   * @example await strict.turn('misfortune', { method: 'chat.postMessage', times: 1, then: { error: 'msg_too_long' } });
   * @throws Error in words when the input does not fit
   */
  turn<Name extends SwitchName>(name: Name, input: SwitchInput<Name>): Promise<unknown>;
  /** What the app asked, the newest last; `since` (ISO): from this moment on. */
  calls(which?: { method?: string; since?: string }): Promise<Call[]>;
  /** Makes a public channel with the bot in it; gives its id. */
  makeChannel(name: string): Promise<string>;
}

/** @param apiUrl what the app has as SLACK_API_URL */
export function createStrictControl(apiUrl: string): StrictControl {
  const base = new URL('/_strict', apiUrl).href;
  async function turn(name: string, input: unknown): Promise<unknown> {
    const response = await fetch(`${base}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    const answer = (await response.json()) as { result?: unknown; error?: string };
    if (!response.ok) throw new Error(`The strict Slack did not turn ${name}: ${answer.error}`);
    return answer.result;
  }
  return {
    turn,
    async calls(which = {}) {
      const response = await fetch(`${base}/calls?${new URLSearchParams(which).toString()}`);
      return ((await response.json()) as { calls: Call[] }).calls;
    },
    makeChannel: async (name) => ((await turn('make-channel', { name })) as { channel: string }).channel,
  };
}
