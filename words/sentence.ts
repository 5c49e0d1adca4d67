/**
 * Words as a sentence begins. Give it the words before names are put into them: "{login} is blocked" stays as it is, because
 * a name keeps its letters wherever it stands (Tryton takes `cx_basecone` and `Cx_basecone` for two users).
 */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "A, B and C", each once. */
export function series(words: readonly string[]): string {
  const once = [...new Set(words)];
  return once.length < 2 ? (once[0] ?? '') : `${once.slice(0, -1).join(', ')} and ${once.at(-1)}`;
}
