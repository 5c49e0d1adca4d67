/**
 * What people type, and the names they give. Two texts that look the same to a reader are the same here: compare them
 * with {@link folded}, never as they were typed.
 */

/** Quotes and dashes that keyboards and chat programs put in the place of what was typed. */
const plainForms: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201A\u201B\u2032\u02BC\u00B4`\u02CB]/g, "'"],
  [/[\u201C\u201D\u201E\u201F\u2033\u00AB\u00BB]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, '-'],
  // What `escaped` in bot/messages/words.ts draws instead of a mark: a name that is copied from a message is found.
  [/\u2217/g, '*'],
  [/\u02CD/g, '_'],
  [/\u223C/g, '~'],
  [/\u2236/g, ':'],
  [/\u203A/g, '>'],
];

/** Control and bidi characters, halves of surrogate pairs, and everything else that takes no room. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}]|\p{Default_Ignorable_Code_Point}/gu;
/** The same, but for the signs that choose between two forms of one symbol. */
const unseenInName = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?![\uFE0E\uFE0F])\p{Default_Ignorable_Code_Point}/u;

/**
 * The form in which texts are compared: one Unicode form (NFKC, unicode.org/reports/tr15), straight quotes, short dashes,
 * single spaces, no case, nothing unseen. Not for showing.
 *
 * @example
 * folded('O’Brien  &  Zn') === folded("o'brien & zn"); // true
 */
export function folded(text: string): string {
  const straight = plainForms.reduce((so, [form, plain]) => so.replace(form, plain), text);
  return straight
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .replace(unseen, '')
    .trim()
    .replace(/^"([^"]+)"$/u, '$1') // around a name with spaces, as one types it elsewhere
    .toUpperCase()
    .toLowerCase();
}

/**
 * The text of a slash command as it was typed: Slack sends `&`, `<` and `>` as entities there, and in messages, but not in
 * the inputs of a modal (docs.slack.dev/messaging/formatting-message-text). Once, so that a typed `&amp;lt;` stays what it is.
 */
export function unescapedOnce(text: string): string {
  const characters: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => characters[entity] ?? entity);
}

/**
 * Why something cannot be the name of a connection, in words for people; null when it can.
 * `codes`: of the companies that are known. `taken`: names of the other connections.
 */
export function unfitName(name: string, others: { codes: readonly string[]; taken: readonly string[] }) {
  const wanted = folded(name);
  const isOneOf = (texts: readonly string[]) => texts.some((text) => folded(text) === wanted);
  if (unseenInName.test(name)) return 'This name has characters that nobody sees. Type it anew.';
  if (!/\p{L}/u.test(name)) return 'A name of numbers or signs only would be taken for a company’s code.';
  if (isOneOf(others.codes)) return 'A company has this code already. Choose another name.';
  if (isOneOf(others.taken))
    return `There is a connection called ${name} already, or one that looks the same. Choose another name.`;
  return null;
}
