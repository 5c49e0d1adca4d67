import { explainCause } from '../causes.ts';
import type { NotBookable } from '../../domain/bookings/bookable.ts';
import type { ConnectionState, Health } from '../../domain/connection.ts';
import { holdWords } from './holds.ts';

/** What the sentences call people and things; `say` makes words of a moment. */
export interface BookableNames {
  system: string;
  /** The login in use, or whose it will be. */
  login: string;
  synchronisationUser: string;
  /** Everybody who may log in again. */
  responders: string;
  /** Who is mending the open incident. */
  onIt: string | null;
  say: (moment: string) => string;
}

/**
 * Why no document of a company can be booked, until when or who mends it, for the person who wants to book.
 * Goes on after "Documents of (company) cannot be booked".
 */
export function whyNotBooked(
  answer: NotBookable,
  { link, health }: Pick<ConnectionState, 'link' | 'health'>,
  names: BookableNames,
): string {
  const { system, say } = names;
  switch (answer.why) {
    case 'disconnected':
      return ` at the moment: ${disconnectedWords(link, names)}`;
    case 'not-connected-yet':
      return ` yet: ${names.synchronisationUser} still has to log in to ${system}, and was asked to (${say(link.since)}).`;
    case 'abandoned':
      return ` yet: the set-up of ${system} was given up (${say(link.since)}). A superuser can begin again with /syncuser setup.`;
    case 'not-chosen':
      return ': this company is not synchronised. A superuser can add it with /syncuser companies.';
    case 'deliveries-stopped':
      return ` at the moment: ${holdWords[answer.why]}.`;
    case 'first-sync':
      return health.state === 'ok'
        ? ' yet: the first sync has not finished. Try again in a few minutes; there is nothing to do.'
        : ` yet: its master data never came in. ${sayDelay(health, system, say)}`;
    case 'delayed':
      return health.state === 'ok' ? '.' : ` at the moment: ${sayDelay(health, system, say)}`;
    case 'master-data-not-fresh':
      return ` at the moment: ${system} is connected again since ${say(link.since)}, and the master data is read again first. There is nothing to do.`;
    case 'paused':
      return ` at the moment: the master data has to be read first, and the synchronisation is paused. A superuser can go on with /syncuser resume.`;
    case 'no-access':
      return `: ${names.login} has no access to this company in ${system}. An administrator of ${system} can give it.`;
    case 'blocked':
      return `: the company is blocked in ${system}. An administrator of ${system} can unblock it.`;
    case 'licence-expired':
      return `: the licence of the company in ${system} has expired. Book again when it has been renewed.`;
    case 'archived':
      return `: the company is archived in ${system}. An administrator of ${system} can bring it back.`;
    case 'gone':
      return `: ${system} no longer lists this company. Ask an administrator of ${system} whether it was moved or removed.`;
  }
}

function disconnectedWords(link: ConnectionState['link'], names: BookableNames): string {
  if (link.state !== 'disconnected') return '';
  const { system, login, responders, onIt, say } = names;
  const repair = onIt ? `${onIt} is on it.` : 'nobody has taken it up yet.';
  return `${system} is disconnected since ${say(link.since)} because ${explainCause(link.cause, { system, login }).what}. ${responders} can reconnect it; ${repair}`;
}

/** An outage asks nothing of anybody; the words say so. */
export function sayDelay(
  health: Exclude<Health, { state: 'ok' }>,
  system: string,
  say: BookableNames['say'],
): string {
  const since = say(health.since);
  const words: Record<string, string> = {
    outage: `${system} has not answered since ${since}.`,
    'rate-limit': `${system} has asked for patience since ${since}: too many requests.`,
  };
  const what =
    ('reason' in health && words[health.reason]) ||
    `An odd answer of ${system} is being looked at since ${since}.`;
  const until = 'until' in health && health.until ? ` It goes on at ${say(health.until)}.` : '';
  return `${what}${until} There is nothing to do; Syncuser goes on by itself.`;
}
