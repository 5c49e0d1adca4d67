/** What one value of a block, an element or a view must be. Lengths are maxima, in escaped characters (length.ts). */
export type Rule =
  | { is: 'text'; types: readonly TextType[]; longest: number }
  | { is: 'string'; longest: number; format?: RegExp }
  | { is: 'boolean' }
  | { is: 'number'; from: number; to: number }
  | { is: 'list'; of: Rule; least: number; most: number }
  /** One of these words. */
  | { is: 'word'; words: readonly string[] }
  /** An object of one of these types, each with a shape in the table. */
  | { is: 'typed'; types: readonly string[] }
  | { is: 'object'; shape: Shape }
  /** Known to Slack, not checked here. */
  | { is: 'anything' };

export type TextType = 'plain_text' | 'mrkdwn';

export interface Shape {
  /** Where Slack says so. */
  source: string;
  properties: Record<string, Rule>;
  needed?: readonly string[];
  /** One of these must be there; with `exactly`, no two of them. */
  oneOf?: { names: readonly string[]; exactly?: boolean };
  /** Where it may stand; everywhere when absent. */
  surfaces?: readonly Surface[];
  /** Type and place are known, the inside is not checked here. */
  open?: true;
}

export type Surface = 'message' | 'modal' | 'home';

export const string = (longest: number, format?: RegExp): Rule => ({
  is: 'string',
  longest,
  ...(format && { format }),
});
export const plain = (longest: number): Rule => ({ is: 'text', types: ['plain_text'], longest });
export const text = (longest: number): Rule => ({ is: 'text', types: ['plain_text', 'mrkdwn'], longest });
export const yesOrNo: Rule = { is: 'boolean' };
export const anything: Rule = { is: 'anything' };
export const number = (from: number, to: number): Rule => ({ is: 'number', from, to });
export const word = (...words: string[]): Rule => ({ is: 'word', words });
export const list = (of: Rule, most: number, least = 1): Rule => ({ is: 'list', of, most, least });
export const typed = (...types: string[]): Rule => ({ is: 'typed', types });
export const object = (shape: Shape): Rule => ({ is: 'object', shape });
