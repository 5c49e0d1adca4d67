import type { KnownBlock } from '@slack/types';
import type { BrokenConnection, Disconnections } from '../../../domain/announcements/incidents.ts';
import type { LinkCause } from '../../../domain/causes.ts';
import { explainCause } from '../../../words/causes.ts';
import { isMendedByLogin } from '../../../domain/incidents/incident-rules.ts';
import { actionIds } from '../../ids.ts';
import { button, buttons, section, type Message } from '../blocks.ts';
import { paragraphs, type Paragraph } from '../paragraphs.ts';
import { careLines } from './disconnection.ts';
import { counted, dateAndTime, escaped, everyName, lasting, listed } from '../words.ts';

/** Room for the names of the others, in characters: what stands in a notification is short. */
const roomForRest = 250;
/** How many have a line and a button of their own; a message of Slack has room for fifty blocks. */
const shown = 15;

/** Connections that broke together, in one message: each with its own button, until all of them are mended. */
export function disconnections(facts: Disconnections): Message {
  const open = facts.connections.filter(({ ended }) => ended === null);
  return open.length === 0 ? allEnded(facts) : stillOpen(facts, open);
}

function stillOpen(facts: Disconnections, open: readonly BrokenConnection[]): Message {
  const { systemName, since, companies, connections, mayReconnect } = facts;
  const causes = causesOf(open, systemName);
  const [cause] = causes;
  const isSame = causes.length === 1;
  const mended = connections.length - open.length;
  const [first] = open;
  const isOne = open.length === 1;
  const words: Paragraph[] = [
    `:red_circle: *${whichOf(open, systemName)} ${isOne ? 'is' : 'are'} disconnected* since ${dateAndTime(since)}`,
    isSame
      ? `*Why:* ${cause?.what}${isOne ? '' : '; it is the same for each of them'}.`
      : '*Why:* not the same for all of them; it stands beside each.',
    ...(mended > 0
      ? [
          `:large_green_circle: ${mended} of ${connections.length} ${mended === 1 ? 'is' : 'are'} connected again.`,
        ]
      : []),
    `*What it means:* no document of ${companies === 1 ? 'the company' : `${counted(companies, 'company', 'companies')}`} behind ${isOne ? 'it can be booked until it is' : 'them can be booked until they are'} connected again.`,
    `*Next step:* ${causes.map(({ mend }) => mend).join('\n')}${!open.some((one) => isMendedByLogin(one.cause)) ? '' : mayReconnect ? `\nThis can be done by ${escaped(listed(mayReconnect, 'or'))}.` : '\nYou are asked because you are among those who can.'}`,
    ...careLines({ onIt: onAllOfThem(open), snoozed: facts.snoozed }),
  ];
  const value = { value: first?.connectionId ?? '' };
  const care = buttons(
    button(actionIds.takeUpAll, 'I’m on it', value),
    button(actionIds.snoozeAll, 'Snooze…', value),
    button(actionIds.why, 'Why?', value),
  );
  const row = (line: string, index: number): KnownBlock => {
    const more = { value: open[index]?.connectionId ?? '', style: 'primary' } as const;
    return open[index] && isMendedByLogin(open[index].cause)
      ? { ...section(line), accessory: button(actionIds.reconnect, 'Reconnect', more) }
      : section(line);
  };
  const message = paragraphs(...words, {
    lines: open.map((one) => line(one, isSame ? null : systemName)),
    shown,
    row,
    rest: (amount) =>
      `and ${counted(amount, 'more', 'more')}: ${everyName(namesOf(open.slice(-amount)), roomForRest)}. They move up here. To mend one now: \`/syncuser reconnect\` and its name.`,
  });
  return { ...message, blocks: [...message.blocks, care] };
}

const namesOf = (connections: readonly BrokenConnection[]) => connections.map(({ name }) => escaped(name));

/** One by its name, as a person would; several by how many they are. */
function whichOf(connections: readonly BrokenConnection[], systemName: string): string {
  const [first, ...others] = connections;
  if (first && others.length === 0) return escaped(first.name);
  return `${counted(connections.length, 'connection', 'connections')} with ${escaped(systemName)}`;
}

/** Who takes care of all of them, if it is the same person; otherwise it stands beside each. */
function onAllOfThem(open: readonly BrokenConnection[]): string | null {
  const onIt = open[0]?.onIt ?? null;
  return open.every((one) => one.onIt === onIt) ? onIt : null;
}

/** With the cause where it is not the same for all of them. */
function line({ name, login, cause, onIt, again }: BrokenConnection, systemName: string | null): string {
  const who = login === name ? '' : ` as ${escaped(login)}`;
  const why = systemName === null ? '' : `: ${explained(cause, systemName).what}`;
  return `• *${escaped(name)}*${who}${why}${again ? `, time ${again.timesToday} today` : ''}${onIt ? ` – ${escaped(onIt)} is on it` : ''}`;
}

/** Each cause once, in words. */
function causesOf(connections: readonly BrokenConnection[], systemName: string) {
  return [...new Set(connections.map(({ cause }) => cause))].map((cause) => explained(cause, systemName));
}

function explained(cause: LinkCause, systemName: string) {
  return explainCause(cause, { system: escaped(systemName), login: 'the login' });
}

function allEnded({ systemName, since, connections }: Disconnections): Message {
  const last =
    connections
      .map(({ ended }) => ended?.at ?? since)
      .sort()
      .at(-1) ?? since;
  const by = [...new Set(connections.flatMap(({ ended }) => ended?.by ?? []))];
  const [cause, ...others] = causesOf(connections, systemName);
  const why = cause && others.length === 0 ? `, because ${cause.what}` : '';
  const who = by.length > 0 ? ` Mended by ${escaped(listed(by))}.` : '';
  const isOne = connections.length === 1;
  return paragraphs(
    `:large_green_circle: *${isOne ? '' : 'All '}${whichOf(connections, systemName)}* ${isOne ? 'is' : 'are'} connected again after ${lasting(Date.parse(last) - Date.parse(since))}.`,
    `${isOne ? 'It was' : 'They were'} disconnected since ${dateAndTime(since)}${why}.${who}`,
  );
}
