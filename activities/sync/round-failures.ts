import { AccountingFailure, type FailureMeaning } from '../../accounting/failure.ts';
import type { SyncError } from '../../store/sync/sync-positions.ts';
import type { Stop } from '../../domain/sync/rounds.ts';
import type { Store } from '../../store/index.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** Nothing a human can do: the package gives no answer that is of use. */
export const outage: Stop = { kind: 'delayed', reason: 'outage', until: null };

/** Keeps what the package said when it refused the login, for whoever asks why. */
export async function noteRefusal(
  store: Pick<Store, 'loginRefusals'>,
  connectionId: ConnectionId,
  { meaning, message }: AccountingFailure,
): Promise<void> {
  if (meaning.about === 'link') await store.loginRefusals.note(connectionId, message);
}

/** Whether a failure stops the whole round, and how; null when only a company or a kind is concerned. */
export function asStop(error: unknown): Stop | null {
  if (!(error instanceof AccountingFailure)) return null;
  const { meaning } = error;
  switch (meaning.about) {
    case 'link':
      return { kind: 'broken', cause: meaning.cause };
    case 'doubt':
      return { kind: 'doubtful' };
    case 'delay':
      if (meaning.within) return null;
      return { kind: 'delayed', reason: meaning.reason, until: meaning.until?.toISOString() ?? null };
    case 'login':
      return { kind: 'broken', cause: 'credentials-refused' };
    case 'company':
    case 'right':
    case 'booking':
    case 'reply':
      return null;
  }
}

/** Whether the company as a whole is not to be had now, so that its other kinds need not be asked. */
export function concernsCompany({ meaning }: AccountingFailure): boolean {
  return meaning.about === 'company' || (meaning.about === 'delay' && meaning.within === 'company');
}

/** The failure as it is kept beside the company and kind it concerns. */
export function describeFailure(failure: AccountingFailure): SyncError {
  const { meaning } = failure;
  return {
    code: [meaning.about, detailOf(meaning)].filter(Boolean).join(': '),
    text: failure.message,
    ...('gate' in meaning && meaning.gate && { gate: meaning.gate }),
  };
}

function detailOf(meaning: FailureMeaning): string | undefined {
  switch (meaning.about) {
    case 'link':
      return meaning.cause;
    case 'doubt':
      return meaning.of;
    case 'delay':
      return meaning.reason;
    case 'company':
      return meaning.status;
    case 'right':
      return meaning.gate;
    case 'login':
    case 'booking':
    case 'reply':
      return undefined;
  }
}
