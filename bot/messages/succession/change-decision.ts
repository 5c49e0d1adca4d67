import type { ChangeDecision, ChangeQuestionSettled } from '../../../domain/announcements/succession.ts';
import { actionIds, changeValue } from '../../ids.ts';
import { button, withButtons, type Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { rightLines } from '../verification/right-lines.ts';
import { connectionTitle, escaped } from '../words.ts';

/** What a change of synchronisation user gains and loses, with the buttons of whoever decides. */
export function changeDecision(facts: ChangeDecision): Message {
  const { stage, connectionId, change, lost, gained, uncertain } = facts;
  const name = connectionTitle({ name: facts.connectionName, systemName: facts.systemName });
  const [to, login, from] = [escaped(facts.to), escaped(facts.login), escaped(facts.from)];
  const loses = lost.length > 0;
  const stays = `Until it is decided, ${from} stays the synchronisation user.`;
  const comparison = [
    ...(loses ? [rightLines(lost, `*Would be lost:* could be read so far, and ${login} may not`)] : []),
    ...(uncertain.length > 0
      ? [rightLines(uncertain, `*Not known:* can be read so far, and nobody could tell whether ${login} may`)]
      : []),
    gained.length > 0 ? rightLines(gained, '*Would be gained:*') : '*Would be gained:* nothing.',
  ];
  const value = changeValue({ connectionId, change, loses });
  switch (stage.kind) {
    case 'undecided':
      return withButtons(
        paragraphs(
          `*${name}*: ${to} (${login}) is ready to take over from ${from}, ${loses ? 'but something would be lost' : 'but not everything is known'}.`,
          ...comparison,
          loses
            ? `If you want it all the same, Switch asks you why, and then another superuser has to agree. ${stays}`
            : `Switch does it all the same; Cancel leaves everything as it is. ${stays}`,
        ),
        button(actionIds.confirmChange, loses ? 'Switch…' : 'Switch', { value }),
        button(actionIds.cancelInvitation, 'Cancel', { value: connectionId }),
      );
    case 'waits-for-second':
      return withButtons(
        paragraphs(
          `*${name}*: the change to ${to} (${login}) waits until another superuser agrees. ${stays}`,
          ...comparison,
        ),
        button(actionIds.cancelInvitation, 'Cancel', { value: connectionId }),
      );
    case 'asks-second':
      return withButtons(
        paragraphs(
          `*${name}*: ${escaped(stage.by)} wants ${to} (${login}) to take over from ${from}, although something would be lost. Do you agree?`,
          `*Why:* ${escaped(stage.reason)}`,
          ...comparison,
          stays,
        ),
        button(actionIds.agreeToChange, 'Agree', { value }),
        button(actionIds.declineChange, 'Refuse', { value }),
      );
  }
}

export function changeQuestionSettled(facts: ChangeQuestionSettled): Message {
  const name = connectionTitle({ name: facts.connectionName, systemName: facts.systemName });
  return paragraphs(
    `*${name}*: the change you were asked about is settled; there is nothing to decide any more.`,
  );
}
