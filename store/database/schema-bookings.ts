import type { BookingState, HoldReason } from '../../domain/bookings/purchase-booking.ts';
import type { Flag } from './schema-flag.ts';
import type { CompanyId, ConnectionId } from '../../domain/ids.ts';

// Rows of the tables of purchase bookings.

export interface PurchaseBookingRow {
  id: string;
  connection_id: ConnectionId;
  company_id: CompanyId;
  position: number;
  reference: string;
  /** JSON: what the caller handed over. */
  content: string;
  content_hash: string;
  pinned: string;
  invoice_date: string;
  state: BookingState;
  hold_reason: HoldReason | null;
  hold_until: string | null;
  /** JSON, empty unless it does not fit. */
  misfits: string;
  misfit_list: number | null;
  /** Counts the attempts: which of them wrote `attempted_at`. */
  attempt: number;
  attempted_at: string | null;
  entered_at: string | null;
  /** Attempts, since its content is what it is, of which nobody knew what became, although the package answered. */
  failures: number;
  /** What the package said at the last of them. */
  failure_said: string | null;
  handed_over: Flag;
  entry_id: string | null;
  entry_number: string | null;
  received_at: string;
  changed_at: string;
  revision: number;
}

export interface BookingNoticeRow {
  id: string;
  booking_id: string;
  connection_id: ConnectionId;
  company_id: CompanyId;
  revision: number;
  /** Which notice of its company it is. */
  place: number;
  at: string;
  facts: string;
  sent_at: string | null;
}

export interface DeliveryStopRow {
  connection_id: ConnectionId;
  booking_id: string;
  expected_company: string;
  found_company: string;
  /** JSON: the numbers of its entries, where there is more than one. */
  entries: string;
  at: string;
}
