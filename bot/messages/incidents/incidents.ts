import type { LinkCause } from '../../../domain/causes.ts';
import { explainCause } from '../../../words/causes.ts';
import type { IncidentFigures, Spans } from '../../../domain/incidents/incident-month.ts';
import type { Moment } from '../../../domain/master-data.ts';
import { slashCommand } from '../../ids.ts';
import type { Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { counted, dateAndTime, escaped, lasting, within } from '../words.ts';

export interface ToldIncident {
  number: number;
  connectionName: string;
  systemName: string;
  cause: LinkCause;
  openedAt: Moment;
  ended: { at: Moment; by: string | null } | null;
  onIt: string | null;
}

/** The incidents of a month, and how long it took to see, to tell and to mend them; some of them to a page. */
export function incidents(facts: {
  month: string;
  figures: IncidentFigures;
  page: number;
  /** Those of the page, the newest first. */
  list: readonly ToldIncident[];
  more: boolean;
}): Message {
  const { month, figures, page, list, more } = facts;
  const title = `*${nameOfMonth(month)}*`;
  if (list.length === 0)
    return paragraphs(`${title}: no ${page > 1 ? 'more connections were' : 'connection was'} disconnected.`);
  return paragraphs(
    `${title}: ${figureWords(figures)}`,
    { lines: list.map(line), shown: list.length },
    ...(more ? [`Earlier: \`${slashCommand} incidents ${month} page ${page + 1}\``] : []),
  );
}

/** "3 disconnections, one of them open. Noticed after 4 minutes …" */
export function figureWords({ count, open, detect, tell, reconnect }: IncidentFigures): string {
  const still = open === 0 ? '' : `, ${open} of them not mended yet`;
  const times = [
    spanWords('noticed', detect),
    spanWords('told', tell),
    spanWords('connected again', reconnect),
  ].filter((words) => words !== null);
  return `${counted(count, 'disconnection', 'disconnections')}${still}.${times.length > 0 ? ` ${count === 1 ? 'It was' : 'Half of them were'} ${times.join('; ')}.` : ''}`;
}

function spanWords(what: string, spans: Spans | null): string | null {
  if (!spans) return null;
  const [half, longest] = [within(spans.median), within(spans.longest)];
  return `${what} within ${half}${longest === half ? '' : `, at the latest within ${longest}`}`;
}

export function nameOfMonth(month: string): string {
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${month}-01`),
  );
}

function line(one: ToldIncident): string {
  const { what } = explainCause(one.cause, { system: one.systemName, login: 'the login' });
  return `• #${one.number} *${escaped(one.connectionName)}*, ${dateAndTime(one.openedAt)}: ${what}; ${end(one)}.`;
}

function end({ ended, openedAt, onIt }: ToldIncident): string {
  if (!ended) return onIt ? `${escaped(onIt)} is on it` : 'nobody is on it yet';
  const after = lasting(Date.parse(ended.at) - Date.parse(openedAt));
  return ended.by ? `mended by ${escaped(ended.by)} after ${after}` : `worked again after ${after}`;
}
