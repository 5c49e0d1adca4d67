import type { IncidentNote } from '../../domain/announcements.ts';
import { paragraphs, type Message } from './blocks.ts';
import { companyLines, counted, escaped, lasting, listed } from './words.ts';

/** A line in the thread of an incident. */
export function incidentNote({ note }: IncidentNote): Message {
  switch (note.kind) {
    case 'reminder':
      return paragraphs(
        `Still disconnected, for ${lasting(note.openForMs)} now. ${escaped(listed(note.mayReconnect, 'or'))} can mend it: click Reconnect above.`,
      );
    case 'taken-up':
      return paragraphs(`${escaped(note.by)} is on it.`);
    case 'login-refused':
      return paragraphs(
        `${escaped(note.by)} tried to log in, but it was refused: ${escaped(sentence(note.why))} Nothing was changed; click Reconnect above to try again.`,
      );
    case 'reconnected':
      return paragraphs(
        `Reconnected by ${escaped(note.by)} as ${escaped(note.login)} after ${lasting(note.afterMs)}. It reaches ${note.reachable} of ${counted(note.total, 'company', 'companies')}. The synchronisation goes on where it was.`,
        ...(note.missing.length > 0 ? [`Not reached any more:\n${companyLines(note.missing)}`] : []),
      );
    case 'changed':
      return paragraphs(
        `${escaped(note.by)} changed the synchronisation user: it is connected as ${escaped(note.login)} now, after ${lasting(note.afterMs)}. The synchronisation goes on where it was.`,
      );
    case 'caught-up':
      return paragraphs(
        note.rowsChanged === 0
          ? `Caught up: nothing had changed in ${counted(note.companies, 'company', 'companies')}.`
          : `Caught up: ${counted(note.rowsChanged, 'row', 'rows')} new or changed in ${counted(note.companies, 'company', 'companies')}.`,
      );
  }
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
