import type { InputBlock, PlainTextOption, StaticSelect } from '@slack/types';
import { inputOf } from '../ids.ts';
import { limits, plain } from '../messages/blocks.ts';

export interface Choice {
  value: string;
  text: string;
}

/**
 * A list to choose one from. Slack takes 100 options, and 100 groups of 100, so longer lists come in groups.
 * With a single choice it is chosen from the start.
 */
export function chooseOne(block: string, label: string, choices: readonly Choice[]): InputBlock {
  const options = choices.map(option);
  const single = options.length === 1 ? options[0] : undefined;
  const element: StaticSelect = {
    type: 'static_select',
    action_id: inputOf(block).actionId,
    placeholder: plain('Choose'),
    ...(options.length <= limits.optionsInSelect ? { options } : { option_groups: grouped(options) }),
    ...(single ? { initial_option: single } : {}),
  };
  return { type: 'input', block_id: inputOf(block).blockId, label: plain(label), element };
}

export function option({ value, text }: Choice): PlainTextOption {
  return { value, text: plain(text, limits.option) };
}

function grouped(
  options: PlainTextOption[],
): { label: ReturnType<typeof plain>; options: PlainTextOption[] }[] {
  return inPieces(options, limits.optionsInSelect).map((piece) => ({
    label: plain(`From ${piece[0]?.text.text}`, limits.option),
    options: piece,
  }));
}

export function inPieces<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
