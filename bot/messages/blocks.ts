import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  PlainTextElement,
  SectionBlock,
} from '@slack/types';

/** One thing the bot says: `text` is what notifications and screen readers get, with the same content. */
export interface Message {
  text: string;
  blocks: KnownBlock[];
}

/** Slack's limits: https://docs.slack.dev/reference/block-kit/blocks */
export const limits = {
  blocksInMessage: 50,
  blocksInView: 100,
  section: 3_000,
  plainText: 150,
  option: 75,
  buttonText: 75,
  optionsInSelect: 100,
  checkboxes: 10,
} as const;

export function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: shorten(text, limits.section) } };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, limits.plainText) };
}

/** Small grey print below. */
export function context(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: shorten(text, limits.section) }] };
}

export const divider = { type: 'divider' } as const;

export function buttons(...elements: Button[]): ActionsBlock {
  return { type: 'actions', elements };
}

export function button(
  actionId: string,
  text: string,
  more: { value?: string; url?: string; style?: 'primary' | 'danger' } = {},
): Button {
  return { type: 'button', action_id: actionId, text: plain(text, limits.buttonText), ...more };
}

export function plain(text: string, longest: number = limits.plainText): PlainTextElement {
  return { type: 'plain_text', text: shorten(text, longest), emoji: true };
}

export function shorten(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

/** A message of sentences only: every paragraph is a section, and the fallback is the same words. */
export function paragraphs(...texts: string[]): Message {
  return { text: texts.join('\n'), blocks: texts.map(section) };
}
