import type { KnownBlock } from '@slack/types';
import type { BrokenConnection, Disconnections } from '../../domain/announcements/incidents.ts';
import { explainCause, type LinkCause } from '../../domain/causes.ts';
import { actionIds } from '../ids.ts';
import { button, buttons, section, type Message } from './blocks.ts';
import { careLines } from './disconnection.ts';
import { counted, dateAndTime, escaped, lasting, listed } from './words.ts';

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
  const words = [
    `:red_circle: *${counted(open.length, 'connection', 'connections')} with ${escaped(systemName)} ${isOne ? 'is' : 'are'} disconnected* since ${dateAndTime(since)}`,
    isSame
      ? `*Why:* ${cause?.what}${isOne ? '' : '; it is the same for each of them'}.`
      : '*Why:* not the same for all of them; it stands beside each.',
    ...(mended > 0
      ? [
          `:large_green_circle: ${mended} of ${connections.length} ${mended === 1 ? 'is' : 'are'} connected again.`,
        ]
      : []),
    `*What it means:* no document of ${companies === 1 ? 'the company' : `${counted(companies, 'company', 'companies')}`} behind them can be booked until they are connected again.`,
    `*Next step:* ${causes.map(({ mend }) => mend).join('\n')}\n${mayReconnect ? `This can be done by ${escaped(listed(mayReconnect, 'or'))}.` : 'You are asked because you are among those who can.'}`,
    ...careLines({ onIt: onAllOfThem(open), snoozed: facts.snoozed }),
  ];
  const rest = open.length - shown;
  const more =
    rest > 0
      ? [
          `and ${counted(rest, 'more', 'more')}, which move up here. To mend one now: \`/syncuser reconnect\` and its name.`,
        ]
      : [];
  const value = { value: first?.connectionId ?? '' };
  const care = buttons(
    button(actionIds.takeUpAll, 'I’m on it', value),
    button(actionIds.snoozeAll, 'Snooze…', value),
    button(actionIds.why, 'Why?', value),
  );
  const lines = open.slice(0, shown);
  const lineOf = (one: BrokenConnection) => line(one, isSame ? null : systemName);
  const row = (one: BrokenConnection): KnownBlock => {
    const more = { value: one.connectionId, style: 'primary' } as const;
    return { ...section(lineOf(one)), accessory: button(actionIds.reconnect, 'Reconnect', more) };
  };
  return {
    text: [...words, ...lines.map(lineOf), ...more].join('\n'),
    blocks: [...words.map(section), ...lines.map(row), ...more.map(section), care],
  };
}

/** Who takes care of all of them, if it is the same person; otherwise it stands beside each. */
function onAllOfThem(open: readonly BrokenConnection[]): string | null {
  const onIt = open[0]?.onIt ?? null;
  return open.every((one) => one.onIt === onIt) ? onIt : null;
}

/** With the cause where it is not the same for all of them. */
function line({ name, login, cause, onIt }: BrokenConnection, systemName: string | null): string {
  const who = login === name ? '' : ` as ${escaped(login)}`;
  const why = systemName === null ? '' : `: ${explained(cause, systemName).what}`;
  return `• *${escaped(name)}*${who}${why}${onIt ? ` – ${escaped(onIt)} is on it` : ''}`;
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
  const words = [
    `:large_green_circle: *All ${counted(connections.length, 'connection', 'connections')} with ${escaped(systemName)}* are connected again after ${lasting(Date.parse(last) - Date.parse(since))}.`,
    `They were disconnected since ${dateAndTime(since)}${why}.${who}`,
  ];
  return { text: words.join('\n'), blocks: words.map(section) };
}
