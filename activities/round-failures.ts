import { AccountingFailure } from '../accounting/failure.ts';
import type { Stop } from '../domain/rounds.ts';

/** Nothing a human can do: the package gives no answer that is of use. */
export const outage: Stop = { kind: 'delayed', reason: 'outage', until: null };

/** Whether a failure stops the whole round, and how; null when only a company or a kind is concerned. */
export function asStop(error: unknown): Stop | null {
  if (!(error instanceof AccountingFailure)) return null;
  const { meaning } = error;
  switch (meaning.about) {
    case 'link':
      return { kind: 'broken', cause: meaning.cause };
    case 'delay':
      return { kind: 'delayed', reason: meaning.reason, until: meaning.until?.toISOString() ?? null };
    case 'login':
      return { kind: 'broken', cause: 'credentials-refused' };
    case 'company':
    case 'right':
    case 'reply':
      return null;
  }
}

/** The failure as it is kept beside the company and kind it concerns. */
export function describeFailure(failure: AccountingFailure): { code: string; text: string } {
  const { meaning } = failure;
  const detail =
    meaning.about === 'link'
      ? `: ${meaning.cause}`
      : meaning.about === 'company'
        ? `: ${meaning.status}`
        : '';
  return { code: `${meaning.about}${detail}`, text: failure.message };
}
