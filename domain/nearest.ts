import { closest, distance } from 'fastest-levenshtein';

/** The word that was probably meant: the nearest one, if no more than so many letters differ (Levenshtein). */
export function nearest<T extends string>(
  word: string,
  words: readonly T[],
  most: (word: T) => number,
): T | null {
  if (words.length === 0) return null;
  const found = closest(word, words) as T;
  return distance(word, found) <= most(found) ? found : null;
}
