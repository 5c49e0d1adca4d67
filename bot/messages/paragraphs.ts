import type { KnownBlock } from '@slack/types';
import { actionIds } from '../ids.ts';
import { button, buttons, limits, packed, section, type Message } from './blocks.ts';
import { cut } from './cut.ts';
import { wholeList } from './whole-list.ts';
import { grouped, oneStop } from './words.ts';

/** One line of a list; `whole`: all of it, where the line itself leaves something out. */
export type ListLine = string | { short: string; whole: readonly string[] };

/** A list in a message: so much of it is shown as there is room for, the rest is counted, and all of it can be had. */
export interface List {
  /** What leads to it, in the same paragraph. */
  heading?: string;
  lines: readonly ListLine[];
  /** How many at most are shown at once. @default 15 */
  shown?: number;
  /** Every line is a section of its own, drawn by this where it is more than words. */
  row?: (line: string, index: number) => KnownBlock;
  /** What stands for the lines that are not shown. @default "and 12 more" */
  rest?: (amount: number) => string;
}

export type Paragraph = string | List;

const usuallyShown = 15;

/**
 * A message of sentences and lists: every paragraph is a section, or several of whole lines where it is long. What does not
 * fit into a message of Slack is taken from the longest list first and counted; then "Show all" offers everything.
 */
export function paragraphs(...all: readonly Paragraph[]): Message {
  const parts = all.map(toPart);
  while (isTooMuch(parts)) {
    const longest = parts.filter(({ shown }) => shown > 0).sort(byLength)[0];
    if (!longest) break;
    longest.shown -= 1;
  }
  const isWhole = parts.every((part) => part.shown === part.lines.length && saysAll(part));
  const blocks = parts.flatMap(blocksOf);
  const text = summary(parts.flatMap(shownLines));
  if (isWhole) return { text, blocks };
  const whole = wholeList(parts.flatMap(wholeLines));
  const showAll = buttons(button(actionIds.showAll, 'Show all', { value: whole.id }));
  return { text, blocks: [...blocks, showAll], whole };
}

type Part = Required<Omit<List, 'heading' | 'row'>> &
  Pick<List, 'row'> & { heading: string[]; isList: boolean };

function toPart(paragraph: Paragraph): Part {
  const { heading, lines, shown, row, rest } =
    typeof paragraph === 'string'
      ? { lines: [paragraph], shown: 1, heading: undefined, row: undefined, rest: undefined }
      : paragraph;
  return {
    heading: heading === undefined ? [] : [heading],
    lines,
    shown: Math.min(shown ?? usuallyShown, lines.length),
    ...(row ? { row } : {}),
    rest: rest ?? ((amount) => `and ${grouped(amount)} more`),
    isList: typeof paragraph !== 'string',
  };
}

const short = (line: ListLine) => (typeof line === 'string' ? line : line.short);
const fits = ({ length }: string) => length <= limits.section;
const saysAll = ({ row, lines }: Part) =>
  lines.every((line) => typeof line === 'string' && (row ? fits(line) : line.split('\n').every(fits)));

function shownLines(part: Part): string[] {
  const left = part.lines.length - part.shown;
  return [
    ...part.heading,
    ...part.lines.slice(0, part.shown).map(short),
    ...(left > 0 ? [part.rest(left)] : []),
  ];
}

function wholeLines({ heading, lines }: Part): string[] {
  return [...heading, ...lines.flatMap((line) => (typeof line === 'string' ? [line] : line.whole))].flatMap(
    (line) => line.split('\n'),
  );
}

function blocksOf(part: Part): KnownBlock[] {
  const { row } = part;
  if (!row) return packed(shownLines(part)).map(section);
  const lines = shownLines({ ...part, heading: [] });
  return [
    ...part.heading.map(section),
    ...lines.map((line, index) => (index < part.shown ? row(line, index) : section(line))),
  ];
}

/** Room is left for the buttons below, and for "Show all". */
const blocksForButtons = 3;

function isTooMuch(parts: readonly Part[]): boolean {
  const together = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  if (together > limits.sectionsTogether) return true;
  const blocks = parts.reduce((sum, part) => sum + blocksOf(part).length, 0);
  return blocks > limits.blocksInMessage - blocksForButtons;
}

const lengthOf = (part: Part) => shownLines(part).reduce((sum, line) => sum + line.length + 1, 0);

/** Lists give way before sentences do. */
const byLength = (a: Part, b: Part) => Number(b.isList) - Number(a.isList) || lengthOf(b) - lengthOf(a);

/** The first lines, as far as they are short together. */
function summary(lines: readonly string[]): string {
  const all = oneStop(lines.join('\n')).split('\n');
  let length = 0;
  const first = all.filter((line) => (length += line.length + 1) <= limits.text);
  if (first.length === all.length) return first.join('\n');
  return first.length > 0 ? `${first.join('\n')}\n…` : cut(all[0] ?? '', limits.text);
}
