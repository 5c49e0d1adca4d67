/** One thing the app asked of Slack, for tests and benches to look at. */
export interface Call {
  at: string;
  /** A method of the Web API, or `response_url`. */
  method: string;
  channel: string | null;
  user: string | null;
  /** `ok`, Slack's error code, or what was done to the call: `http 500`, `hung`, `answer lost`. */
  outcome: string;
  /** What Slack said about it, for whoever looks why. */
  messages?: string[];
  /**
   * Of a message that stands there now. The local Slack keeps whole seconds, not whether a reply went to the channel too, and
   * no wording of before an edit.
   */
  posted?: { ts: string; text: string; isReply: boolean; alsoInChannel: boolean };
}

const most = 10_000;

export function createCalls() {
  let calls: Call[] = [];
  return {
    note(call: Omit<Call, 'at'>): void {
      calls.push({ at: new Date().toISOString(), ...call });
      if (calls.length > most) calls = calls.slice(-most / 2);
    },
    /** Those of this method, or of all of them, that were noted at `since` (ISO) or later; the newest last. */
    noted: ({ method, since = '' }: { method?: string | undefined; since?: string | undefined }): Call[] =>
      calls.filter((call) => (method ?? call.method) === call.method && call.at >= since),
    clear(): void {
      calls = [];
    },
  };
}

export type Calls = ReturnType<typeof createCalls>;
