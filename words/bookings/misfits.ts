import type { MisfitReason } from '../../domain/bookings/booking-fit.ts';

/** What is the matter with one field of a booking; goes on after its name. */
export const misfitWords: Record<MisfitReason, string> = {
  unknown: 'is not in the master data (any more)',
  ambiguous: 'may mean more than one, by id or by code; write id: before it and the id that is meant',
  'another-row': 'is the code of another one now than when the booking was handed over',
  'not-active': 'is not active',
  blocked: 'is blocked',
  heading: 'is a heading; choose an account below it',
  'no-purchase-account':
    'is an account on which the accounting system takes no purchases; choose one of costs or of assets',
  'no-supplier': 'is not a supplier',
  'no-purchase-journal': 'is not a purchase journal',
  'not-for-purchase': 'is for sales only',
  ended: 'had ended before the invoice date',
  'not-begun': 'begins after the invoice date',
  'already-booked':
    'stands in the books already, in the entry named here and not as this document; if that is another invoice, name the entry in besides',
  'no-working-login': 'has no working login of their own in the accounting system',
  'may-not-book': 'may not book in this company with their own login',
  refused: 'was refused by the accounting system',
  'our-fault':
    'could not be handed to the accounting system, because Syncuser failed at it again and again; whoever runs Syncuser finds why in its log',
};
