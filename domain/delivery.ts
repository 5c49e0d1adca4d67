import type { CompanyStatus } from './company.ts';
import type { ConnectionState } from './connection.ts';
import type { MasterDataKind, Moment } from './master-data.ts';
import type { HoldReason } from './purchase-booking.ts';

/** Everything that decides whether a booking may be sent now. */
export interface DeliveryFacts {
  connection: Pick<ConnectionState, 'link' | 'health' | 'pausedBy'>;
  company: { linked: boolean; status: CompanyStatus } | undefined;
  /** The kinds of master data the booking names rows of. */
  kinds: readonly MasterDataKind[];
  positions: readonly {
    kind: MasterDataKind;
    lastSuccessAt: Moment | null;
    lastAttemptAt: Moment | null;
    lastError: { code: string } | null;
  }[];
  stopped: boolean;
}

export interface Hold {
  reason: HoldReason;
  until: Moment | null;
}

/** What a booking has to wait for, or null when it may go. */
export function whyNotNow({ connection, company, kinds, positions, stopped }: DeliveryFacts): Hold | null {
  const { link, health, pausedBy } = connection;
  if (stopped) return { reason: 'deliveries-stopped', until: null };
  if (link.state !== 'connected') return { reason: 'disconnected', until: null };
  if (health.state === 'delayed') return { reason: 'delayed', until: health.until };
  if (!company?.linked || !['reachable', 'unverified'].includes(company.status))
    return { reason: 'company-not-reachable', until: null };
  const { since } = link;
  const isFresh = (kind: MasterDataKind) => {
    const position = positions.find((one) => one.kind === kind);
    // A kind that the package refuses has been asked for, and there is nothing fresher to be had.
    const isRefused = /^(right|company)\b/.test(position?.lastError?.code ?? '');
    const seen = isRefused ? position?.lastAttemptAt : position?.lastSuccessAt;
    return Boolean(seen && seen >= since);
  };
  if (kinds.every(isFresh)) return null;
  return { reason: pausedBy === null ? 'master-data-not-fresh' : 'paused', until: null };
}
