import type { BookingState, HoldReason } from '../domain/purchase-booking.ts';
import type { Flag } from './schema-flag.ts';

// Rows of the tables of purchase bookings.

export interface PurchaseBookingRow {
  id: string;
  connection_id: string;
  company_id: string;
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
  attempted_at: string | null;
  entered_at: string | null;
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
  connection_id: string;
  company_id: string;
  revision: number;
  at: string;
  facts: string;
  sent_at: string | null;
}

export interface DeliveryStopRow {
  connection_id: string;
  booking_id: string;
  expected_company: string;
  found_company: string;
  at: string;
}
