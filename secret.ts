import { inspect } from 'node:util';

/** What is printed in place of a secret. */
const mask = '[secret]';

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
