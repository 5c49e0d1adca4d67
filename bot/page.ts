/**
 * Reads "Exact Online page 2": what is asked about, then perhaps which page of a long list.
 *
 * @example
 * readPage('2026-10 page 3'); // { rest: '2026-10', page: 3 }
 */
export function readPage(argument: string): { rest: string; page: number } {
  const [, rest = '', page] = /^(.*?)\s*\bpage\s+([1-9]\d{0,3})$/i.exec(argument) ?? [];
  return page === undefined ? { rest: argument, page: 1 } : { rest, page: Number(page) };
}

/** The part of a list that stands on a page, and whether there is more of it. */
export function onPage<T>(
  list: readonly T[],
  { page, size }: { page: number; size: number },
): { shown: T[]; more: boolean } {
  return { shown: list.slice((page - 1) * size, page * size), more: list.length > page * size };
}
