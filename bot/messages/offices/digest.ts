import type { Digest, Stuck } from '../../../domain/announcements/office.ts';
import { holdWords } from '../../../words/bookings/holds.ts';
import { slashCommand } from '../../ids.ts';
import { figureWords, nameOfMonth } from '../incidents/incidents.ts';
import type { Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { counted, dateAndTime, escaped, grouped } from '../words.ts';

const mostLines = 20;
/** They are longer. */
const mostBookings = 10;

/** The morning's message: what is stale and what waits for somebody. */
export function digest({ lines, bookings, lastMonth }: Digest): Message {
  return paragraphs(
    lines.length === 0
      ? `:sunny: *Good morning.* No connection needs a look${bookings.length > 0 ? ', but bookings do:' : '.'}`
      : `:sunny: *Good morning.* ${counted(lines.length, 'connection needs', 'connections need')} a look:`,
    ...(lines.length > 0
      ? [
          {
            lines: lines.map(lineOf),
            shown: mostLines,
            rest: (amount: number) => `and ${grouped(amount)} more: \`${slashCommand} status\``,
          },
        ]
      : []),
    ...(bookings.length > 0
      ? [
          {
            lines: bookings.map(bookingsLine),
            shown: mostBookings,
            rest: (amount: number) => `and ${grouped(amount)} more like that`,
          },
        ]
      : []),
    ...(lastMonth
      ? [
          `In ${nameOfMonth(lastMonth.month)}: ${figureWords(lastMonth.figures)} \`${slashCommand} incidents ${lastMonth.month}\` lists them.`,
        ]
      : []),
  );
}

function lineOf({ about, name, since, who }: Digest['lines'][number]): string {
  const title = `*${escaped(name)}*`;
  const when = since ? dateAndTime(since) : null;
  const person = escaped(who ?? '');
  switch (about) {
    case 'disconnected':
      return `• ${title} is disconnected since ${when}; ${who ? `${person} is on it` : 'nobody is on it'}.`;
    case 'waits-for-login':
      return `• ${title} waits for ${person} to log in${when ? `, since ${when}` : ''}.`;
    case 'paused':
      return `• ${title} is paused by ${person}; its master data is ${when ? `from ${when}` : 'not there yet'}.`;
    case 'login-ends':
      return `• ${title}: its login ends ${when}, if nobody renews it.`;
    case 'stale':
      return `• ${title}: its master data is older than promised since ${when}.`;
  }
}

function bookingsLine({ name, count, since, waitFor }: Digest['bookings'][number]): string {
  const subject = `• *${escaped(name)}*: ${counted(count, 'purchase booking', 'purchase bookings')}`;
  const one = count === 1;
  const when = `${one ? '' : 'the first '}since ${dateAndTime(since)}`;
  return waitFor === 'correction'
    ? `${subject} ${one ? 'does' : 'do'} not fit, ${when}; whoever entered ${one ? 'it corrects or withdraws it' : 'them corrects or withdraws them'} there.`
    : `${subject} ${one ? 'waits' : 'wait'}, ${when}: ${holdWords[waitFor]}.`;
}

export function stuck({ name, why, since, endedAt }: Stuck): Message {
  const title = `*${escaped(name)}*`;
  const when = dateAndTime(since);
  if (why === 'gone')
    return paragraphs(
      endedAt
        ? `:large_green_circle: ${title} is looked after again. Nobody had since ${when}.`
        : `:warning: Nobody looks after ${title} any more: its workflow has ended, seen ${when}. Nothing is lost; whoever runs Syncuser should look for connection in Temporal, and reset it.`,
    );
  if (why === 'cannot-go-on')
    return paragraphs(
      endedAt
        ? `:large_green_circle: ${title} goes on. It had stood still since ${when}.`
        : `:warning: ${title} stands still: its workflow cannot go on, seen ${when}. Clicks and a break may go unanswered until it does, and nothing is lost. Whoever runs Syncuser finds the reason in Temporal UI, and what to do in docs/operations.md.`,
    );
  return paragraphs(
    endedAt
      ? `:large_green_circle: ${title} synchronises again. It had stood still since ${when}.`
      : `:warning: ${title} should have synchronised ${when} and has not. Nothing is lost; whoever runs Syncuser should look whether its worker runs.`,
  );
}
