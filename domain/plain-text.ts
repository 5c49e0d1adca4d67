/**
 * Which text enters: what comes through the API, the pages, Slack or the office file is refused here, with where and why;
 * what a package gives is made storable, as nobody could mend it there.
 */

/**
 * Controls (line breaks are some), halves of surrogate pairs, what is no character at all, and what turns the direction of
 * the words after it (unicode.org/reports/tr9): a text with them cannot be stored everywhere, or reads as another one.
 */
const unfit = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u202A-\u202E\u2066-\u2069]/u;

/** Why a text cannot be taken, as the end of a sentence; null when it can. */
export function unfitText(text: string): string | null {
  const [character] = unfit.exec(text) ?? [];
  if (character === undefined) return null;
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `has a character that cannot be taken (U+${code})`;
}

/** Where in parsed JSON, a form or a query the first text stands that cannot be taken; null when all can. */
export function unfitPart(value: unknown): { path: string[]; why: string } | null {
  // Not by recursion: whoever sends it decides how deep it is.
  const ahead: { value: unknown; path: Path }[] = [{ value, path: null }];
  for (let next = ahead.pop(); next; next = ahead.pop()) {
    const { value: part, path } = next;
    const why = typeof part === 'string' ? unfitText(part) : null;
    if (why) return { path: written(path), why };
    if (typeof part !== 'object' || part === null) continue;
    const members = Object.entries(part);
    const odd = members.map(([name]) => unfitText(name)).find((said) => said !== null);
    if (odd) return { path: written(path), why: odd };
    for (const [name, member] of members.reverse())
      ahead.push({ value: member, path: { name, parent: path } });
  }
  return null;
}

type Path = { name: string; parent: Path } | null;

function written(path: Path): string[] {
  const names: string[] = [];
  for (let step = path; step; step = step.parent) names.push(step.name);
  return names.reverse();
}

/** "lines[0].netAmount" */
export function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      /^\d+$/.test(String(part)) ? `[${String(part)}]` : `${index > 0 ? '.' : ''}${String(part)}`,
    )
    .join('');
}

/** A text of several lines as one, with single spaces: what people type into Slack. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** The text with U+FFFD in place of NUL and half a surrogate pair, which PostgreSQL does not keep. */
export function storable(text: string): string {
  return text.isWellFormed() && !text.includes('\0') ? text : text.replaceAll('\0', '\uFFFD').toWellFormed();
}

/** How JSON writes what {@link storable} replaces. */
const mayBeUnstorable = /\\u(?:0000|d[89a-f])/i;

/**
 * JSON from a package, with all of its texts storable; nearly none has any to replace, so that is looked for only once.
 * @throws SyntaxError when it is no JSON
 */
export function parseStorable(json: string): unknown {
  if (!mayBeUnstorable.test(json)) return JSON.parse(json);
  return JSON.parse(json, (_, value: unknown) => (typeof value === 'string' ? storable(value) : value));
}
