import { explainCause } from '../../domain/causes.ts';
import type { ConnectionFacts, OfficeFacts } from '../facts.ts';
import { limits, paragraphs, type Message } from './blocks.ts';
import { connectionTitle, dateAndTime, escaped, listed } from './words.ts';

/** For people who book documents and do not look after connections: can they work, and if not, who mends it. */
export function shortStatus(facts: Pick<OfficeFacts, 'connections'>): Message {
  if (facts.connections.length === 0) return paragraphs('No accounting system is connected yet.');
  const lines = facts.connections.slice(0, limits.blocksInMessage - 1).map(shortLine);
  return paragraphs(...lines);
}

function shortLine(facts: ConnectionFacts): string {
  const name = connectionTitle(facts);
  switch (facts.state.link.state) {
    case 'connected':
      return facts.state.health.state === 'delayed'
        ? `:large_yellow_circle: *${name}* does not answer at the moment. There is nothing for you to do.`
        : `:large_green_circle: *${name}* is connected. Documents can be booked.`;
    case 'disconnected':
      return warning(facts);
    case 'connecting':
    case 'abandoned':
      return `:white_circle: *${name}* is not connected yet.`;
  }
}

/** The warning everybody sees while something is disconnected: what, since when, who can mend it. */
export function warning(facts: ConnectionFacts): string {
  const { link } = facts.state;
  if (link.state !== 'disconnected') return '';
  const login = escaped(facts.login ?? facts.synchronisationUser);
  return [
    `:red_circle: *${connectionTitle(facts)} is disconnected* since ${dateAndTime(link.since)}: ${explainCause(link.cause, { system: facts.systemName, login }).what}.`,
    `Documents of its companies cannot be booked. ${escaped(listed(facts.mayReconnect, 'or'))} can reconnect it${facts.onIt ? `; ${escaped(facts.onIt)} is on it` : ''}.`,
  ].join('\n');
}
