import type { AccountingSession, PurchaseBookings } from '../../accounting/port.ts';
import type { Misfit } from '../../domain/bookings/booking-fit.ts';
import type { StoredBooking } from '../../store/bookings/purchase-bookings.ts';
import type { UserLink } from '../../store/logins/user-links.ts';
import type { ActivityDeps } from '../deps.ts';
import { connectionWithNames } from '../names.ts';
import type { GrantId } from '../../domain/ids.ts';

/** Where a booking is made, and by whose login. */
export interface BookingAccess {
  bookings: PurchaseBookings;
  session: AccountingSession;
  grantId: GrantId;
  /** The link of the person whose own login books; null when it is the connection's. */
  personal: UserLink | null;
  /** The person who books has no working login: what they may have sent is looked up, and nothing is sent. */
  onlyLooks: boolean;
}

/**
 * The access of the person who books, else that of the connection. Nobody books in the name of another; but whether
 * something was booked, any login can see.
 */
export async function openBookingAccess(
  deps: ActivityDeps,
  stored: StoredBooking,
): Promise<BookingAccess | Misfit> {
  const { store, systems } = deps;
  const { connectionId, booking } = stored;
  const { bookAs = null } = booking;
  const { state, systemName } = await connectionWithNames(deps, connectionId);
  const personal = bookAs === null ? null : await store.userLinks.find(connectionId, bookAs);
  const own = personal?.state === 'connected' ? personal.login : null;
  const onlyLooks = bookAs !== null && own === null;
  const login = own ?? (bookAs === null || mayBeBooked(stored) ? state.login : null);
  if (!login) return notByThem(stored, 'no-working-login');
  const session = systems.get(state.system).open(store.grants.vault(login.grantId));
  const { purchaseBookings } = session;
  if (!purchaseBookings)
    return { field: 'booking', value: '', why: 'refused', said: `${systemName} takes no bookings from us` };
  const { grantId } = login;
  return { bookings: purchaseBookings, session, grantId, personal: own ? personal : null, onlyLooks };
}

/** Something is the matter with the person who books, and only with them: others may go on. */
export function notByThem({ booking }: StoredBooking, why: 'no-working-login' | 'may-not-book'): Misfit {
  return { field: 'bookAs', value: booking.bookAs ?? '', why, said: null };
}

/** Something was sent and nobody knows whether it was taken: then it is neither set aside nor given back to be changed. */
export function mayBeBooked({
  attemptedAt,
  enteredAt,
}: Pick<StoredBooking, 'attemptedAt' | 'enteredAt'>): boolean {
  return attemptedAt !== null || enteredAt !== null;
}
