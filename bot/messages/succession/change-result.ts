import type { ChangeResult } from '../../../domain/announcements/succession.ts';
import { quoted } from '../../../words/connections/history.ts';
import { actionIds, slashCommand } from '../../ids.ts';
import { button, buttons, type Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { rightLines } from '../verification/right-lines.ts';
import { counted, dateAndTime, escaped, listed } from '../words.ts';

/** What came of a change of synchronisation user. */
export function changeResult(facts: ChangeResult): Message {
  const { result } = facts;
  const name = escaped(facts.connectionName);
  const [from, to] = [escaped(facts.from), escaped(facts.to)];
  const login = facts.login === null ? `The login of ${to}` : escaped(facts.login);
  const isNow =
    from === to
      ? `*${name}*: ${to} stays the synchronisation user, now with ${login}.`
      : `*${name}*: ${to}${facts.login === null ? '' : ` (${login})`} is the synchronisation user now, in place of ${from}.`;
  const stays = `${from} stays the synchronisation user of ${name}.`;
  switch (result.kind) {
    case 'decided':
      return paragraphs(`${isNow} The office channel says so, and it can be undone there for a day.`);
    case 'changed': {
      const message = paragraphs(
        `${isNow} ${reachWords(result)}`,
        ...(result.undoUntil === null
          ? []
          : [
              `A superuser can undo this until ${dateAndTime(result.undoUntil)}; the former login is kept until then.`,
            ]),
      );
      if (result.undoUntil === null) return message;
      const undo = button(actionIds.undoChange, 'Undo', { value: facts.connectionId });
      return { ...message, blocks: [...message.blocks, buttons(undo)] };
    }
    case 'undone':
      return paragraphs(
        `*${name}*: ${escaped(result.by)} undid the change. ${to} (${login}) is the synchronisation user again, in place of ${from}, and the synchronisation goes on where it was.`,
      );
    case 'settled':
      return paragraphs(`${isNow} The change cannot be undone.`, formerWords(facts, result));
    case 'needs-second':
      return paragraphs(
        `*${name}*: the synchronisation user was not changed to ${to}. With ${login} this would be lost:`,
        rightLines(result.lost),
        `A second superuser would have to agree to that, and your office has only ${escaped(listed(result.superusers))}. ${stays} Ask an administrator of ${facts.systemName} to give ${login} these rights, or make somebody else a superuser as well; then type \`/syncuser change\` again.`,
      );
    case 'not-by-itself':
      return paragraphs(
        `:warning: *${name}*: the planned handover to ${to} did not happen, because ${
          result.lost.length > 0
            ? `with ${login} not everything can be read that can be read now.`
            : `Syncuser could not see whether ${login} may read everything that is read now.`
        }`,
        ...(result.lost.length > 0 ? [rightLines(result.lost)] : []),
        result.lost.length === 0
          ? `${stays} A superuser types \`/syncuser change\`, which looks again and shows what is not known.`
          : `${stays} Ask an administrator of ${facts.systemName} to give ${login} these rights. Then a superuser types \`/syncuser change\`.`,
      );
    case 'not-linked':
      return paragraphs(
        `:warning: *${name}*: the planned handover did not happen, because ${to} has no login at ${facts.systemName} that works.`,
        `${stays} A superuser types \`/syncuser change\`; ${to} is then asked to log in.`,
      );
    case 'lapsed':
      return paragraphs(
        `*${name}*: the change to ${to} was not finished in time, so nothing was changed. ${stays} Type \`/syncuser change\` to ask again.`,
      );
    case 'lost':
      return paragraphs(
        `*${name}*: the change to ${to} ended without a result, so nothing was changed. ${stays} Type \`/syncuser change\` to ask again.`,
      );
    case 'cancelled':
      return paragraphs(
        result.by === facts.to
          ? `*${name}*: ${to} declined to take over. ${stays}`
          : `*${name}*: ${escaped(result.by)} refused or cancelled the change to ${to}. ${stays}`,
      );
  }
}

function reachWords({
  companies,
  reached,
  despiteLoss,
  uncertain,
}: Extract<ChangeResult['result'], { kind: 'changed' }>) {
  const unknown = uncertain
    ? ` Nobody could tell whether all that was read before can still be read: \`${slashCommand} verify\` looks again and lists it.`
    : '';
  if (despiteLoss === null)
    return `${counted(companies, 'company', 'companies')}, and the synchronisation goes on where it was.${unknown}`;
  const { confirmedBy, agreedBy, reason } = despiteLoss;
  const who = `${escaped(confirmedBy)} decided so and ${escaped(agreedBy)} agreed: ${escaped(quoted(reason))}`;
  return `It reaches ${reached} of ${counted(companies, 'company', 'companies')}, and the rest is as it was. Something that could be read before cannot be read now: \`${slashCommand} verify\` lists it.${unknown} ${who}`;
}

function formerWords(
  { systemName, from }: ChangeResult,
  { fate, formerLogin, works, standIn, whereToRevoke }: Extract<ChangeResult['result'], { kind: 'settled' }>,
): string {
  if (fate === 'stand-in')
    return works
      ? `${escaped(from)} stands in from now on with ${escaped(formerLogin)}, which Syncuser keeps and looks after.`
      : `${escaped(from)} stands in from now on. The login ${escaped(formerLogin)} does not work: ${escaped(from)} is asked to log in again.`;
  if (fate === 'kept')
    return `${escaped(from)} keeps the login ${escaped(formerLogin)} as a personal one: ${standIn === null ? `${escaped(from)} logged in with it again meanwhile` : `${escaped(standIn)} was chosen to stand in`}.`;
  return `Syncuser let go of ${escaped(formerLogin)}.${
    whereToRevoke === null
      ? ''
      : ` The consent itself can only be withdrawn in ${systemName}, by ${escaped(formerLogin)}: ${whereToRevoke}.`
  }`;
}
