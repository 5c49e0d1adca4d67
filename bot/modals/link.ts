import type { ModalView } from '@slack/types';
import { plain, type Message } from '../messages/blocks.ts';

/** A personal link, above App Home where it was asked for. */
export function linkModal({ blocks }: Message): ModalView {
  return {
    type: 'modal',
    title: plain('Log in', 24),
    close: plain('Close', 24),
    blocks,
  };
}
