import { RegExpParser, type AST } from '@eslint-community/regexpp';

/** A hundred thousand characters: more than any door lets in, and a pattern that is not linear needs minutes for it. */
const length = 100_000;

/** What follows: nothing, or something that no pattern of ours expects there. */
const endings = ['', '\u0001', '_\n!'];

/** Of each kind of character that patterns tell apart, a few. */
const characters = [...' \t\n09aAzfFéß_-+.,:;/\\@%&=?#*~`"\'<>(){}[]!\u00A0\u2028😀'];

/**
 * Texts on which a pattern that is not linear stands still: for each repetition in it the shortest text that leads there,
 * then what the repetition takes, again and again, then something that does not fit.
 */
export function hostileTexts(pattern: RegExp): Set<string> {
  const parsed = new RegExpParser().parsePattern(pattern.source, 0, pattern.source.length, {
    unicode: pattern.unicode,
  });
  const texts = new Set<string>();
  const add = (lead: string, repeated: string) => {
    if (repeated === '') return;
    const body = lead + repeated.repeat(Math.ceil(length / repeated.length));
    for (const ending of endings) texts.add(body + ending);
  };
  const whole = shortest(parsed, pattern.flags, 1);
  add('', whole);
  for (const { lead, element } of repetitions(parsed, pattern.flags)) {
    add('', lead);
    for (const repeated of pumps(element, pattern.flags)) {
      add(lead, repeated);
      add(lead.repeat(2), repeated);
      add('', lead + repeated);
    }
  }
  return texts;
}

/** Every repetition without a small bound, and the shortest text that leads to it. */
function repetitions(pattern: AST.Pattern, flags: string): { lead: string; element: AST.Element }[] {
  const found: { lead: string; element: AST.Element }[] = [];
  const visit = (node: AST.Element | AST.Alternative | AST.Pattern, lead: string): void => {
    if (node.type === 'Alternative') {
      let before = lead;
      for (const element of node.elements) {
        visit(element, before);
        before += shortest(element, flags, 0);
      }
    } else if (node.type === 'Quantifier') {
      if (node.max > 3) found.push({ lead, element: node.element });
      visit(node.element, lead);
    } else if ('alternatives' in node) {
      for (const alternative of node.alternatives) visit(alternative, lead);
    }
  };
  visit(pattern, '');
  return found;
}

/** What one round of a repetition may be: each character it takes, and each of its ways with few and with more of everything. */
function pumps(element: AST.Element, flags: string): Set<string> {
  const whole = new RegExp(`^(?:${element.raw})$`, flags.replace(/[gy]/g, ''));
  const ways = 'alternatives' in element ? element.alternatives : [];
  return new Set([
    ...characters.filter((character) => whole.test(character)),
    shortest(element, flags, 1),
    ...ways.flatMap((way) => [shortest(way, flags, 0), shortest(way, flags, 1)]),
  ]);
}

type Part = AST.Pattern | AST.Alternative | AST.Element | AST.QuantifiableElement;

/** A text that this part of a pattern takes; what may be left out is there at least `least` times. */
function shortest(part: Part, flags: string, least: number): string {
  switch (part.type) {
    case 'Alternative':
      return part.elements.map((element) => shortest(element, flags, least)).join('');
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return part.alternatives[0] ? shortest(part.alternatives[0], flags, least) : '';
    case 'Quantifier':
      return shortest(part.element, flags, least).repeat(Math.max(part.min, Math.min(least, part.max)));
    case 'Assertion':
    case 'Backreference':
      return '';
    case 'Character':
      return String.fromCodePoint(part.value);
    case 'CharacterSet':
    case 'CharacterClass':
    case 'ExpressionCharacterClass': {
      const one = new RegExp(`^(?:${part.raw})$`, flags.replace(/[gy]/g, ''));
      return characters.find((character) => one.test(character)) ?? '';
    }
  }
}
