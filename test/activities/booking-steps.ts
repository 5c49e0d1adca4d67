import fc from 'fast-check';
import type { BookingState } from '../../domain/bookings/purchase-booking.ts';

const who = fc.constantFrom('a', 'b', 'c');
const content = fc.constantFrom('first', 'first, written otherwise', 'other');
/** What a caller, a person in the package, a worker and the weather may do. */
export const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('book' as const), who, content }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('withdraw' as const), who }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('correct' as const), who, content }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('book by hand' as const), who }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('deliver' as const),
      how: fc.constantFrom('as usual', 'by two', 'answer lost', 'refused', 'fault of the package', 'outage'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('die' as const), before: fc.integer({ min: 1, max: 20 }) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('break' as const, 'mend' as const) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('forbid' as const, 'allow' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('wait' as const), seconds: fc.constantFrom(20, 61, 1801) }),
  },
);
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** docs/bookings.md, "What happens to it". A correction alone makes it accepted again. */
export const allowed: Record<BookingState, readonly BookingState[]> = {
  accepted: ['accepted', 'held', 'misfit', 'delivered', 'withdrawn'],
  held: ['held', 'accepted', 'misfit', 'delivered', 'withdrawn'],
  misfit: ['accepted', 'withdrawn'],
  delivered: [],
  withdrawn: [],
};
