import { mayManageConnections, mayUseConnections, type OfficeUser } from '../../../domain/offices/office.ts';
import { slashCommand } from '../../ids.ts';
import { subcommands, type Subcommand } from '../../subcommands.ts';
import type { Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { escaped } from '../words.ts';

/** What this person can type. */
export function help(user: OfficeUser): Message {
  return paragraphs(
    {
      heading: '*What you can type*',
      lines: subcommands.filter((one) => mayType(user, one)).map(line),
      shown: subcommands.length,
    },
    `\`${slashCommand}\` alone shows all connections; \`${slashCommand} 101\` says whether documents of company 101 can be booked.\nWhere a code is used in more than one connection, type the connection before it: \`${slashCommand} sync Exact Online 101\`.`,
  );
}

/** A word that was not understood: the nearest one, and where all of them stand. */
export function notUnderstood({ word, nearest }: { word: string; nearest: Subcommand | null }): Message {
  const unknown = `Syncuser does not know “${escaped(word)}”.`;
  return paragraphs(
    nearest
      ? `${unknown} Did you mean \`${slashCommand} ${nearest}\`? \`${slashCommand} help\` shows all you can type.`
      : `${unknown} \`${slashCommand} help\` shows what you can type.`,
  );
}

/** A few words to whoever only speaks to the bot: where to begin. */
export function whatMatters(user: OfficeUser): string {
  const names: Subcommand[] = mayManageConnections(user)
    ? ['status', 'reconnect', 'setup', 'help']
    : ['status', 'reconnect', 'help'];
  return subcommands
    .filter(({ name }) => names.includes(name))
    .map(line)
    .join('\n');
}

function mayType(user: OfficeUser, { who }: (typeof subcommands)[number]): boolean {
  switch (who) {
    case 'superusers':
      return mayManageConnections(user);
    case 'users':
      return mayUseConnections(user);
    case 'everybody':
      return true;
  }
}

function line({ name, argument, what }: (typeof subcommands)[number]): string {
  return `• \`${slashCommand} ${name}${argument ? ` ${argument}` : ''}\` – ${what}`;
}
