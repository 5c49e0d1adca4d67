import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { ReplyTo } from '../asking/ask.ts';
import { idSchema, numberSchema, readCarried } from '../carried-value.ts';
import { inputIds, inputOf, viewIds } from '../ids.ts';
import { plain, section } from '../messages/blocks.ts';
import { escaped } from '../messages/words.ts';
import { carry } from './carried.ts';
import type { ConnectionId } from '../../domain/ids.ts';

const carriedSchema = z.object({ connectionId: idSchema, change: numberSchema });

/** @throws RefusedError when the metadata is not that of {@link confirmChangeModal} */
export function carriedChange(metadata: string): z.infer<typeof carriedSchema> {
  return readCarried(carriedSchema, metadata);
}

/** Asks why a change is wanted in spite of what it loses. */
export function confirmChangeModal(facts: {
  connectionId: ConnectionId;
  connectionName: string;
  change: number;
  replyTo: ReplyTo;
}): ModalView {
  const { blockId, actionId } = inputOf(inputIds.reason);
  const carriedAlong = JSON.parse(carry(facts.replyTo, facts.connectionId)) as object;
  return {
    type: 'modal',
    callback_id: viewIds.confirmChange,
    private_metadata: JSON.stringify({ ...carriedAlong, change: facts.change }),
    title: plain('Switch all the same', 24),
    submit: plain('Ask for agreement', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(
        `*${escaped(facts.connectionName)}*: something would be lost. Another superuser reads your reason and has to agree; it is kept in the history.`,
      ),
      {
        type: 'input',
        block_id: blockId,
        label: plain('Why is the change wanted in spite of that?'),
        element: { type: 'plain_text_input', action_id: actionId, multiline: true, max_length: 500 },
      },
    ],
  };
}
