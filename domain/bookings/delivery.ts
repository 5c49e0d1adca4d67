import { bookable, type BookingFacts, type NotBookable } from './bookable.ts';
import type { Moment } from '../master-data.ts';
import type { HoldReason } from './purchase-booking.ts';

export interface Hold {
  reason: HoldReason;
  until: Moment | null;
}

/** What a booking has to wait for, or null when it may go. */
export function whyNotNow(facts: BookingFacts): Hold | null {
  const answer = bookable(facts);
  if (answer.may === 'yes') return null;
  return { reason: reasons[answer.why], until: answer.may === 'waits' ? answer.until : null };
}

const reasons: Record<NotBookable['why'], HoldReason> = {
  'not-connected-yet': 'disconnected',
  abandoned: 'disconnected',
  disconnected: 'disconnected',
  'not-chosen': 'company-not-reachable',
  'no-access': 'company-not-reachable',
  blocked: 'company-not-reachable',
  'licence-expired': 'company-not-reachable',
  archived: 'company-not-reachable',
  gone: 'company-not-reachable',
  'deliveries-stopped': 'deliveries-stopped',
  paused: 'paused',
  'first-sync': 'master-data-not-fresh',
  delayed: 'delayed',
  'master-data-not-fresh': 'master-data-not-fresh',
};
