import { hash } from 'node:crypto';

/** Numbers that look random and are the same every time for the same seed. */
export interface Random {
  /** A whole number from `low` up to and including `high`. */
  between(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  /** True in this share of the cases (0 to 1). */
  chance(share: number): boolean;
  digits(count: number): string;
}

/** A generator (mulberry32) that starts from the text. */
export function createRandom(seed: string): Random {
  let state = hash('sha256', seed, 'buffer').readUInt32LE(0);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    between,
    pick(list) {
      const picked = list[between(0, list.length - 1)];
      if (picked === undefined) throw new Error('cannot pick from an empty list');
      return picked;
    },
    chance: (share) => next() < share,
    digits: (count) => Array.from({ length: count }, () => String(between(0, 9))).join(''),
  };
}

/** A lower-case GUID that is always the same for the same text. */
export function guidFrom(text: string): string {
  const hex = hash('sha256', text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A whole number of 32 bits that looks drawn, always the same for the same number (the mixer of MurmurHash3). */
export function scattered(from: number): number {
  let mixed = from | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
