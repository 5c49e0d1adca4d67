import type { ScreensOf } from '../../../domain/screens.ts';
import type { StandInReach } from '../../../domain/announcements/succession.ts';
import { actionIds } from '../../ids.ts';
import { button, buttons, type Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { closedLines } from '../verification/rights.ts';
import { connectionTitle, escaped } from '../words.ts';

/** A stand-in who could not read everything, what that is, and what to do about it. */
export function standInReach(facts: StandInReach, screensOf: ScreensOf): Message {
  const name = connectionTitle({ name: facts.connectionName, systemName: facts.systemName });
  const [person, login, inUse] = [facts.standIn, facts.login, facts.loginInUse].map(escaped);
  if (facts.over === 'reaches')
    return paragraphs(`*${name}*: ${person}, who stands in, can read everything now that ${inUse} reads.`);
  if (facts.over === 'replaced') return paragraphs(`*${name}*: ${person} no longer stands in.`);
  const message = paragraphs(
    `:warning: *${name}*: ${person} stands in for ${escaped(facts.synchronisationUser)}, but ${login} may not read everything that ${inUse} reads. As the synchronisation user, this would stand still:`,
    ...closedLines(facts, facts.missing, screensOf),
    'Next step: have these rights given, or choose somebody else to stand in. Nothing is wrong with the connection itself.',
  );
  const choose = button(actionIds.standIn, 'Stand-in…', { value: facts.connectionId });
  return { ...message, blocks: [...message.blocks, buttons(choose)] };
}
