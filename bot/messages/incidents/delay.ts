import type { Delay } from '../../../domain/announcements/incidents.ts';
import type { Message } from '../blocks.ts';
import { bookedAgainAfterDelay } from '../bookings/bookable.ts';
import { paragraphs } from '../paragraphs.ts';
import { counted, dateAndTime, escaped, lasting, listed } from '../words.ts';

const mostNames = 3;

/** A package that is down or limits us: nobody has to do anything, so there is nothing to click. */
export function delay({ reason, systemName, since, connections, endedAt }: Delay): Message {
  const system = escaped(systemName);
  if (endedAt)
    return paragraphs(
      `:large_green_circle: *${system}* answers again after ${lasting(Date.parse(endedAt) - Date.parse(since))}. Master data is being brought up to date.`,
    );
  const what = reason === 'outage' ? 'does not answer' : 'asks us to slow down';
  const who =
    connections.length <= mostNames
      ? `${escaped(listed(connections))} ${connections.length === 1 ? 'waits' : 'wait'} for it.`
      : `${counted(connections.length, 'connection', 'connections')} wait for it.`;
  return paragraphs(
    `:large_yellow_circle: *${system}* ${what} since ${dateAndTime(since)}. ${who}`,
    `${bookedAgainAfterDelay(system)} Nothing to do for you: no login is broken, and the synchronisation goes on by itself.`,
  );
}
