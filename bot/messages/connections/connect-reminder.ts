import type { ConnectReminder } from '../../../domain/announcements/logins.ts';
import type { Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { connectionTitle, escaped } from '../words.ts';

/** The line that notifies a person who was asked to log in and has not done so. */
export function connectReminder(facts: ConnectReminder): Message {
  const name = connectionTitle({ name: facts.connectionName, systemName: facts.systemName });
  const click = `Please click Connect above and log in to ${escaped(facts.systemName)}.`;
  switch (facts.purpose) {
    case 'set-up':
      return paragraphs(`${escaped(facts.askedBy)} is still waiting for you to connect ${name}. ${click}`);
    case 'change':
      return paragraphs(`${escaped(facts.askedBy)} is still waiting for you to take over ${name}. ${click}`);
    case 'reconnect':
      return paragraphs(`${name} is still disconnected, so no documents can be booked. ${click}`);
  }
}
