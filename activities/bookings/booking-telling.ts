import type { BookingLine } from '../../store/bookings/booking-queries.ts';
import type { StoredBooking } from '../../store/bookings/purchase-bookings.ts';
import type { ActivityDeps } from '../deps.ts';
import { connectionWithNames } from '../names.ts';
import type { ConnectionId } from '../../domain/ids.ts';

export function createBookingTellingActivities(deps: ActivityDeps) {
  const { store, speaker, office, bookingHook = null } = deps;

  return {
    /** Tells the caller what changed, in order. Without an address for it there is nobody to tell. */
    async sendBookingNotices(line: BookingLine): Promise<void> {
      for (;;) {
        const notices = await store.bookingNotices.unsent(line);
        if (notices.length === 0) return;
        for (const notice of notices) {
          await bookingHook?.send(notice);
          await store.bookingNotices.sent(notice.id);
        }
      }
    },

    /** Lists in the office channel what does not fit: one message per connection, edited until all is settled. */
    async tellUnfitBookings({ connectionId }: { connectionId: ConnectionId }): Promise<void> {
      const list = await store.purchaseBookings.lastMisfitList(connectionId);
      if (list !== null) {
        const unfit = await store.purchaseBookings.misfitsOf(connectionId, list);
        const { connectionName } = await connectionWithNames(deps, connectionId);
        const companies = await store.companies.all(connectionId);
        const nameOf = ({ companyId }: StoredBooking) =>
          companies.find(({ externalId }) => externalId === companyId)?.name ?? companyId;
        await speaker.say({
          key: `unfit-bookings/${connectionId}/${list}`,
          to: { channel: office.channelId },
          announcement: {
            what: 'unfit-bookings',
            connectionName,
            bookings: unfit.map((stored) => ({
              reference: stored.booking.reference,
              company: nameOf(stored),
              misfits: stored.misfits.map(({ field, value, why, said }) => ({ field, value, why, said })),
            })),
          },
        });
      }
    },

    /** Says that nothing of this connection is delivered any more, while that is so. */
    async tellDeliveryStop({ connectionId }: { connectionId: ConnectionId }): Promise<void> {
      const stop = await store.deliveryStops.of(connectionId);
      if (!stop) return;
      const { connectionName, systemName } = await connectionWithNames(deps, connectionId);
      const stored = await store.purchaseBookings.get(stop.bookingId);
      const companies = await store.companies.all(connectionId);
      const nameOf = (id: string) => companies.find(({ externalId }) => externalId === id)?.name ?? id;
      await speaker.say({
        key: `deliveries-stopped/${connectionId}/${stop.at}`,
        to: { channel: office.channelId },
        announcement: {
          what: 'deliveries-stopped',
          connectionName,
          systemName,
          reference: stored?.booking.reference ?? stop.bookingId,
          expected: nameOf(stop.expectedCompany),
          found: nameOf(stop.foundCompany),
          entries: stop.entries,
          since: stop.at,
        },
      });
    },
  };
}
