import { expect, test } from '@jest/globals';
import type { BookingStatus } from '../../../domain/bookings/booking-status.ts';
import { bookingInWords } from '../../../words/bookings/status.ts';
import { onBothDatabases } from '../../database.ts';
import { openStore } from '../store.ts';

const facts: BookingStatus = {
  ...{ reference: 'b', connection: 'c', company: '1', state: 'held', reason: 'delayed', until: null },
  ...{ misfits: [], entryNumber: null, revision: 1 },
  ...{ receivedAt: '2026-11-25T10:00:00.000Z', changedAt: '2026-11-25T10:00:00.000Z' },
};

onBothDatabases((open) => {
  test('a notice with a code of another version is told as it is, and holds up no other', async () => {
    const { bookingNotices, database } = await openStore(open);
    const row = (id: string, place: number, told: object) => ({
      ...{ id, booking_id: id, connection_id: 'c', company_id: '1', revision: 1, place, sent_at: null },
      ...{ at: facts.changedAt, facts: JSON.stringify(told) },
    });
    const later = { ...facts, reason: 'of-a-later-version' };
    await database.db
      .insertInto('booking_notices')
      .values([row('a/1', 1, later), row('b/1', 2, facts)])
      .execute();
    const unsent = await bookingNotices.unsent({ connectionId: 'c', companyId: '1' });
    expect(unsent.map(({ id }) => id)).toEqual(['a/1', 'b/1']);
    expect(unsent.map((notice) => bookingInWords(notice.facts).words)).toEqual([
      'It is kept, and delivered once: of-a-later-version.',
      'It is kept, and delivered once: the accounting system does not answer, or limits us; it goes on by itself.',
    ]);
  });
});
