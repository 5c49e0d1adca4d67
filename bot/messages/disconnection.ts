import type { ActionsBlock } from '@slack/types';
import type { Disconnection, IncidentEnding } from '../../domain/announcements/incidents.ts';
import { explainCause } from '../../domain/causes.ts';
import { actionIds } from '../ids.ts';
import { button, buttons, section, type Message } from './blocks.ts';
import { companyLines, counted, dateAndTime, escaped, lasting, listed } from './words.ts';

/** One incident in one channel. While it lasts it says what to do; afterwards how it ended. */
export function disconnection(facts: Disconnection): Message {
  return facts.ended ? ended(facts, facts.ended) : open(facts);
}

function open(facts: Disconnection): Message {
  const { systemName, since, companies } = facts;
  const cause = explainCause(facts.cause, { system: systemName, login: escaped(facts.login) });
  const words = [
    `:red_circle: *${escaped(facts.connectionName)} is disconnected* since ${dateAndTime(since)}`,
    `*Why:* ${cause.what}. ${escaped(facts.synchronisationUser)} is the synchronisation user.`,
    hit(companies),
    `*What it means:* no document of ${companies.length === 1 ? 'this company' : 'these companies'} can be booked. Master data stays as of ${dateAndTime(since)}.`,
    `*Next step:* ${cause.mend}\nThis can be done by ${escaped(listed(facts.mayReconnect, 'or'))}.`,
    ...careLines(facts),
  ];
  return { text: words.join('\n'), blocks: [...words.map(section), careButtons(facts)] };
}

type Care = Pick<Disconnection, 'connectionId' | 'onIt' | 'snoozed'>;

/** Who takes care of it, and until when it is snoozed. */
export function careLines({ onIt, snoozed }: Omit<Care, 'connectionId'>): string[] {
  return [
    ...(onIt ? [`:eyes: ${escaped(onIt)} is on it.`] : []),
    ...(snoozed
      ? [`:zzz: Snoozed by ${escaped(snoozed.by)}: no reminders until ${dateAndTime(snoozed.until)}.`]
      : []),
  ];
}

/** Whoever is on it already need not say so again, where only he reads it. */
export function careButtons({ connectionId, onIt }: Care, isYours = false): ActionsBlock {
  const value = { value: connectionId };
  return buttons(
    button(actionIds.reconnect, 'Reconnect', { style: 'primary', ...value }),
    ...(isYours ? [] : [button(actionIds.takeUp, onIt ? 'I’m on it instead' : 'I’m on it', value)]),
    button(actionIds.snooze, 'Snooze…', value),
    button(actionIds.why, 'Why?', value),
  );
}

function hit(companies: Disconnection['companies']): string {
  if (companies.length === 0) return '*What is hit:* no company is linked yet.';
  return `*What is hit:* ${counted(companies.length, 'company', 'companies')}\n${companyLines(companies)}`;
}

function ended(facts: Disconnection, end: IncidentEnding): Message {
  const words = [
    `:large_green_circle: *${escaped(facts.connectionName)}*: ${howItEnded(end, facts.since)}`,
    `It was disconnected since ${dateAndTime(facts.since)}, because ${explainCause(facts.cause, { system: facts.systemName, login: escaped(facts.login) }).what}. Documents of ${counted(facts.companies.length, 'company', 'companies')} can be booked again.`,
  ];
  return { text: words.join('\n'), blocks: words.map(section) };
}

/** "reconnected by Tom de Vries after 4 minutes" */
export function howItEnded({ how, by, at }: IncidentEnding, since: string): string {
  const after = lasting(Date.parse(at) - Date.parse(since));
  switch (how) {
    case 'reconnected':
      return `reconnected by ${escaped(by ?? 'somebody')} after ${after}`;
    case 'changed':
      return `connected again after ${after}: ${escaped(by ?? 'somebody')} changed the synchronisation user`;
    case 'works-again':
      return `works again after ${after}; it was mended in the accounting system`;
  }
}
