import type { ViewOutput } from '@slack/bolt';
import type { Ask } from '../../asking/ask.ts';
import { connectionOf, type BotDeps } from '../../deps.ts';
import { inputIds } from '../../ids.ts';
import { carriedChange } from '../../modals/confirm-change.ts';
import { decideChange } from '../../verbs/succession/decide-change.ts';
import type { Judged } from './set-up.ts';
import { written } from './values.ts';

/** A superuser said why a change is wanted in spite of what it loses. */
export async function confirmChangeSubmitted(bot: BotDeps, ask: Ask, view: ViewOutput): Promise<Judged> {
  const { connectionId, change } = carriedChange(view.private_metadata);
  const reason = written(view, inputIds.reason);
  if (reason === '') return { errors: { [inputIds.reason]: 'Say why, for whoever has to agree.' } };
  const connection = await connectionOf(bot, connectionId);
  return { act: () => decideChange(bot, ask, connection, { change, says: 'confirm', reason }) };
}
