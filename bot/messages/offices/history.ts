import type { Moment } from '../../../domain/master-data.ts';
import { slashCommand } from '../../ids.ts';
import { context, type Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { connectionTitle, dateAndTime, escaped } from '../words.ts';

export interface HistoryFacts {
  connectionName: string;
  systemName: string;
  /** Newest first. */
  entries: readonly { at: Moment; sentence: string }[];
  page: number;
  /** There are older ones. */
  more: boolean;
}

/** What happened to a connection, newest first. */
export function history(facts: HistoryFacts): Message {
  const name = connectionTitle({ name: facts.connectionName, systemName: facts.systemName });
  if (facts.entries.length === 0)
    return paragraphs(
      `*${name}*: nothing ${facts.page > 1 ? 'more' : 'has'} happened${facts.page > 1 ? '' : ' yet'}.`,
    );
  const lines = facts.entries.map(({ at, sentence }) => `• ${dateAndTime(at)}: ${escaped(sentence)}`);
  const message = paragraphs(`*${name}*: what happened, newest first`, { lines, shown: lines.length });
  if (!facts.more) return message;
  const asked = `${slashCommand} history ${facts.connectionName} page ${facts.page + 1}`;
  const older = `Older: \`${escaped(asked)}\``;
  return { text: `${message.text}\n${older}`, blocks: [...message.blocks, context(older)] };
}
