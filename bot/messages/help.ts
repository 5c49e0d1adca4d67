import { slashCommand } from '../ids.ts';
import { subcommands, type Subcommand } from '../subcommands.ts';
import { paragraphs, type Message } from './blocks.ts';
import { escaped } from './words.ts';

/** What can be typed; when the word was not understood, it says so and offers the nearest one. */
export function help(misunderstood?: { word: string; nearest: Subcommand | null }): Message {
  return paragraphs(
    ...(misunderstood ? [apology(misunderstood)] : []),
    `*What you can type*\n${subcommandLines()}`,
    `\`${slashCommand}\` alone shows all connections.`,
  );
}

export function subcommandLines(): string {
  return subcommands
    .map(
      ({ name, argument, what }) =>
        `• \`${slashCommand} ${name}${argument ? ` ${argument}` : ''}\` – ${what}`,
    )
    .join('\n');
}

function apology({ word, nearest }: { word: string; nearest: Subcommand | null }): string {
  const unknown = `Syncuser does not know “${escaped(word)}”.`;
  return nearest ? `${unknown} Did you mean \`${slashCommand} ${nearest}\`?` : unknown;
}
