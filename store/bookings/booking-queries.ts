import type { Month } from '../../domain/bookings/month-readiness.ts';
import type { Moment } from '../../domain/master-data.ts';
import { bookingStates, type BookingState, type HoldReason } from '../../domain/bookings/purchase-booking.ts';
import { fromRow } from './booking-rows.ts';
import type { Database } from '../database/database.ts';
import type { StoredBooking } from './purchase-bookings.ts';
import type { CompanyId, ConnectionId } from '../../domain/ids.ts';

/** The line of one company: its bookings are delivered one after the other. */
export interface BookingLine {
  connectionId: ConnectionId;
  companyId: CompanyId;
}

export interface BookingQueries {
  get(id: string): Promise<StoredBooking | null>;
  find(line: BookingLine, reference: string): Promise<StoredBooking | null>;
  /** The first of the line that is to be delivered; one that does not fit lets the others pass. */
  next(line: BookingLine): Promise<StoredBooking | null>;
  /** Newest first; `before` a booking goes on where an earlier answer ended. */
  list(query: {
    connectionId: ConnectionId;
    companyId?: CompanyId | undefined;
    state?: BookingState | undefined;
    before?: StoredBooking | undefined;
    limit?: number | undefined;
  }): Promise<StoredBooking[]>;
  /** How many bookings of a company are in each state, of all months or of one. */
  counts(line: BookingLine, month?: Month): Promise<Record<BookingState, number>>;
  /**
   * What was handed over before this moment and is not settled: how many wait, for what the first that is held does, and
   * how many a human must correct.
   */
  outstanding(connectionId: ConnectionId, before: Moment): Promise<Outstanding>;
  /** The bookings that a message about misfits lists, in the order they came. */
  misfitsOf(connectionId: ConnectionId, misfitList: number): Promise<StoredBooking[]>;
  /** The newest message about misfits of a connection, or null when there never was one. */
  lastMisfitList(connectionId: ConnectionId): Promise<number | null>;
  /** Companies in which bookings are not settled and wait for no human, by external id. */
  waitingCompanies(connectionId: ConnectionId): Promise<string[]>;
  /** What was stored but not yet handed over to its workflow. */
  notHandedOver(): Promise<StoredBooking[]>;
}

export interface Outstanding {
  /** `reason` is null while its delivery is under way. */
  waiting: { count: number; since: Moment; reason: HoldReason | null } | null;
  misfits: { count: number; since: Moment } | null;
}

export function createBookingQueries({ db }: Database): BookingQueries {
  const bookings = db.selectFrom('purchase_bookings').selectAll();
  const ofLine = ({ connectionId, companyId }: BookingLine) =>
    bookings.where('connection_id', '=', connectionId).where('company_id', '=', companyId);
  return {
    async get(id) {
      const row = await bookings.where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    async find(line, reference) {
      const row = await ofLine(line).where('reference', '=', reference).executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    async next(line) {
      const row = await ofLine(line)
        .where('state', 'in', ['accepted', 'held'])
        .orderBy('position')
        .executeTakeFirst();
      return row === undefined ? null : fromRow(row);
    },
    async list({ connectionId, companyId, state, before, limit = 100 }) {
      let query = bookings
        .where('connection_id', '=', connectionId)
        .orderBy('received_at', 'desc')
        .orderBy('id', 'desc')
        .limit(limit);
      if (companyId !== undefined) query = query.where('company_id', '=', companyId);
      if (state !== undefined) query = query.where('state', '=', state);
      if (before !== undefined)
        query = query.where((eb) =>
          eb.or([
            eb('received_at', '<', before.receivedAt),
            eb.and([eb('received_at', '=', before.receivedAt), eb('id', '<', before.id)]),
          ]),
        );
      return (await query.execute()).map(fromRow);
    },
    async counts({ connectionId, companyId }, month) {
      let query = db
        .selectFrom('purchase_bookings')
        .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
        .where('connection_id', '=', connectionId)
        .where('company_id', '=', companyId)
        .groupBy('state');
      if (month !== undefined)
        query = query.where('invoice_date', '>=', `${month}-01`).where('invoice_date', '<=', `${month}-31`);
      const counted = new Map((await query.execute()).map(({ state, count }) => [state, Number(count)]));
      return Object.fromEntries(bookingStates.map((state) => [state, counted.get(state) ?? 0])) as Record<
        BookingState,
        number
      >;
    },
    async outstanding(connectionId, before) {
      const handedOver = (states: BookingState[]) =>
        bookings
          .where('connection_id', '=', connectionId)
          .where('received_at', '<', before)
          .where('state', 'in', states);
      const oldest = async (states: BookingState[]) => {
        const query = handedOver(states);
        const { count } = await query
          .clearSelect()
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        const inOrder = query.orderBy('received_at').orderBy('position');
        const first = await inOrder.executeTakeFirst();
        // One that is being delivered again at this moment says nothing of what the others wait for.
        const held = await inOrder.where('hold_reason', 'is not', null).executeTakeFirst();
        return first && { count: Number(count), since: first.received_at, reason: held?.hold_reason ?? null };
      };
      const [waiting, misfits] = [await oldest(['accepted', 'held']), await oldest(['misfit'])];
      return {
        waiting: waiting ?? null,
        misfits: misfits ? { count: misfits.count, since: misfits.since } : null,
      };
    },
    async misfitsOf(connectionId, misfitList) {
      const query = bookings
        .where('connection_id', '=', connectionId)
        .where('misfit_list', '=', misfitList)
        .where('state', '=', 'misfit')
        .orderBy('received_at')
        .orderBy('id');
      return (await query.execute()).map(fromRow);
    },
    async lastMisfitList(connectionId) {
      const { last } = await db
        .selectFrom('purchase_bookings')
        .select((eb) => eb.fn.max('misfit_list').as('last'))
        .where('connection_id', '=', connectionId)
        .executeTakeFirstOrThrow();
      return last;
    },
    async waitingCompanies(connectionId) {
      const rows = await db
        .selectFrom('purchase_bookings')
        .select('company_id')
        .distinct()
        .where('connection_id', '=', connectionId)
        .where('state', 'in', ['accepted', 'held'])
        .execute();
      return rows.map(({ company_id: companyId }) => companyId);
    },
    async notHandedOver() {
      const query = bookings.where('handed_over', '=', 0).orderBy('changed_at').limit(500);
      return (await query.execute()).map(fromRow);
    },
  };
}
