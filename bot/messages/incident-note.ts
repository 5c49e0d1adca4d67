import type { IncidentNote } from '../../domain/announcements/incidents.ts';
import { paragraphs, type Message } from './blocks.ts';
import { explainCause } from '../../domain/causes.ts';
import { countNews, shortNews } from './master-data-news.ts';
import { companyLines, counted, dateAndTime, escaped, lasting, listed } from './words.ts';

/** A line in the thread of an incident; where several share the message it begins with whom it is about. */
export function incidentNote({ note, about = [] }: IncidentNote): Message {
  const { text, blocks } = wordsOf(note);
  if (about.length === 0) return { text, blocks };
  const names =
    about.length > mostNames
      ? counted(about.length, 'connection', 'connections')
      : listed(about.map(escaped));
  return paragraphs(`*${names}:* ${text}`);
}

const mostNames = 3;

function wordsOf(note: IncidentNote['note']): Message {
  switch (note.kind) {
    case 'reminder':
      return paragraphs(
        `Still disconnected${howMany(note)}, for ${lasting(note.openForMs)} now. Asked: ${escaped(listed(note.asked))}. Click Reconnect above.`,
      );
    case 'taken-up':
      return paragraphs(`${escaped(note.by)} is on it.${note.endsSnooze ? ' That ends the snooze.' : ''}`);
    case 'let-go':
      return paragraphs(
        `${escaped(note.by)} was on it, but nothing has happened since. Asked again: ${escaped(listed(note.asked))}.`,
      );
    case 'snoozed':
      return paragraphs(
        note.everybody
          ? `${escaped(note.by)} snoozed it for everybody: no reminders until ${dateAndTime(note.until)}.`
          : `${escaped(note.by)} snoozed it until ${dateAndTime(note.until)}, for ${escaped(note.by)} only. The others are reminded as before.`,
      );
    case 'reopened':
      return paragraphs(
        `Disconnected again, because ${explainCause(note.cause, { system: note.systemName, login: escaped(note.login) }).what}.`,
      );
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
    case 'works-again':
      return paragraphs(
        `${escaped(note.login)} works again after ${lasting(note.afterMs)}: it was mended in ${note.systemName}. The synchronisation goes on where it was.`,
      );
    case 'caught-up':
      return paragraphs(
        note.rowsChanged === 0
          ? `Caught up: nothing ${note.news.length > 0 ? 'more ' : ''}had changed in ${counted(note.companies, 'company', 'companies')}.`
          : `Caught up: ${counted(note.rowsChanged, 'row', 'rows')} new or changed in ${counted(note.companies, 'company', 'companies')}.`,
        ...(note.news.length > 0
          ? [
              `Since ${dateAndTime(note.since)} ${counted(countNews(note.news), 'row changed that matters', 'rows changed that matter')} to whoever books:`,
              ...shortNews(note),
            ]
          : []),
      );
  }
}

function howMany({ still }: Extract<IncidentNote['note'], { kind: 'reminder' }>): string {
  return still ? `: ${still.open} of ${counted(still.all, 'connection', 'connections')}` : '';
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
