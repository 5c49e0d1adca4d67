import { expect, test } from '@jest/globals';
import { inWords } from '../../in-words.ts';
import type { Digest } from '../../../../domain/announcements/office.ts';

const since = '2026-11-23T19:10:00.000Z';
const words = (changes: Partial<Digest>) =>
  inWords({ what: 'digest', lines: [], bookings: [], lastMonth: null, ...changes }).text;

test('Bookings that wait are told with what the first of them waits for, and those that nobody corrected', () => {
  const name = 'Exact Online';
  const bookings: Digest['bookings'] = [
    { name, count: 3, since, waitFor: 'not-allowed' },
    { name, count: 1, since, waitFor: 'correction' },
  ];
  expect(words({ bookings })).toMatchInlineSnapshot(`
   ":sunny: *Good morning.* No connection needs a look, but bookings do:
   • *Exact Online*: 3 purchase bookings wait, the first since <!date^1795461000^{date_short_pretty} at {time}|2026-11-23 19:10 UTC>: the login may not book in this company; an administrator of the accounting system can change that.
   • *Exact Online*: 1 purchase booking does not fit, since <!date^1795461000^{date_short_pretty} at {time}|2026-11-23 19:10 UTC>; whoever entered it corrects or withdraws it there."
  `);
  const lines: Digest['lines'] = [{ about: 'disconnected', name, since, who: null }];
  expect(words({ lines, bookings: [{ name, count: 1, since, waitFor: 'disconnected' }] }))
    .toMatchInlineSnapshot(`
   ":sunny: *Good morning.* 1 connection needs a look:
   • *Exact Online* is disconnected since <!date^1795461000^{date_short_pretty} at {time}|2026-11-23 19:10 UTC>; nobody is on it.
   • *Exact Online*: 1 purchase booking waits, since <!date^1795461000^{date_short_pretty} at {time}|2026-11-23 19:10 UTC>: the accounting system is disconnected; it goes on when somebody has logged in again."
  `);
});
