import { UnavailableError } from '../../gateway/errors.ts';
import type { StoredBooking } from '../../store/bookings/purchase-bookings.ts';
import type { WebDeps } from '../deps.ts';

/** Tells the line of a company that something in it changed; false while Temporal is down: it is told later. */
export type BookingHandOver = (
  stored: Pick<StoredBooking, 'id' | 'connectionId' | 'companyId'>,
) => Promise<boolean>;

export function createBookingHandOver({
  store,
  gateway,
  logger,
}: Pick<WebDeps, 'store' | 'gateway' | 'logger'>): BookingHandOver {
  return async ({ id, connectionId, companyId }) => {
    try {
      await gateway.bookingsChanged({ connectionId, companyId });
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      logger.warn({ booking: id, connection: connectionId }, 'a booking could not be handed over yet');
      return false;
    }
    await store.purchaseBookings.handedOver(id);
    return true;
  };
}
