import type { TextType } from './rule.ts';

/**
 * How long Slack finds a text. Its unit is not published; the strictest reading is counted: UTF-16 units of the text as
 * Slack keeps it, with `&`, `<` and `>` as entities (docs.slack.dev/messaging/formatting-message-text).
 */
export function lengthOf(text: string, type: TextType | 'string' = 'string'): number {
  if (type === 'string') return text.length;
  const ampersands = text.replaceAll(/&(?!(?:amp|lt|gt);)/g, '&amp;');
  // In mrkdwn `<…>` is a mention, a link or a date, and stays as it is.
  return (type === 'mrkdwn' ? ampersands : ampersands.replaceAll('<', '&lt;').replaceAll('>', '&gt;')).length;
}
