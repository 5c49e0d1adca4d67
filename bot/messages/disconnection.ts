import type { Disconnection } from '../../domain/announcements.ts';
import { explainCause } from '../../domain/causes.ts';
import { actionIds } from '../ids.ts';
import { button, buttons, section, type Message } from './blocks.ts';
import { companyLines, counted, dateAndTime, escaped, lasting, listed } from './words.ts';

/** One incident in one channel. While it lasts it says what to do; afterwards how it ended. */
export function disconnection(facts: Disconnection): Message {
  return facts.ended ? ended(facts, facts.ended) : open(facts);
}

function open(facts: Disconnection): Message {
  const { systemName, connectionId, since, companies, onIt } = facts;
  const cause = explainCause(facts.cause, { system: systemName, login: escaped(facts.login) });
  const words = [
    `:red_circle: *${escaped(facts.connectionName)} is disconnected* since ${dateAndTime(since)}`,
    `*Why:* ${cause.what}. ${escaped(facts.synchronisationUser)} is the synchronisation user.`,
    hit(companies),
    `*What it means:* no document of ${companies.length === 1 ? 'this company' : 'these companies'} can be booked. Master data stays as of ${dateAndTime(since)}.`,
    `*Next step:* ${cause.mend}\nThis can be done by ${escaped(listed(facts.mayReconnect, 'or'))}.`,
    ...(onIt ? [`:eyes: ${escaped(onIt)} is on it.`] : []),
  ];
  const reconnect = button(actionIds.reconnect, 'Reconnect', { style: 'primary', value: connectionId });
  const takeUp = button(actionIds.takeUp, 'I’m on it', { value: connectionId });
  return {
    text: words.join('\n'),
    blocks: [...words.map(section), onIt ? buttons(reconnect) : buttons(reconnect, takeUp)],
  };
}

function hit(companies: Disconnection['companies']): string {
  if (companies.length === 0) return '*What is hit:* no company is linked yet.';
  return `*What is hit:* ${counted(companies.length, 'company', 'companies')}\n${companyLines(companies)}`;
}

function ended(facts: Disconnection, end: NonNullable<Disconnection['ended']>): Message {
  const after = lasting(Date.parse(end.at) - Date.parse(facts.since));
  const how =
    end.how === 'reconnected'
      ? `reconnected by ${escaped(end.by)} after ${after}`
      : `connected again after ${after}: ${escaped(end.by)} changed the synchronisation user`;
  const words = [
    `:large_green_circle: *${escaped(facts.connectionName)}*: ${how}`,
    `It was disconnected since ${dateAndTime(facts.since)}, because ${explainCause(facts.cause, { system: facts.systemName, login: escaped(facts.login) }).what}. Documents of ${counted(facts.companies.length, 'company', 'companies')} can be booked again.`,
  ];
  return { text: words.join('\n'), blocks: words.map(section) };
}
