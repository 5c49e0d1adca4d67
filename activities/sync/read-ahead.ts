/**
 * The same pages, but the next one is fetched while the current one is worked on: network and disk do not wait for each
 * other, and never more than two pages are in memory. When either side fails, so does the whole: an error of the source
 * comes in its turn, after the pages before it; whoever stops taking pages ends the source as well.
 *
 * @example
 * for await (const page of readAhead((signal) => session.read({ …, signal }), cancelled)) await store(page);
 */
export async function* readAhead<Page>(
  open: (signal: AbortSignal) => AsyncIterable<Page>,
  cancelled: AbortSignal,
): AsyncGenerator<Page> {
  const left = new AbortController();
  const source = open(AbortSignal.any([cancelled, left.signal]))[Symbol.asyncIterator]();
  const fetchNext = () => {
    const fetched = source.next();
    fetched.catch(() => {}); // whoever takes it hears of it
    return fetched;
  };
  let next = fetchNext();
  try {
    for (let page = await next; !page.done; page = await next) {
      next = fetchNext();
      yield page.value;
    }
  } finally {
    // A call that is under way ends at once; nobody wants its answer.
    left.abort();
    await next.catch(() => {});
    await source.return?.();
  }
}
