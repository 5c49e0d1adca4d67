/**
 * Reads "Exact Online page 2": what is asked about, then perhaps which page of a long list.
 *
 * @example
 * readPage('2026-10 page 3'); // { rest: '2026-10', page: 3 }
 */
export function readPage(argument: string): { rest: string; page: number } {
  const words = argument.trim().split(/\s+/);
  const [word = '', page = ''] = words.slice(-2);
  if (word.toLowerCase() !== 'page' || !/^[1-9]\d{0,3}$/.test(page)) return { rest: argument, page: 1 };
  return { rest: words.slice(0, -2).join(' '), page: Number(page) };
}

/** The part of a list that stands on a page, and whether there is more of it. */
export function onPage<T>(
  list: readonly T[],
  { page, size }: { page: number; size: number },
): { shown: T[]; more: boolean } {
  return { shown: list.slice((page - 1) * size, page * size), more: list.length > page * size };
}
