import { bookable, type NotBookable } from '../../../domain/bookings/bookable.ts';
import { fieldInWords } from '../../../words/bookings/fields.ts';
import { fit, namings, type Misfit, type NamedRows } from '../../../domain/bookings/booking-fit.ts';
import { misfitWords } from '../../../words/bookings/misfits.ts';
import { findUser, isActive } from '../../../domain/offices/office.ts';
import type { HoldReason, PurchaseBooking } from '../../../domain/bookings/purchase-booking.ts';
import type { WebDeps } from '../../deps.ts';
import type { SayMoment } from '../../moments.ts';
import { bookingReadiness } from '../connections/booking-readiness.ts';
import { readinessFacts, type FoundCompany } from '../connections/one-company.ts';
import type { Problem } from '../problem.ts';

/** Whether a booking may go now, or has to wait first; a problem when it is refused at the door. */
export async function howToTake(
  deps: Pick<WebDeps, 'store' | 'systems' | 'office'>,
  found: FoundCompany,
  sayMoment: SayMoment,
): Promise<{ hold: HoldReason | null } | Problem> {
  const facts = await readinessFacts(deps, found);
  const answer = bookable(facts);
  // What was just connected again is read within moments; the delivery, which begins now, waits for it.
  if (answer.may === 'yes' || answer.why === 'master-data-not-fresh') return { hold: null };
  const refusal = bookingReadiness(facts, sayMoment) as Problem;
  return deps.office.holdBookings && isForKeeping(answer) ? { hold: answer.why } : refusal;
}

/** What ends without anybody changing the booking or the company. */
function isForKeeping(answer: NotBookable): answer is NotBookable & { why: HoldReason } {
  return ['disconnected', 'deliveries-stopped', 'delayed', 'paused'].includes(answer.why);
}

/** Which rows a booking names, by the master data of now; a problem when it does not fit. */
export async function rowsNamed(
  { store, office }: Pick<WebDeps, 'store' | 'office'>,
  { connection, company }: FoundCompany,
  booking: PurchaseBooking,
): Promise<{ rows: NamedRows } | Problem> {
  const line = { connectionId: connection.id, companyId: company.externalId };
  const { misfits, rows } = fit(booking, await store.namedRows.find(line, namings(booking)), null);
  const { bookAs } = booking;
  if (bookAs) {
    const person = findUser(office, bookAs);
    const link = person && isActive(person) ? await store.userLinks.find(connection.id, bookAs) : null;
    if (link?.state !== 'connected')
      misfits.push({ field: 'bookAs', value: bookAs, why: 'no-working-login', said: null });
  }
  return misfits.length === 0 ? { rows } : doesNotFit(misfits);
}

export function doesNotFit(misfits: readonly Misfit[], members: Record<string, unknown> = {}): Problem {
  const told = misfits.map((misfit) => ({ ...misfit, words: misfitWords[misfit.why] }));
  const sentences = told.map(({ field, value, words, said }) =>
    [fieldInWords(field), value, words, said && `(${said})`].filter(Boolean).join(' '),
  );
  return {
    type: 'does-not-fit',
    status: 422,
    detail: `Nothing was booked: ${sentences.join('; ')}.`,
    members: { misfits: told, ...members },
  };
}
