import type { ActionsBlock } from '@slack/types';
import type { BrokenAgain, Disconnection, IncidentEnding } from '../../../domain/announcements/incidents.ts';
import { explainCause } from '../../../words/causes.ts';
import { isMendedByLogin } from '../../../domain/incidents/incident-rules.ts';
import { actionIds } from '../../ids.ts';
import { button, buttons, type Message } from '../blocks.ts';
import { bookedAgainWords } from '../bookings/bookable.ts';
import { companyList } from '../company-list.ts';
import { paragraphs, type Paragraph } from '../paragraphs.ts';
import { counted, dateAndTime, escaped, lasting, listed } from '../words.ts';

/** One incident in one channel. While it lasts it says what to do; afterwards how it ended. */
export function disconnection(facts: Disconnection): Message {
  return facts.ended ? ended(facts, facts.ended) : open(facts);
}

function open(facts: Disconnection): Message {
  const { systemName, since, companies } = facts;
  const cause = explainCause(facts.cause, { system: systemName, login: escaped(facts.login) });
  const message = paragraphs(
    `:red_circle: *${escaped(facts.connectionName)} is disconnected${facts.again ? ' again' : ''}* since ${dateAndTime(since)}`,
    ...(facts.again ? [againSentence(facts.again)] : []),
    `*Why:* ${cause.what}. ${escaped(facts.synchronisationUser)} is the synchronisation user.`,
    hit(companies),
    `*What it means:* no document of ${companies.length === 1 ? 'this company' : 'these companies'} can be booked. Master data stays as of ${dateAndTime(since)}.`,
    `*Next step:* ${cause.mend}${isMendedByLogin(facts.cause) ? `\nThis can be done by ${escaped(listed(facts.mayReconnect, 'or'))}.` : ''}`,
    ...careLines(facts),
  );
  return { ...message, blocks: [...message.blocks, careButtons(facts)] };
}

/** "It is the third time today. Last mended by Tom de Vries; it worked for 2 minutes." */
export function againSentence({ timesToday, mendedBy, workedMs }: BrokenAgain): string {
  const by = mendedBy === null ? 'It had mended itself' : `Last mended by ${escaped(mendedBy)}`;
  return `It is the ${ordinal(timesToday)} time today. ${by}; it worked for ${lasting(workedMs)}.`;
}

function ordinal(count: number): string {
  return ['', 'first', 'second', 'third', 'fourth', 'fifth'][count] ?? `${count}th`;
}

type Care = Pick<Disconnection, 'connectionId' | 'cause' | 'onIt' | 'snoozed'>;

/** Who takes care of it, and until when it is snoozed. */
export function careLines({ onIt, snoozed }: Pick<Care, 'onIt' | 'snoozed'>): string[] {
  return [
    ...(onIt ? [`:eyes: ${escaped(onIt)} is on it.`] : []),
    ...(snoozed
      ? [`:zzz: Snoozed by ${escaped(snoozed.by)}: no reminders until ${dateAndTime(snoozed.until)}.`]
      : []),
  ];
}

/** Whoever is on it already need not say so again, where only they read it. */
export function careButtons({ connectionId, cause, onIt }: Care, isYours = false): ActionsBlock {
  const value = { value: connectionId };
  return buttons(
    ...(isMendedByLogin(cause)
      ? [button(actionIds.reconnect, 'Reconnect', { style: 'primary', ...value })]
      : []),
    ...(isYours ? [] : [button(actionIds.takeUp, onIt ? 'I’m on it instead' : 'I’m on it', value)]),
    button(actionIds.snooze, 'Snooze…', value),
    button(actionIds.why, 'Why?', value),
  );
}

function hit(companies: Disconnection['companies']): Paragraph {
  if (companies.length === 0) return '*What is hit:* no company is linked yet.';
  const heading = `*What is hit:* ${counted(companies.length, 'company', 'companies')}`;
  return { ...companyList(companies, heading), shown: 5 };
}

function ended(facts: Disconnection, end: IncidentEnding): Message {
  return paragraphs(
    `:large_green_circle: *${escaped(facts.connectionName)}*: ${howItEnded(end, facts.since)}`,
    `It was disconnected since ${dateAndTime(facts.since)}, because ${explainCause(facts.cause, { system: facts.systemName, login: escaped(facts.login) }).what}.${bookedAgainWords(facts.bookedAgain, facts.companies.length)}`,
  );
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
