import { AccountingFailure, TooLate, type FailureMeaning } from '../../accounting/failure.ts';
import type { Hold } from '../../domain/bookings/delivery.ts';

/** A refused right is opened by a person, not by asking again: packages count refusals. */
const askedAgainMs = 30 * 60_000;

/** A doubt is looked at again soon, by whoever uses the login next. */
const doubtedMs = 20_000;

/** Whether the package answered, and the answer was no. After silence, or an answer nobody understands, it may have it. */
export function isSurelyNotTaken(error: unknown): boolean {
  if (error instanceof TooLate) return true;
  if (!(error instanceof AccountingFailure)) return false;
  const { meaning } = error;
  return meaning.about === 'delay' ? meaning.reason === 'rate-limit' : meaning.about !== 'reply';
}

/** What the package said when nobody knew what became of an attempt. */
export function saidOf(error: unknown): string {
  const said = error instanceof AccountingFailure && error.meaning.about === 'delay' && error.meaning.said;
  return said || 'it gave no answer that says whether it took it';
}

/** What a booking waits for after the package could not be asked about it. */
export function waitAfter(meaning: FailureMeaning, now: Date): Hold {
  switch (meaning.about) {
    case 'link':
    case 'login':
      return { reason: 'disconnected', until: null };
    case 'doubt':
      return { reason: 'delayed', until: new Date(now.getTime() + doubtedMs).toISOString() };
    case 'delay':
      return { reason: 'delayed', until: meaning.until?.toISOString() ?? null };
    case 'company':
      return { reason: 'company-not-reachable', until: null };
    case 'right':
      return { reason: 'not-allowed', until: new Date(now.getTime() + askedAgainMs).toISOString() };
    case 'booking':
    case 'reply':
      return { reason: 'delayed', until: null };
  }
}

/** What this login alone lacks, so that another may well book; null when it is the package, the company or our app. */
export function lackOfLogin(meaning: FailureMeaning): 'no-working-login' | 'may-not-book' | null {
  if (meaning.about === 'link') return 'no-working-login';
  if (meaning.about === 'company') return meaning.status === 'no-access' ? 'may-not-book' : null;
  if (meaning.about !== 'right') return null;
  return meaning.gate === 'app-scope' || meaning.gate === 'module' ? null : 'may-not-book';
}
