import type { Asked, IncidentNote } from '../../../domain/announcements/incidents.ts';
import { whyRefused } from '../../../words/logins/refusals.ts';
import type { Message } from '../blocks.ts';
import { companyList } from '../company-list.ts';
import { paragraphs, type Paragraph } from '../paragraphs.ts';
import { connectedMeanwhile } from './mend-request.ts';
import { countNews, shortNews } from '../sync/master-data-news.ts';
import { counted, dateAndTime, escaped, everyName, lasting, listed } from '../words.ts';

/** A line in the thread of an incident; where several share the message it begins with whom it is about. */
export function incidentNote({ note, about = [] }: IncidentNote): Message {
  const [first = '', ...rest] = wordsOf(note);
  if (about.length === 0) return paragraphs(first, ...rest);
  const names =
    about.length > mostNames
      ? counted(about.length, 'connection', 'connections')
      : listed(about.map(escaped));
  return paragraphs(`*${names}:* ${first}`, ...rest);
}

const mostNames = 3;

function wordsOf(note: IncidentNote['note']): [string, ...Paragraph[]] {
  switch (note.kind) {
    case 'reminder':
      return [
        `Still disconnected${howMany(note)}, for ${lasting(note.openForMs)} now. Asked: ${called(note.asked)}. Click Reconnect above.`,
      ];
    case 'taken-up':
      return [`${escaped(note.by)} is on it.${note.endsSnooze ? ' That ends the snooze.' : ''}`];
    case 'let-go':
      return [
        `${escaped(note.by)} was on it, but nothing has happened since. Asked again: ${called(note.asked)}.`,
      ];
    case 'snoozed':
      return [
        note.everybody
          ? `${escaped(note.by)} snoozed it for everybody: no reminders until ${dateAndTime(note.until)}.`
          : `${escaped(note.by)} snoozed it until ${dateAndTime(note.until)}, for ${escaped(note.by)} only. The others are reminded as before.`,
      ];
    case 'everybody':
      return [
        `<!here> Still disconnected, for ${lasting(note.openForMs)} now. Asked so far: ${called(note.asked)}. Whoever can reach one of them: please do.`,
      ];
    case 'more':
      if (note.names.length === 0) return [connectedMeanwhile];
      return [
        `:red_circle: *${everyName(note.names.map(escaped))}* ${note.names.length === 1 ? 'is' : 'are'} disconnected as well, for the same reason. The message above lists what is disconnected still.`,
      ];
    case 'login-refused':
      return [
        `${escaped(note.by)} tried to log in, but it was refused: ${escaped(whyRefused(note.outcome))}. Nothing was changed; click Reconnect above to try again.`,
      ];
    case 'reconnected':
      return [
        `Reconnected by ${escaped(note.by)} as ${escaped(note.login)} after ${lasting(note.afterMs)}. It reaches ${note.reachable} of ${counted(note.total, 'company', 'companies')}. The synchronisation goes on where it was.`,
        ...(note.missing.length > 0 ? [companyList(note.missing, 'Not reached any more:')] : []),
      ];
    case 'changed':
      return [
        `${escaped(note.by)} changed the synchronisation user: it is connected as ${escaped(note.login)} now, after ${lasting(note.afterMs)}. The synchronisation goes on where it was.`,
      ];
    case 'works-again':
      return [
        `${escaped(note.login)} works again after ${lasting(note.afterMs)}: it was mended in ${note.systemName}. The synchronisation goes on where it was.`,
      ];
    case 'caught-up':
      return [
        note.rowsChanged === 0
          ? `Caught up: nothing ${note.news.length > 0 ? 'more ' : ''}had changed in ${counted(note.companies, 'company', 'companies')}.`
          : `Caught up: ${counted(note.rowsChanged, 'row', 'rows')} new or changed in ${counted(note.companies, 'company', 'companies')}.`,
        ...(note.news.length > 0
          ? [
              `Since ${dateAndTime(note.since)} ${counted(countNews(note.news), 'row changed that matters', 'rows changed that matter')} to whoever books:`,
              ...shortNews(note),
            ]
          : []),
      ];
  }
}

/** By their ids in Slack, so that they are called; by name whoever is not there. */
function called(asked: readonly Asked[]): string {
  return listed(asked.map(({ name, slackUser }) => (slackUser ? `<@${slackUser}>` : escaped(name))));
}

function howMany({ still }: Extract<IncidentNote['note'], { kind: 'reminder' }>): string {
  return still ? `: ${still.open} of ${counted(still.all, 'connection', 'connections')}` : '';
}
