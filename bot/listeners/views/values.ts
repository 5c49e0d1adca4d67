import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { oneLine, unfitText } from '../../../domain/plain-text.ts';
import { inputOf } from '../../ids.ts';

type Values = ViewOutput['state']['values'];

/** What was chosen in a list; a list with a single choice may come back untouched. */
export function chosen(view: ViewOutput, block: string): string | null {
  const { blockId, actionId } = inputOf(block);
  return view.state.values[blockId]?.[actionId]?.selected_option?.value ?? null;
}

export function pickedDay(view: ViewOutput, block: string): string | null {
  const { blockId, actionId } = inputOf(block);
  return view.state.values[blockId]?.[actionId]?.selected_date ?? null;
}

export function written(view: ViewOutput, block: string): string {
  const { blockId, actionId } = inputOf(block);
  return oneLine(view.state.values[blockId]?.[actionId]?.value ?? '');
}

/** Beside each input what is wrong with the text that was typed there; nothing where all of it can be taken. */
export function unfitInputs(view: ViewOutput): Record<string, string> {
  const typed = Object.entries(view.state.values).flatMap(([blockId, actions]) =>
    Object.values(actions).map(({ value }) => [blockId, unfitText(oneLine(value ?? ''))] as const),
  );
  return Object.fromEntries(
    typed.flatMap(([blockId, why]) => (why ? [[blockId, `This ${why}. Type it anew.`]] : [])),
  );
}

/**
 * The checkboxes of all blocks whose name begins like this, by their values, and those that are ticked. A block that comes back
 * untouched has the ticks it was shown with.
 */
export function boxesIn(view: ViewOutput, prefix: string): { shown: string[]; ticked: string[] } {
  const groups = boxesSchema
    .catch([])
    .parse(view.blocks)
    .filter(({ block_id: id }) => id?.startsWith(`${prefix}-`));
  const valuesOf = (options: readonly { value?: string | undefined }[]) =>
    options.flatMap(({ value }) => value ?? []);
  return {
    shown: groups.flatMap(({ element }) => valuesOf(element?.options ?? [])),
    ticked: groups.flatMap(({ block_id: id, element }) => {
      const state = (view.state.values satisfies Values)[id ?? '']?.[element?.action_id ?? ''];
      return valuesOf(state?.selected_options ?? element?.initial_options ?? []);
    }),
  };
}

const optionSchema = z.object({ value: z.string().optional() });
const boxesSchema = z.array(
  z.object({
    block_id: z.string().optional(),
    element: z
      .object({
        action_id: z.string().optional(),
        options: z.array(optionSchema).optional(),
        initial_options: z.array(optionSchema).optional(),
      })
      .optional(),
  }),
);
