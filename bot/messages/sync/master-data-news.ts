import type { DelayNews } from '../../../domain/announcements/incidents.ts';
import type { NamedNews, NewsSubject, RowNews, SubjectNews } from '../../../domain/sync/master-data-news.ts';
import type { Moment } from '../../../domain/master-data.ts';
import { slashCommand } from '../../ids.ts';
import { context, type Message } from '../blocks.ts';
import { paragraphs, type List, type Paragraph } from '../paragraphs.ts';
import { cut } from '../cut.ts';
import { companyName, counted, dateAndTime, escaped, grouped } from '../words.ts';

/** How a person calls one and several of each. */
const subjectWords: Record<NewsSubject, readonly [string, string]> = {
  'vat-code': ['VAT code', 'VAT codes'],
  'gl-account': ['GL account', 'GL accounts'],
  supplier: ['supplier', 'suppliers'],
  'account-of-supplier': ['bank account of supplier', 'bank accounts of suppliers'],
  'account-of-relation': ['bank account of relation', 'bank accounts of relations'],
  'bank-account': ['own bank account', 'own bank accounts'],
};
const longestLine = 200;

/**
 * A paragraph for each of the first `most` companies, and a line about the others.
 *
 * @example
 * *101 Bakkerij Jansen B.V.*: VAT codes: 1 changed; suppliers: 2 new
 * • VAT code 5 Btw verlegd binnenland: percentage 19 → 21
 */
function newsParagraphs(news: readonly NamedNews[], most: number): Paragraph[] {
  const rest = news.slice(most).map(ofCompany);
  const others = () =>
    `and ${grouped(countNews(news.slice(most)))} more in ${counted(rest.length, 'other company', 'other companies')}`;
  return [
    ...news.slice(0, most).map((one) => ({ ...ofCompany(one), shown: news.length === 1 ? 60 : 15 })),
    ...(rest.length > 0
      ? [{ lines: rest.flatMap(({ heading, lines }) => [heading, ...lines]), shown: 0, rest: others }]
      : []),
  ];
}

function ofCompany({
  company,
  subjects,
}: NamedNews): Required<Pick<List, 'heading' | 'rest'>> & { lines: string[] } {
  const unsaid = subjects.reduce((sum, one) => sum + sumOf(one) - one.first.length, 0);
  return {
    heading: `*${companyName(company)}*: ${subjects.map(countsOf).join('; ')}`,
    lines: [
      ...subjects.flatMap(({ first }) => first.map(newsLine)),
      ...(unsaid > 0 ? [`and ${grouped(unsaid)} more`] : []),
    ],
    rest: (amount) => `and ${grouped(unsaid > 0 ? amount - 1 + unsaid : amount)} more`,
  };
}

/** How many rows of these companies whoever books wants to hear of. */
export function countNews(news: readonly NamedNews[]): number {
  return news.reduce((sum, { subjects }) => sum + subjects.reduce((all, one) => all + sumOf(one), 0), 0);
}

const sumOf = (counts: SubjectNews) => counts.new + counts.closed + counts.changed;

function countsOf(counts: SubjectNews): string {
  const parts = (['new', 'closed', 'changed'] as const).filter((what) => counts[what] > 0);
  const [one, several] = subjectWords[counts.subject];
  const said = parts.map((what) => `${grouped(counts[what])} ${what}`).join(', ');
  return `${sumOf(counts) === 1 ? one : several}: ${said}`;
}

function newsLine({ subject, what, code, name, differences }: RowNews): string {
  const row = `${subjectWords[subject][0]} ${`${code ?? ''} ${name}`.trim()}`;
  const how =
    what === 'changed'
      ? differences
          .map(({ fact, from, to, private: isPrivate }) =>
            isPrivate ? `${fact} changed` : `${fact} ${from ?? 'none'} → ${to ?? 'none'}`,
          )
          .join(', ')
      : what;
  return `• ${escaped(cut(`${row}: ${how}`, longestLine))}`;
}

const companiesInThread = 5;

/** For a thread: the first companies, and how the whole list is had, with a time as the office reads it on its clocks. */
export function shortNews({
  news,
  connectionName,
  sinceInOffice,
}: Pick<DelayNews, 'news' | 'connectionName' | 'sinceInOffice'>): Paragraph[] {
  const asked = `${slashCommand} changes ${connectionName} ${sinceInOffice}`;
  return [...newsParagraphs(news, companiesInThread), `The whole list: \`${escaped(asked)}\``];
}

export function delayNews(facts: DelayNews): Message {
  return paragraphs(
    `*${escaped(facts.connectionName)}* is up to date. What changed meanwhile:`,
    ...shortNews(facts),
  );
}

interface NewsFacts {
  /** The connection, or one company of it. */
  name: string;
  /** What was typed since when, to ask the same of one company; null when it is about one already. */
  askedSince: string | null;
  since: Moment;
  news: readonly NamedNews[];
  /** Rows that came with all of their kind and company. */
  broughtIn: number;
}

const shownCompanies = 20;

/** The answer to `/syncuser changes`. */
export function masterDataNews({ name, askedSince, since, news, broughtIn }: NewsFacts): Message {
  const title = `*${escaped(name)}*: what changed since ${dateAndTime(since)}`;
  const first =
    broughtIn === 0
      ? []
      : [`${counted(broughtIn, 'row was', 'rows were')} brought in for the first time, which is no change.`];
  const [one] = news;
  if (!one)
    return paragraphs(`${title}: no VAT code, GL account, supplier or bank account that matters.`, ...first);
  const message = paragraphs(title, ...newsParagraphs(news, shownCompanies), ...first);
  if (askedSince === null) return message;
  const asked = `${slashCommand} changes ${one.company.code} ${askedSince}`.trim();
  const more = `More of one company: \`${escaped(asked)}\``;
  return { text: `${message.text}\n${more}`, blocks: [...message.blocks, context(more)] };
}
