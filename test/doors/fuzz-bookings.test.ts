import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { unfitPart } from '../../domain/plain-text.ts';
import { purchaseBookingSchema } from '../../domain/bookings/purchase-booking.ts';
import { booking } from '../booking.ts';
import { onBothDatabases } from '../database.ts';
import { bearer, type RunningWeb } from '../web/running-web.ts';
import { nastyText, nastyValue, patienceMs, runs, seldom, tell } from './nasty.ts';
import { send } from './raw-request.ts';
import { everyRow } from './rows.ts';
import { faultsOf, line, runWebWithBooks } from './web-with-books.ts';

/**
 * Bookings with halves of surrogate pairs, control characters and whatever JSON can hold: never an answer of 5xx, and what is
 * taken is kept as it was sent, one row for each reference. `npm test` takes a few seconds for it; `FUZZ=14000 npm test --
 * test/doors/fuzz` is the full size, 5,000 on two databases (nasty.ts).
 */
const address = '/api/connections/exact/companies/d-1/purchase-bookings';
const odd = fc.oneof(nastyValue, nastyText);
const ofLine = fc.constantFrom('glAccount', 'description', 'netAmount', 'vatCode', 'vatAmount', 'costCentre');
const ofBooking = fc.constantFrom(...Object.keys({ ...booking(), dueDate: '', bookAs: '' }));
/** Good ones, and ones of which a few parts are not. */
const handedOver = fc.record({
  reference: fc.oneof(
    fc.nat(400).map((number) => `doc-${number}`),
    nastyText,
  ),
  texts: seldom(fc.record({ invoiceNumber: nastyText, description: nastyText })),
  parts: seldom(fc.dictionary(ofBooking, odd, { maxKeys: 2 })),
  partsOfLine: seldom(fc.dictionary(ofLine, odd, { maxKeys: 2 })),
  more: seldom(fc.dictionary(nastyText, nastyValue, { maxKeys: 2 })),
  method: fc.constantFrom('POST', 'POST', 'POST', 'PUT', 'DELETE', 'GET'),
});

onBothDatabases((open) => {
  let web: RunningWeb;
  beforeEach(async () => {
    web = await runWebWithBooks({ database: open.address() });
  });
  afterEach(() => web.close());

  test(
    `what is kept is what was sent: ${runs(2_500).numRuns} bookings`,
    async () => {
      const seen: Record<string, number> = {};
      const taken = new Set<string>();
      await fc.assert(
        fc.asyncProperty(handedOver, async ({ method, reference, ...one }) => {
          const [first, ...others] = booking().lines;
          const lines = [{ ...first, ...one.partsOfLine }, ...others];
          const text = JSON.stringify({
            ...booking(),
            lines,
            reference,
            ...one.texts,
            ...one.more,
            ...one.parts,
          });
          const carries = method === 'POST' || method === 'PUT';
          const { status } = await send(web.url, {
            method,
            path: method === 'POST' ? address : `${address}/${encodeURIComponent(reference.toWellFormed())}`,
            headers: { ...bearer, ...(carries && { 'content-type': 'application/json' }) },
            body: carries ? Buffer.from(text) : null,
          });
          seen[`${method} ${status}`] = (seen[`${method} ${status}`] ?? 0) + 1;
          expect(status).toBeLessThan(500);
          if (!carries || status >= 300) return;
          const sent = purchaseBookingSchema.parse(JSON.parse(text));
          expect(unfitPart(sent)).toBeNull();
          expect((await web.store.purchaseBookings.find(line, sent.reference))?.booking).toEqual(sent);
          taken.add(sent.reference);
        }),
        runs(2_500),
      );
      tell('answers to bookings', seen);
      expect(faultsOf(web)).toEqual([]);
      expect(Object.keys(seen)).toEqual(expect.arrayContaining(['POST 202', 'POST 400']));
      expect((await everyRow(web.database))['purchase_bookings']).toHaveLength(taken.size);
    },
    patienceMs,
  );
});
