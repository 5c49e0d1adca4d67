import { sayDelay } from '../words/bookings/bookable.ts';
import { explainCause } from '../words/causes.ts';
import type { ConnectionState } from '../domain/connection.ts';
import { statusWord } from '../words/connections/status.ts';
import type { Tone } from './pages/blocks.ts';
import type { SayMoment } from './moments.ts';

export interface ConnectionWords {
  /** The word a superuser knows: Connected, Disconnected … */
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
      if (health.state !== 'ok') return say('attention', sayDelay(health, systemName, sayMoment));
      return say('good', `Since ${since}. ${lastSync(state, sayMoment)}`);
  }
}

/** `the consent of CX_Basecone was withdrawn in Exact Online`; only for a disconnected connection. */
export function whyDisconnected(state: ConnectionState, systemName: string): string {
  if (state.link.state !== 'disconnected') throw new Error(`Connection ${state.id} is not disconnected`);
  const login = state.login?.accountingUserName ?? 'the synchronisation user';
  return explainCause(state.link.cause, { system: systemName, login }).what;
}

function lastSync({ lastSuccessAt, companies }: ConnectionState, sayMoment: SayMoment): string {
  const many = companies === 1 ? 'one company' : `${companies} companies`;
  if (companies === 0) return 'No companies are chosen yet.';
  return lastSuccessAt
    ? `${many}, last sync ${sayMoment(lastSuccessAt)}.`
    : `${many}; the first sync is running.`;
}
