import type { HoldReason } from '../../domain/bookings/purchase-booking.ts';

/** What a booking waits for, and who ends the wait. */
export const holdWords: Record<HoldReason, string> = {
  disconnected: 'the accounting system is disconnected; it goes on when somebody has logged in again',
  delayed: 'the accounting system does not answer, or limits us; it goes on by itself',
  'company-not-reachable': 'the company cannot be reached at the moment',
  'master-data-not-fresh': 'the master data is read again first, as the connection is back only now',
  paused:
    'the master data is read again first, and a superuser paused the synchronisation; it goes on when they resume it',
  'outcome-unknown':
    'nobody knows yet whether the accounting system has booked it: it is looked up before anything is sent again',
  'login-lost':
    'nobody knows yet whether the accounting system has booked it: the login that sent it works no more, and that of the connection may not look; it goes on when that person has connected their login again, or when an administrator of the accounting system lets the other look',
  'deliveries-stopped':
    'all deliveries of this connection are stopped, because a booking came back from another company, or stands in the books twice; they go on when a person has looked and lets them',
  'not-allowed':
    'the login may not book in this company; an administrator of the accounting system can change that',
};
