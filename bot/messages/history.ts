import type { Moment } from '../../domain/master-data.ts';
import { context, paragraphs, type Message } from './blocks.ts';
import { connectionTitle, dateAndTime, escaped } from './words.ts';

export interface HistoryFacts {
  connectionName: string;
  systemName: string;
  /** Newest first. */
  entries: readonly { at: Moment; sentence: string }[];
  /** There are older ones. */
  more: boolean;
  /** Where all of it can be had, for programs. */
  path: string;
}

/** What happened to a connection, newest first. */
export function history(facts: HistoryFacts): Message {
  const name = connectionTitle({ name: facts.connectionName, systemName: facts.systemName });
  if (facts.entries.length === 0) return paragraphs(`*${name}*: nothing has happened yet.`);
  const lines = facts.entries.map(({ at, sentence }) => `• ${dateAndTime(at)}: ${escaped(sentence)}`);
  const message = paragraphs(`*${name}*: what happened, newest first`, ...inSections(lines));
  const whole = `${facts.more ? 'There is more. ' : ''}All of it, for the file of the office: \`${facts.path}\` (JSON, or \`?format=csv\`) of the HTTP API.`;
  return { text: `${message.text}\n${whole}`, blocks: [...message.blocks, context(whole)] };
}

/** As many lines to a section as its limit surely holds. */
export function inSections(lines: readonly string[]): string[] {
  const perSection = 5;
  return Array.from({ length: Math.ceil(lines.length / perSection) }, (_, index) =>
    lines.slice(index * perSection, (index + 1) * perSection).join('\n'),
  );
}
