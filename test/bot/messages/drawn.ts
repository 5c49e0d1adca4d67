import { expect } from '@jest/globals';
import type { KnownBlock } from '@slack/types';
import type { Message } from '../../../bot/messages/blocks.ts';

/** The words on the buttons, in order. */
export function actionsOf({ blocks }: { blocks: KnownBlock[] }): string[] {
  return blocks
    .flatMap((block) => (block.type === 'actions' ? block.elements : []))
    .map((element) => (element.type === 'button' ? element.text.text : element.type));
}

/** https://docs.slack.dev/reference/block-kit/blocks: 50 blocks a message, 3,000 characters a section. */
export function staysWithinLimits(message: Message): void {
  expect(message.blocks.length).toBeLessThanOrEqual(50);
  for (const block of message.blocks)
    if (block.type === 'section') expect(block.text?.text.length).toBeLessThanOrEqual(3_000);
  expect(message.text.length).toBeLessThanOrEqual(40_000);
}
