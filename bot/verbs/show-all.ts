import type { ModalView } from '@slack/types';
import { RefusedError } from '../asking/refused.ts';
import type { Ask } from '../asking/ask.ts';
import { readId } from '../carried-value.ts';
import type { BotDeps } from '../deps.ts';
import { wholeListModal } from '../modals/whole-list.ts';

/** Opens all of a list of which a message shows a part; for everybody of the office who reads the message. */
export async function showAll(bot: BotDeps, ask: Ask, id: string): Promise<void> {
  ask.user();
  await ask.open(await pageOf(bot, id, 1));
}

/** @throws RefusedError when nobody knows the list any more */
export async function pageOf({ store }: BotDeps, id: string, page: number): Promise<ModalView> {
  const lines = await store.wholeLists.get(readId(id));
  if (lines === null)
    throw new RefusedError('This list is not kept any more. Type `/syncuser` to see how things are now.');
  return wholeListModal({ id, lines, page });
}
