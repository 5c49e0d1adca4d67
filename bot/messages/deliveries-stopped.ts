import type { DeliveriesStopped } from '../../domain/announcements/bookings.ts';
import { paragraphs, type Message } from './blocks.ts';
import { dateAndTime, escaped } from './words.ts';

/** The gravest thing that can happen to a booking: it stands in the books of somebody else. */
export function deliveriesStopped(facts: DeliveriesStopped): Message {
  const [reference, expected, found] = [facts.reference, facts.expected, facts.found].map(escaped);
  const system = escaped(facts.systemName);
  return paragraphs(
    `:octagonal_sign: *${escaped(facts.connectionName)}: nothing is booked any more* since ${dateAndTime(facts.since)}`,
    `*Why:* booking ${reference} was sent to ${expected}, and ${system} shows it in ${found}. Until somebody has looked, no booking of this connection is sent.`,
    `*Next step:* remove the entry from ${found} in ${system}, and find out why it came there; often the login lost its right to ${expected}. Then let the deliveries go on: \`DELETE /api/connections/…/delivery-stop\`.`,
  );
}
