import { explainCause } from '../../../words/causes.ts';
import type { ConnectionFacts, OfficeFacts } from '../../facts.ts';
import { bookingWords, sign } from '../bookings/bookable.ts';
import { section, type Message } from '../blocks.ts';
import { paragraphs, type Paragraph } from '../paragraphs.ts';
import { connectionTitle, dateAndTime, escaped, listed } from '../words.ts';

/** For people who book documents and do not look after connections: can they work, and if not, who mends it. */
export function shortStatus(facts: Pick<OfficeFacts, 'connections'>): Message {
  return paragraphs(shortStatusList(facts));
}

export function shortStatusList({ connections }: Pick<OfficeFacts, 'connections'>): Paragraph {
  if (connections.length === 0) return 'No accounting system is connected yet.';
  return { lines: connections.map(shortLine), shown: connections.length, row: section };
}

function shortLine(facts: ConnectionFacts): string {
  const name = connectionTitle(facts);
  switch (facts.state.link.state) {
    case 'connected':
      return `${sign(facts)} *${name}* ${how(facts)}. ${bookingWords(facts)}`;
    case 'disconnected':
      return warning(facts);
    case 'connecting':
    case 'abandoned':
      return `:white_circle: *${name}* is not connected yet.`;
  }
}

function how({ state: { health, pausedBy } }: ConnectionFacts): string {
  if (health.state !== 'ok') return 'does not answer at the moment; there is nothing for you to do';
  return pausedBy ? 'is connected, and paused' : 'is connected';
}

/** The warning everybody sees while something is disconnected: what, since when, who can mend it. */
export function warning(facts: ConnectionFacts): string {
  const { link } = facts.state;
  if (link.state !== 'disconnected') return '';
  const login = escaped(facts.login ?? facts.synchronisationUser);
  return [
    `:red_circle: *${connectionTitle(facts)} is disconnected* since ${dateAndTime(link.since)}: ${explainCause(link.cause, { system: facts.systemName, login }).what}.`,
    `${bookingWords(facts)} ${escaped(listed(facts.mayReconnect, 'or'))} can reconnect it${facts.onIt ? `; ${escaped(facts.onIt)} is on it` : ''}.`,
  ].join('\n');
}
