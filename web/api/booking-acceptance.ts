import { fit, misfitWords, namings, type Misfit, type NamedRows } from '../../domain/booking-fit.ts';
import { findUser, isActive } from '../../domain/office.ts';
import { holdWords, type HoldReason, type PurchaseBooking } from '../../domain/purchase-booking.ts';
import type { WebDeps } from '../deps.ts';
import type { SayMoment } from '../moments.ts';
import { bookingReadiness } from './booking-readiness.ts';
import { bookingFacts, type FoundCompany } from './one-company.ts';
import type { Problem } from './problem.ts';

/** Whether a booking may go now, or has to wait first; a problem when it is refused at the door. */
export async function howToTake(
  deps: Pick<WebDeps, 'store' | 'systems' | 'office'>,
  found: FoundCompany,
  sayMoment: SayMoment,
): Promise<{ hold: HoldReason | null } | Problem> {
  const { connection } = found;
  const { health } = connection;
  const wantsHolding = deps.office.holdBookings ?? false;
  const refusal = bookingReadiness(await bookingFacts(deps, found), sayMoment);
  if (!('ready' in refusal))
    return wantsHolding && isForKeeping(refusal.type) ? { hold: refusal.type } : refusal;
  if (health.state !== 'delayed') return { hold: null };
  if (wantsHolding) return { hold: 'delayed' };
  const detail = `Nothing can be booked at the moment: ${holdWords.delayed}.`;
  return { type: 'delayed', status: 503, detail, members: { expectedBack: health.until } };
}

/** What ends without anybody changing the booking or the company. */
function isForKeeping(type: Problem['type']): type is 'disconnected' | 'deliveries-stopped' {
  return type === 'disconnected' || type === 'deliveries-stopped';
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
    [field, value, words, said && `(${said})`].filter(Boolean).join(' '),
  );
  return {
    type: 'does-not-fit',
    status: 422,
    detail: `Nothing was booked. ${sentences.join('; ')}.`,
    members: { misfits: told, ...members },
  };
}
