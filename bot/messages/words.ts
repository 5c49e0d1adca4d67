import type { Moment } from '../../domain/master-data.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Words from outside (names, replies of a package) must not become mentions or links: docs.slack.dev/messaging/formatting-message-text */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** "A, B and C", or "A, B or C". */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words[0] ?? 'nobody';
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** "1 company", "12 companies", "1,234 rows". */
export function counted(amount: number, one: string, many: string): string {
  return `${grouped(amount)} ${amount === 1 ? one : many}`;
}

export function grouped(amount: number): string {
  return amount.toLocaleString('en-GB');
}

/** "4 minutes", "2 hours", "3 days": the largest unit, rounded down, as people say it. */
export function lasting(ms: number): string {
  if (ms < minute) return 'less than a minute';
  if (ms < hour) return counted(Math.floor(ms / minute), 'minute', 'minutes');
  if (ms < day) return counted(Math.floor(ms / hour), 'hour', 'hours');
  return counted(Math.floor(ms / day), 'day', 'days');
}

export function ago(moment: Moment, now: Date): string {
  return `${lasting(now.getTime() - Date.parse(moment))} ago`;
}

/** "in 3 minutes", "in less than a minute", and "now" when it is due. */
export function ahead(moment: Moment, now: Date): string {
  const wait = Date.parse(moment) - now.getTime();
  return wait <= 0 ? 'now' : `in ${lasting(wait)}`;
}

/** A moment that Slack shows in the reader's own time zone; the part behind the bar is for whoever cannot. */
export function dateAndTime(moment: Moment): string {
  return slackDate(
    moment,
    '{date_short_pretty} at {time}',
    `${moment.slice(0, 10)} ${moment.slice(11, 16)} UTC`,
  );
}

export function timeOfDay(moment: Moment): string {
  return slackDate(moment, '{time}', `${moment.slice(11, 16)} UTC`);
}

function slackDate(moment: Moment, format: string, fallback: string): string {
  return `<!date^${Math.floor(Date.parse(moment) / 1000)}^${format}|${fallback}>`;
}

const shownCompanies = 10;

/** Up to ten companies, one a line, then "and N more". */
export function companyLines(companies: readonly { code: string; name: string }[]): string {
  const lines = companies.slice(0, shownCompanies).map((company) => `• ${companyName(company)}`);
  const rest = companies.length - shownCompanies;
  return [...lines, ...(rest > 0 ? [`and ${grouped(rest)} more`] : [])].join('\n');
}

/** "1001 Bakkerij De Korenaar"; a code that only repeats the name is left out. */
export function companyName(company: { code: string; name: string }): string {
  const name = company.code === company.name ? company.name : `${company.code} ${company.name}`;
  return escaped(name.length > 100 ? `${name.slice(0, 99)}…` : name);
}

/** "Exact Online", or with its system when it has a name of its own. */
export function connectionTitle(names: { name: string; systemName: string }): string {
  return escaped(names.name === names.systemName ? names.name : `${names.name} (${names.systemName})`);
}
