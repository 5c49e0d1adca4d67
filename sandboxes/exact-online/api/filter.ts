import type { Value } from '../books/book-fields.ts';
import { badRequest } from '../refusal.ts';

/** A parsed `$filter`: which rows pass, and which fields it looks at. */
export interface Filter {
  passes(row: Record<string, Value>): boolean;
  fields: readonly string[];
}

type Test = (row: Record<string, Value>) => boolean;
type Operand = (row: Record<string, Value>) => Value;

const tokenPattern =
  /\s*(?:(datetime'[^']*')|(guid'[^']*')|('(?:[^']|'')*')|(-?\d+(?:\.\d+)?[LlMmDd]?)(?![\w-])|([A-Za-z_]\w*)|([(),]))/y;

/**
 * Parses the part of OData 2 `$filter` that clients use here: comparisons of a field (or `trim(Field)`) with a literal,
 * joined by `and`, `or`, `not` and parentheses.
 * @throws Refusal 400 for anything else
 */
export function parseFilter(text: string): Filter {
  const parser = new FilterParser(tokens(text));
  const passes = parser.parse();
  return { passes, fields: [...parser.fields] };
}

function tokens(text: string): string[] {
  const found: string[] = [];
  tokenPattern.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== '') {
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(text);
    if (!match) throw badRequest(`Syntax error at position ${at} in $filter.`);
    found.push(match[0].trim());
    at = tokenPattern.lastIndex;
  }
  return found;
}

class FilterParser {
  readonly fields = new Set<string>();
  readonly #tokens: string[];
  #at = 0;

  constructor(found: string[]) {
    this.#tokens = found;
  }

  parse(): Test {
    const test = this.#either();
    if (this.#at < this.#tokens.length) throw badRequest(`Unexpected "${this.#peek()}" in $filter.`);
    return test;
  }

  #either(): Test {
    let test = this.#both();
    while (this.#take('or')) {
      const [left, right] = [test, this.#both()];
      test = (row) => left(row) || right(row);
    }
    return test;
  }

  #both(): Test {
    let test = this.#one();
    while (this.#take('and')) {
      const [left, right] = [test, this.#one()];
      test = (row) => left(row) && right(row);
    }
    return test;
  }

  #one(): Test {
    if (this.#take('not')) {
      const test = this.#one();
      return (row) => !test(row);
    }
    if (this.#take('(')) {
      const test = this.#either();
      this.#need(')');
      return test;
    }
    const left = this.#operand();
    const operator = this.#next().toLowerCase();
    const right = this.#operand();
    return comparison(operator, left, right);
  }

  #operand(): Operand {
    const token = this.#next();
    if (token.toLowerCase() === 'trim' && this.#take('(')) {
      const inner = this.#operand();
      this.#need(')');
      return (row) => {
        const value = inner(row);
        return typeof value === 'string' ? value.trim() : value;
      };
    }
    const literal = parseLiteral(token);
    if (literal !== undefined) return () => literal;
    if (!/^[A-Za-z_]/.test(token)) throw badRequest(`Unexpected "${token}" in $filter.`);
    this.fields.add(token);
    return (row) => {
      const value = row[token];
      if (value === undefined) throw badRequest(`No property '${token}' exists in this type.`);
      return value;
    };
  }

  #peek(): string {
    return this.#tokens[this.#at] ?? '';
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw badRequest('$filter ends too early.');
    this.#at += 1;
    return token;
  }

  #take(token: string): boolean {
    if (this.#peek().toLowerCase() !== token) return false;
    this.#at += 1;
    return true;
  }

  #need(token: string): void {
    if (!this.#take(token)) throw badRequest(`"${token}" is missing in $filter.`);
  }
}

/** A literal of OData 2 (`123L`, `'text'`, `guid'…'`, `datetime'…'`, `true`, `null`), or undefined. */
export function parseLiteral(token: string): Value | undefined {
  const quoted = /^(datetime|guid)?'(.*)'$/is.exec(token);
  if (quoted) {
    const [, type, text = ''] = quoted;
    if (type?.toLowerCase() === 'guid') return text.toLowerCase();
    if (!type) return text.replaceAll("''", "'");
    // Without an offset the vendor means its own time; the sandbox keeps UTC.
    const date = new Date(
      /(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}${text.includes('T') ? '' : 'T00:00:00'}Z`,
    );
    if (Number.isNaN(date.getTime())) throw badRequest(`"${text}" is no datetime.`);
    return date;
  }
  if (/^-?\d/.test(token)) return Number(token.replace(/[LMD]$/i, ''));
  if (token === 'true') return true;
  if (token === 'false') return false;
  if (token === 'null') return null;
  return undefined;
}

function comparison(operator: string, left: Operand, right: Operand): Test {
  const compare = (row: Record<string, Value>) => [plain(left(row)), plain(right(row))] as const;
  const ordered =
    (test: (one: string | number, other: string | number) => boolean) => (row: Record<string, Value>) => {
      const [one, other] = compare(row);
      return one !== null && other !== null && typeof one === typeof other && test(one, other);
    };
  switch (operator) {
    case 'eq':
      return (row) => ((pair) => pair[0] === pair[1])(compare(row));
    case 'ne':
      return (row) => ((pair) => pair[0] !== pair[1])(compare(row));
    case 'gt':
      return ordered((one, other) => one > other);
    case 'ge':
      return ordered((one, other) => one >= other);
    case 'lt':
      return ordered((one, other) => one < other);
    case 'le':
      return ordered((one, other) => one <= other);
    default:
      throw badRequest(`The operator "${operator}" is not supported in $filter.`);
  }
}

function plain(value: Value): string | number | null {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'boolean' ? Number(value) : value;
}
