import type { DeletionNotice } from '../../domain/announcements/syncing.ts';
import { kindNames } from '../../domain/master-data.ts';
import { actionIds, deletionValue } from '../ids.ts';
import { button, buttons, section, type Message } from './blocks.ts';
import { companyName, connectionTitle, escaped, grouped } from './words.ts';

/** Too many rows seem to be gone: a superuser says whether they were deleted. Afterwards it tells how it ended. */
export function deletionQuestion(facts: DeletionNotice): Message {
  return facts.settled ? settled(facts, facts.settled) : open(facts);
}

function open(facts: DeletionNotice): Message {
  const { connectionId, question, systemName } = facts;
  const seen =
    facts.source === 'package'
      ? `${escaped(systemName)} reports them as deleted, all at once.`
      : `A complete listing of ${escaped(systemName)} does not show them any more.`;
  const right = facts.mayRead
    ? ''
    : ' The synchronisation user has no right to read them, which is why they may be missing: give the right back, and this settles by itself.';
  const words = [
    `:warning: *${which(facts)} seem to be gone*: ${count(facts)}`,
    `*Why you are asked:* ${seen}${right} Syncuser goes on with the last good copy: until somebody answers they count as being there.`,
    list(facts),
    '*Next step:* look in the accounting system whether they were deleted. A superuser can answer; if they come back, this settles by itself.',
  ];
  const value = deletionValue(connectionId, question);
  return {
    text: words.join('\n'),
    blocks: [
      ...words.map(section),
      buttons(
        button(actionIds.confirmDeletions, 'They were deleted', { style: 'danger', value }),
        button(actionIds.keepRows, 'Keep them', { value }),
      ),
    ],
  };
}

function settled(facts: DeletionNotice, { how, by }: NonNullable<DeletionNotice['settled']>): Message {
  const who = escaped(by ?? 'somebody');
  const end = {
    deleted: `${who} said that they were deleted, and they are deleted here too.`,
    kept: `${who} said to keep them. Nobody is asked about these rows again unless they come back and go once more.`,
    'came-back': 'they are there again. Nothing was deleted, and there is nothing to do.',
    confirmed: 'a later complete listing confirmed that they were deleted. There is nothing to do.',
  }[how];
  const words = `:white_check_mark: *${which(facts)}*, ${count(facts)}, seemed to be gone: ${end}`;
  return { text: words, blocks: [section(words)] };
}

function which({ kind, company, connectionName: name, systemName }: DeletionNotice): string {
  const kinds = kindNames[kind].charAt(0).toUpperCase() + kindNames[kind].slice(1);
  return `${kinds} of ${companyName(company)} in ${connectionTitle({ name, systemName })}`;
}

function count({ rows, live }: DeletionNotice): string {
  return `${grouped(rows)} of ${grouped(live)}`;
}

function list({ list: shown, rows }: DeletionNotice): string {
  const lines = shown.map(({ code, name }) => `• ${escaped(`${code ?? ''} ${name}`.trim().slice(0, 80))}`);
  const rest = rows - shown.length;
  return [...lines, ...(rest > 0 ? [`and ${grouped(rest)} more`] : [])].join('\n');
}
