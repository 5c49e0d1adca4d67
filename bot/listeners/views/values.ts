import type { ViewOutput } from '@slack/bolt';
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
  return view.state.values[blockId]?.[actionId]?.value?.trim() ?? '';
}

/** What was ticked in all blocks whose name begins like this. */
export function ticked(view: ViewOutput, prefix: string): string[] {
  return Object.entries(view.state.values satisfies Values)
    .filter(([blockId]) => blockId.startsWith(`${prefix}-`))
    .flatMap(([, actions]) => Object.values(actions))
    .flatMap(({ selected_options: options }) => options ?? [])
    .map(({ value }) => value)
    .filter((value) => value !== undefined);
}
