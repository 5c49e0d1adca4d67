import type { DeletionNotice } from '../../../domain/announcements/syncing.ts';
import { kindNames } from '../../../words/kinds.ts';
import { capital } from '../../../words/sentence.ts';
import { actionIds, deletionValue } from '../../ids.ts';
import { button, withButtons, type Message } from '../blocks.ts';
import { cut } from '../cut.ts';
import { paragraphs, type List } from '../paragraphs.ts';
import { companyName, connectionTitle, escaped, grouped } from '../words.ts';

/** Too many rows seem to be gone: a superuser says whether they were deleted. Afterwards it tells how it ended. */
export function deletionQuestion(facts: DeletionNotice): Message {
  return facts.settled ? settled(facts, facts.settled) : open(facts);
}

function open(facts: DeletionNotice): Message {
  const { connectionId, question, systemName } = facts;
  const seen = {
    package: `${escaped(systemName)} reports them as deleted, all at once.`,
    listing: `A complete listing of ${escaped(systemName)} does not show them any more.`,
    kind: `${escaped(systemName)} has no ${kindNames[facts.kind]} any more, as if that module had been removed.`,
  }[facts.source];
  const right = facts.mayRead
    ? ''
    : ' The synchronisation user has no right to read them, which is why they may be missing: give the right back, and this settles by itself.';
  const message = paragraphs(
    `:warning: *${which(facts)} seem to be gone*: ${count(facts)}`,
    `*Why you are asked:* ${seen}${right}${elsewhere(facts)} Syncuser goes on with the last good copy: until somebody answers they count as being there.`,
    list(facts),
    '*Next step:* look in the accounting system whether they were deleted. A superuser can answer; if they come back, this settles by itself.',
  );
  const value = deletionValue(connectionId, question);
  return withButtons(
    message,
    button(actionIds.confirmDeletions, 'They were deleted', { style: 'danger', value }),
    button(actionIds.keepRows, 'Keep them', { value }),
  );
}

/** The same codes under other ids: an import, or a company that was restored. */
function elsewhere({ sameCodes, rows }: DeletionNotice): string {
  if (sameCodes === 0) return '';
  const some = sameCodes === rows ? 'All of them are' : `${grouped(sameCodes)} of them are`;
  return ` ${some} there under another id, with the same code, as after an import: what is booked on such a code goes to the new one.`;
}

function settled(facts: DeletionNotice, { how, by }: NonNullable<DeletionNotice['settled']>): Message {
  const who = escaped(by ?? 'somebody');
  const end = {
    deleted: `${who} said that they were deleted, and they are deleted here too.`,
    kept: `${who} said to keep them. Nobody is asked about these rows again unless they come back and go once more.`,
    'came-back': 'they are there again. Nothing was deleted, and there is nothing to do.',
    confirmed: 'a later complete listing confirmed that they were deleted. There is nothing to do.',
  }[how];
  return paragraphs(`:white_check_mark: *${which(facts)}*, ${count(facts)}, seemed to be gone: ${end}`);
}

function which({ kind, company, connectionName: name, systemName }: DeletionNotice): string {
  const kinds = capital(kindNames[kind]);
  return `${kinds} of ${companyName(company)} in ${connectionTitle({ name, systemName })}`;
}

function count({ rows, live }: DeletionNotice): string {
  return `${grouped(rows)} of ${grouped(live)}`;
}

/** All that is known of them; what is not listed is counted. */
function list({ list: known, rows }: DeletionNotice): List {
  const lines = known.map(({ code, name }) => `• ${escaped(cut(`${code ?? ''} ${name}`.trim(), 80))}`);
  const unlisted = rows - known.length;
  const all = [...lines, ...(unlisted > 0 ? [`and ${grouped(unlisted)} more`] : [])];
  return { lines: all, shown: 20, rest: (amount) => `and ${grouped(rows - all.length + amount)} more` };
}
