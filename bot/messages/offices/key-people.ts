import type { LeavingNews, OnlyResponder } from '../../../domain/announcements/succession.ts';
import { actionIds } from '../../ids.ts';
import { button, buttons, type Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { connectionTitle, dateAndTime, escaped, listed } from '../words.ts';

/** Somebody a connection leans on left the office, and what has to be done about it. */
export function leavingNews(facts: LeavingNews): Message {
  const name = connectionTitle({ name: facts.connectionName, systemName: facts.systemName });
  const person = escaped(facts.person);
  const isUser = facts.part === 'synchronisation-user';
  if (facts.over === 'stays')
    return paragraphs(`*${name}*: ${person} is in the office again. There is nothing to do.`);
  if (facts.over === 'replaced')
    return paragraphs(
      `*${name}*: ${person} ${isUser ? 'is no longer the synchronisation user' : 'no longer stands in'}, so leaving the office has taken effect here too.`,
    );
  const value = { value: facts.connectionId };
  const who = escaped(listed(facts.superusers, 'or'));
  if (!isUser)
    return asking(
      [
        `:warning: *${name}*: ${person}, who stands in for ${escaped(facts.synchronisationUser)}, was taken out of the office. Nobody stands in now.`,
        `Next step: ${who} chooses somebody else.`,
      ],
      button(actionIds.standIn, 'Stand-in…', { ...value, style: 'primary' }),
    );
  return asking(
    [
      `:warning: *${name}*: ${person} was taken out of the office, and is its synchronisation user. For this connection that does not take effect until a successor is verified: ${
        facts.works
          ? `it goes on with ${escaped(facts.login)} until then, so that nothing stops.`
          : `it stays with ${escaped(facts.login)} until then, whose login does not work now. Nothing comes in until somebody reconnects it or a successor takes over.`
      }`,
      facts.handover
        ? `${escaped(facts.handover.to)} takes over on ${dateAndTime(facts.handover.at)}, if nothing is lost.`
        : `Next step: ${who} chooses a successor now, or ${facts.works ? 'plans a handover' : 'reconnects it meanwhile'}.`,
    ],
    button(actionIds.change, 'Change synchronisation user…', { ...value, style: 'primary' }),
    ...(facts.handover || !facts.works ? [] : [button(actionIds.handover, 'Plan a handover…', value)]),
  );
}

/** One person alone could mend a connection. */
export function onlyResponder(facts: OnlyResponder): Message {
  const name = connectionTitle({ name: facts.connectionName, systemName: facts.systemName });
  const person = escaped(facts.person);
  if (facts.isOver) return paragraphs(`*${name}*: ${person} is not the only one any more who could mend it.`);
  return asking(
    [
      `:warning: *${name}*: only ${person} could mend this connection. With ${person} ill or away, nobody could.`,
      `Next step: ${person} chooses a stand-in.`,
    ],
    button(actionIds.standIn, 'Stand-in…', { value: facts.connectionId, style: 'primary' }),
  );
}

function asking(texts: string[], ...elements: ReturnType<typeof button>[]): Message {
  const message = paragraphs(...texts);
  return { ...message, blocks: [...message.blocks, buttons(...elements)] };
}
