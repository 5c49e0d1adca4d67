import type { BookedWhen } from '../../../domain/announcements/incidents.ts';
import type { BookableSum, NotBookable } from '../../../domain/bookings/bookable.ts';
import type { ConnectionFacts } from '../../facts.ts';
import { companyName, counted, dateAndTime, escaped, listed } from '../words.ts';

type Facts = Pick<ConnectionFacts, 'state' | 'systemName'> & { booking: BookableSum<Company> };

interface Company {
  code: string;
  name: string;
}

/** Green only where every document can be booked. */
export function sign({ state, booking }: Pick<Facts, 'state' | 'booking'>): string {
  if (state.link.state === 'disconnected') return ':red_circle:';
  if (state.link.state !== 'connected') return ':white_circle:';
  if (state.pausedBy) return ':double_vertical_bar:';
  const isFine = booking.connection.may === 'yes' && booking.yes === booking.of;
  return isFine ? ':large_green_circle:' : ':large_yellow_circle:';
}

/** Whether documents of a connection can be booked, of how many of its companies, and why not of the others. */
export function bookingWords({ state, systemName, booking }: Facts): string {
  const { connection, of, yes, not } = booking;
  if (connection.may !== 'yes') return ofConnection(connection, escaped(systemName));
  if (of === 0) return 'No company is linked yet, so no document can be booked.';
  if (yes === of)
    return `Documents can be booked${state.pausedBy ? ' on the master data that is there' : ''}.`;
  const can =
    yes === 0
      ? 'No document can be booked'
      : `Documents of ${yes} of ${counted(of, 'company', 'companies')} can be booked`;
  const why = not.map(({ answer, companies }) => `${called(companies)} (${briefly[answer.why]})`);
  return `${can}; not of ${listed(why)}.`;
}

function ofConnection(answer: NotBookable, system: string): string {
  if (answer.why === 'delayed') {
    const end = answer.until === null ? '' : `, which it says will be ${dateAndTime(answer.until)}`;
    return bookedAgainAfterDelay(system, end);
  }
  return `Documents of its companies cannot be booked${answer.why === 'deliveries-stopped' ? `: ${briefly[answer.why]}` : ''}.`;
}

/** While a package keeps us waiting. */
export function bookedAgainAfterDelay(system: string, end = ''): string {
  return `Documents can be booked again as soon as ${system} takes our calls${end}.`;
}

/**
 * For the end of an incident, as far as anything is promised: what was changed in the package meanwhile is read before
 * anything is booked. Of a connection as a whole where no companies are counted.
 *
 * @example Documents of 12 companies can be booked again as soon as their master data has been read again.
 */
export function bookedAgainWords(when: BookedWhen, companies: number | null = null): string {
  if (when === null || companies === 0) return '';
  const whose = companies === null ? 'the' : companies === 1 ? 'its' : 'their';
  const of = companies === null ? '' : ` of ${counted(companies, 'company', 'companies')}`;
  const after = when === 'now' ? '' : ` as soon as ${whose} master data has been read again`;
  return ` Documents${of} can be booked again${after}.`;
}

/** More are counted: with every reason there is, it stays a line or two. */
const shown = 2;

function called(companies: readonly Company[]): string {
  return companies.length > shown
    ? counted(companies.length, 'company', 'companies')
    : listed(companies.map(companyName));
}

const briefly: Record<NotBookable['why'], string> = {
  'not-connected-yet': 'not connected yet',
  abandoned: 'the set-up was given up',
  disconnected: 'disconnected',
  'not-chosen': 'not linked',
  'no-access': 'the synchronisation user has no access',
  blocked: 'blocked',
  'licence-expired': 'its licence has expired',
  archived: 'archived',
  gone: 'no longer listed',
  'deliveries-stopped': 'all deliveries are stopped until somebody has looked',
  paused: 'not read since the last login, and the synchronisation is paused',
  'first-sync': 'the first synchronisation has not finished',
  delayed: 'it waits for the accounting system',
  'master-data-not-fresh': 'its master data is read again first',
};
