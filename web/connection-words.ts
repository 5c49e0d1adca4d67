import { explainCause } from '../domain/causes.ts';
import { statusWord, type ConnectionState, type DelayReason } from '../domain/connection.ts';
import type { Tone } from './pages/blocks.ts';
import type { SayMoment } from './moments.ts';

export interface ConnectionWords {
  /** The word a superuser knows: Login success, Disconnected … */
  status: string;
  /** What that means at this moment. Names no person. */
  sentence: string;
  tone: Tone;
}

/** The state of a connection in words. */
export function describeConnection(
  state: ConnectionState,
  systemName: string,
  sayMoment: SayMoment,
): ConnectionWords {
  const { link, health } = state;
  const status = statusWord(state);
  const since = sayMoment(link.since);
  const say = (tone: Tone, sentence: string) => ({ status, sentence, tone });
  switch (link.state) {
    case 'connecting':
      return say('calm', `The synchronisation user was asked to log in to ${systemName} (${since}).`);
    case 'abandoned':
      return say('calm', `Nobody logged in to ${systemName}; the set-up ended (${since}).`);
    case 'disconnected':
      return say('bad', `Since ${since}, because ${whyDisconnected(state, systemName)}.`);
    case 'connected':
      if (state.pausedBy) return say('attention', 'The synchronisation has been paused by hand.');
      if (health.state === 'delayed')
        return say('attention', sayDelay(health.reason, systemName, sayMoment(health.since)));
      return say('good', `Since ${since}. ${lastSync(state, sayMoment)}`);
  }
}

/** `the consent of CX_Basecone was withdrawn in Exact Online`; only for a disconnected connection. */
export function whyDisconnected(state: ConnectionState, systemName: string): string {
  if (state.link.state !== 'disconnected') throw new Error(`Connection ${state.id} is not disconnected`);
  const login = state.login?.accountingUserName ?? 'the synchronisation user';
  return explainCause(state.link.cause, { system: systemName, login }).what;
}

/** An outage asks nothing of anybody; the words say so. */
export function sayDelay(reason: DelayReason, systemName: string, since: string): string {
  const words: Record<DelayReason, string> = {
    outage: `${systemName} has not answered since ${since}.`,
    'rate-limit': `${systemName} has asked for patience since ${since}: too many requests.`,
  };
  return `${words[reason]} There is nothing to do; Syncuser goes on by itself.`;
}

function lastSync({ lastSuccessAt, companies }: ConnectionState, sayMoment: SayMoment): string {
  const many = companies === 1 ? 'one company' : `${companies} companies`;
  if (companies === 0) return 'No companies are chosen yet.';
  return lastSuccessAt
    ? `${many}, last sync ${sayMoment(lastSuccessAt)}.`
    : `${many}; the first sync is running.`;
}
