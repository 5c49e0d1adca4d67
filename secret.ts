import { inspect } from 'node:util';

/** What is printed in place of a secret. */
const mask = '[secret]';

/** Of random bytes eight are hardly ever only of a few kinds: 24 bytes with so few differ in a way that somebody chose. */
const fewestKinds = 8;

/** Whether somebody made it up: zeros, one letter again and again, a word. */
export function isGuessable(bytes: Uint8Array): boolean {
  return new Set(bytes).size < fewestKinds;
}

/**
 * A value that may be used and must not be seen: printing it, putting it into a string or into JSON gives "[secret]".
 * `reveal()` is the only way to it, so that every use of a secret can be found by that word.
 */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [inspect.custom](): string {
    return mask;
  }
}
