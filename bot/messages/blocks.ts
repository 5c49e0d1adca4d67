import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  PlainTextElement,
  SectionBlock,
} from '@slack/types';
import { cut } from './cut.ts';
import type { WholeList } from './whole-list.ts';
import { oneStop } from './words.ts';

/** One thing the bot says. */
export interface Message {
  /** What notifications and screen readers get: the same words, as far as they are short. */
  text: string;
  blocks: KnownBlock[];
  /** All of it, where something of a list is left out; it is kept when this is said, for the button "Show all". */
  whole?: WholeList;
}

/**
 * Slack's limits: https://docs.slack.dev/reference/block-kit/blocks. All sections of a message together are refused above
 * about 13,000 characters (github.com/slackapi/bolt-js/issues/2509), and an edit with more than 4,000 of `text` is
 * (docs.slack.dev/reference/methods/chat.update); both of ours are well below.
 */
export const limits = {
  blocksInMessage: 50,
  blocksInView: 100,
  section: 3_000,
  sectionsTogether: 11_000,
  text: 1_500,
  plainText: 150,
  option: 75,
  buttonText: 75,
  optionsInSelect: 100,
  checkboxes: 10,
} as const;

/** A paragraph; what is longer than Slack takes is cut. Of a list use `paragraphs`, which leaves nothing out unsaid. */
export function section(text: string): SectionBlock {
  return { type: 'section', text: mrkdwn(text) };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, limits.plainText) };
}

/** Small grey print below. */
export function context(text: string): ContextBlock {
  return { type: 'context', elements: [mrkdwn(text)] };
}

/** `verbatim`: names from outside that look like an address or a channel do not become links by themselves. */
function mrkdwn(text: string) {
  return { type: 'mrkdwn' as const, text: cut(oneStop(text), limits.section), verbatim: true };
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
  return { type: 'plain_text', text: cut(text, longest), emoji: true };
}

/** The message with buttons below it. */
export function withButtons(message: Message, ...elements: Button[]): Message {
  return { ...message, blocks: [...message.blocks, buttons(...elements)] };
}

/** Whole lines, as many to a text as Slack takes in a section. */
export function packed(lines: readonly string[]): string[] {
  const texts: string[] = [];
  for (const line of lines.flatMap((one) => one.split('\n')).map((one) => cut(one, limits.section))) {
    const last = texts.at(-1);
    if (last === undefined || last.length + 1 + line.length > limits.section) texts.push(line);
    else texts[texts.length - 1] = `${last}\n${line}`;
  }
  return texts;
}
