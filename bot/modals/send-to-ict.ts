import type { InputBlock, ModalView } from '@slack/types';
import { inputIds, inputOf, viewIds } from '../ids.ts';
import { plain, section } from '../messages/blocks.ts';
import { escaped } from '../messages/words.ts';

/** Asks who, without an account here, is to log in. */
export function sendToIctModal(facts: { connectionName: string; metadata: string }): ModalView {
  return {
    type: 'modal',
    callback_id: viewIds.sendToIct,
    private_metadata: facts.metadata,
    title: plain('Send to ICT', 24),
    submit: plain('Make the link', 24),
    close: plain('Cancel', 24),
    blocks: [
      section(
        `You get a link for ${escaped(facts.connectionName)} to send on. It works once, for half an hour, and its page says that you asked for it.`,
      ),
      written(inputIds.name, 'Name', false),
      written(inputIds.email, 'E-mail address', true),
    ],
  };
}

function written(block: string, label: string, optional: boolean): InputBlock {
  const { blockId, actionId } = inputOf(block);
  return {
    type: 'input',
    block_id: blockId,
    label: plain(label),
    optional,
    element: { type: 'plain_text_input', action_id: actionId, max_length: 100 },
  };
}
