const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** What means something only as a whole: a date, a mention, a link, an entity. */
const token = /<[^<>\n]*>|&(?:amp|lt|gt);/y;

/**
 * At most so many UTF-16 units of a text, with … where something is left out. It never ends inside what a reader takes for
 * one character, nor inside an entity, a date or a mention of Slack.
 */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = graphemes.segment(text).containing(longest - 1)?.index ?? longest - 1;
  return `${text.slice(0, startOfToken(text, end))}…`;
}

/** Where the token begins that goes on at this index; the index itself where none does. */
function startOfToken(text: string, index: number): number {
  for (const sign of ['<', '&']) {
    const start = text.lastIndexOf(sign, index - 1);
    token.lastIndex = start;
    const whole = start < 0 ? undefined : token.exec(text)?.[0];
    if (whole && start + whole.length > index) return start;
  }
  return index;
}
