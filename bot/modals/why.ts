import type { ModalView } from '@slack/types';
import type { LinkCause } from '../../domain/causes.ts';
import { explainCause } from '../../words/causes.ts';
import type { Moment } from '../../domain/master-data.ts';
import { plain, section } from '../messages/blocks.ts';
import { cut } from '../messages/cut.ts';
import { dateAndTime, escaped, lasting, listed } from '../messages/words.ts';

export interface WhyFacts {
  connectionName: string;
  systemName: string;
  login: string;
  cause: LinkCause;
  since: Moment;
  /** When the login last worked, or null. */
  lastGoodAt: Moment | null;
  /** What the package answered. */
  saw: { at: Moment; saw: string } | null;
  /** Where in the package it is mended. */
  screen: string | null;
  checksAgainEvery: number | null;
  nextReminderAt: Moment;
  mayReconnect: readonly string[];
  onIt: string | null;
  pausedBy: string | null;
}

/** The whole explanation behind an alert: what was seen and when, where it is mended, and what happens next. */
export function whyModal(facts: WhyFacts): ModalView {
  const cause = explainCause(facts.cause, { system: facts.systemName, login: escaped(facts.login) });
  const paragraphs = [
    `*What happened*\n${cause.opening}. Syncuser noticed it ${dateAndTime(facts.since)}${facts.lastGoodAt ? `; the login last worked ${dateAndTime(facts.lastGoodAt)}` : ''}.`,
    ...(facts.saw
      ? [
          `*What Syncuser saw*\n${escaped(facts.systemName)} answered ${dateAndTime(facts.saw.at)}:\n>${escaped(cut(facts.saw.saw.replaceAll('\n', ' '), 500))}`,
        ]
      : []),
    `*Where it is mended*\n${cause.mend}${facts.screen ? `\nThe screen in ${escaped(facts.systemName)}: _${escaped(facts.screen)}_` : ''}`,
    `*Who*\n${escaped(listed(facts.mayReconnect, 'or'))} can mend it. ${facts.onIt ? `${escaped(facts.onIt)} is on it.` : `Nobody has taken it up yet; the next reminder goes out ${dateAndTime(facts.nextReminderAt)}.`}`,
    `*What Syncuser does next*\n${next(facts)}`,
  ];
  return {
    type: 'modal',
    title: plain('Why?', 24),
    close: plain('Close', 24),
    blocks: paragraphs.map(section),
  };
}

function next({ checksAgainEvery, pausedBy, systemName }: WhyFacts): string {
  const meanwhile =
    checksAgainEvery === null
      ? 'It does not try this login again, so that no account is locked, and waits for a new one.'
      : `It looks again every ${lasting(checksAgainEvery)}, in case it is mended in ${escaped(systemName)} itself.`;
  const afterwards = pausedBy
    ? `Afterwards the synchronisation stays paused, as ${escaped(pausedBy)} left it.`
    : 'Afterwards the synchronisation goes on where it was, and this alert closes itself.';
  return `No round runs meanwhile; what came in before stays. ${meanwhile} ${afterwards}`;
}
