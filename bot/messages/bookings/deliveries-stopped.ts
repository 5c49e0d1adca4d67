import type { DeliveriesStopped } from '../../../domain/announcements/bookings.ts';
import type { Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { dateAndTime, escaped, listed } from '../words.ts';

/** The gravest that can happen to a booking: it stands in the books of somebody else, or twice. */
export function deliveriesStopped(facts: DeliveriesStopped): Message {
  const [reference, expected, found] = [facts.reference, facts.expected, facts.found].map(escaped);
  const system = escaped(facts.systemName);
  const entries = listed(facts.entries.map(escaped), 'and');
  const [why, next] =
    facts.entries.length > 0
      ? [
          `booking ${reference} of ${expected} stands in ${system} more than once, as entries ${entries}.`,
          `look at entries ${entries} in ${system}, and remove what is there too often.`,
        ]
      : [
          `booking ${reference} was sent to ${expected}, and ${system} shows it in ${found}.`,
          `remove the entry from ${found} in ${system}, and find out why it came there; often the login lost its right to ${expected}.`,
        ];
  return paragraphs(
    `:octagonal_sign: *${escaped(facts.connectionName)}: nothing is booked any more* since ${dateAndTime(facts.since)}`,
    `*Why:* ${why} Until somebody has looked, no booking of this connection is sent.`,
    `*Next step:* ${next} Then let the deliveries go on: \`DELETE /api/connections/…/delivery-stop\`.`,
  );
}
