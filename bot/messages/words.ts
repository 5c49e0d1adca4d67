import type { Moment } from '../../domain/master-data.ts';
import { cut } from './cut.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Slack knows no escape for these marks, so signs that look like them are drawn; domain/typed.ts reads them back. */
const lookalikes: Record<string, string> = { '*': '\u2217', _: '\u02CD', '~': '\u223C', '`': '\u02CB' };

/**
 * Words from outside (names, replies of a package, what people wrote) as they may stand in a message: they cannot format,
 * mention, link, quote, become an emoji or break a list (docs.slack.dev/messaging/formatting-message-text). A mark between
 * two letters or digits formats nothing and stays, so that `CX_Basecone` can be copied; a backtick never does.
 */
export function escaped(text: string): string {
  return entities(
    text
      .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      .replace(/[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\p{Cs}]/gu, '')
      .replace(/`|(?<![\p{L}\p{N}])[*_~]|[*_~](?![\p{L}\p{N}])/gu, (mark) => lookalikes[mark] ?? mark)
      .replace(/:(?!\d+:)(?=[\p{L}\p{M}\p{N}_+'-]{1,100}:)/gu, '\u2236')
      .replace(/^\s*>/u, '\u203A'),
  );
}

function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A sentence of ours about words from outside, escaped but for the commands in it that can be typed. */
export function sentenceOf(text: string): string {
  return text
    .split(/(`\/syncuser[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? `\`${entities(part.slice(1, -1))}\`` : spaced(part)))
    .join('');
}

/** {@link escaped}, with the spaces around a command left where they are. */
const spaced = (text: string) => text.replace(/\S.*\S|\S/s, escaped);

/** A sentence that ends with a name which ends with a full stop has one of them: "… of Bakkerij Jansen B.V." */
export function oneStop(text: string): string {
  return text.replace(/(?<=[\p{L}\p{N}])\.\.(?!\.)/gu, '.');
}

/** Of more than that nobody reads every name in a sentence. */
const mostListed = 10;

/** "A, B and C", or "A, B or C"; of many the first ones and how many others there are. */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length > mostListed)
    return `${words.slice(0, mostListed - 1).join(', ')} ${last} ${grouped(words.length - mostListed + 1)} others`;
  if (words.length < 2) return words[0] ?? 'nobody';
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** Room for names, in characters, in a sentence that stands as a whole in a notification too. */
const roomForNames = 1_200;

/**
 * {@link listed}, but with every name: an alarm that leaves one out is none for that one. What does not fit into `room`
 * (characters) is counted.
 */
export function everyName(names: readonly string[], room = roomForNames): string {
  let length = 0;
  const fitting = names.filter((name) => (length += name.length + 2) <= room);
  const rest = names.length - fitting.length;
  const words = rest > 0 ? [...fitting, counted(rest, 'other', 'others')] : names;
  return words.length < 2 ? (words[0] ?? 'nobody') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
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

/** At most so long: "2 minutes", "3 hours", rounded up where {@link lasting} rounds down. */
export function within(ms: number): string {
  const unit = ms < hour ? minute : ms < day ? hour : day;
  return lasting(Math.max(1, Math.ceil(ms / unit)) * unit);
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

/** "1001 Bakkerij De Korenaar"; a code that only repeats the name is left out. */
export function companyName(company: { code: string; name: string }): string {
  const name = company.code === company.name ? company.name : `${company.code} ${company.name}`;
  return escaped(cut(name, 100));
}

/** "Exact Online", or with its system when it has a name of its own. */
export function connectionTitle(names: { name: string; systemName: string }): string {
  return escaped(names.name === names.systemName ? names.name : `${names.name} (${names.systemName})`);
}
