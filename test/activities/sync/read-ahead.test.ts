import { expect, test } from '@jest/globals';
import { readAhead } from '../../../activities/sync/read-ahead.ts';

const nobody = new AbortController().signal;

/** A source of pages 1, 2, 3 … that tells what was asked of it, and how it ended. */
function source({ pages = 3, failsAt = Infinity, hangsAt = Infinity } = {}) {
  const seen = { fetched: 0, closed: false, aborted: false };
  async function* open(signal: AbortSignal) {
    signal.addEventListener('abort', () => (seen.aborted = true));
    try {
      for (let page = 1; page <= pages; page += 1) {
        if (page === failsAt) throw new Error(`page ${page} is broken`);
        if (page === hangsAt)
          await new Promise((_, reject) => {
            if (signal.aborted) reject(new Error('aborted'));
            signal.addEventListener('abort', () => reject(new Error('aborted')));
          });
        seen.fetched = page;
        yield page;
      }
    } finally {
      seen.closed = true;
    }
  }
  return { seen, open };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('the next page is fetched while one is worked on, and no more than that', async () => {
  const { seen, open } = source({ pages: 9 });
  const fetched: number[] = [];
  for await (const page of readAhead(open, nobody)) {
    await settled();
    fetched.push(seen.fetched - page);
  }
  expect(fetched).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0]);
  expect(seen.closed).toBe(true);
});

test('an error of the source comes after the pages before it', async () => {
  const { seen, open } = source({ failsAt: 3 });
  const worked: number[] = [];
  const work = async () => {
    for await (const page of readAhead(open, nobody)) {
      await settled(); // the error is there before this page is done
      worked.push(page);
    }
  };
  await expect(work()).rejects.toThrow('page 3 is broken');
  expect(worked).toEqual([1, 2]);
  expect(seen.closed).toBe(true);
});

test('an error of the work ends the source, also in the middle of a call', async () => {
  const { seen, open } = source({ hangsAt: 2 });
  const work = async () => {
    for await (const page of readAhead(open, nobody)) throw new Error(`page ${page} cannot be stored`);
  };
  await expect(work()).rejects.toThrow('page 1 cannot be stored');
  expect(seen).toEqual({ fetched: 1, closed: true, aborted: true });
});

test('whoever has enough leaves nothing running behind', async () => {
  const { seen, open } = source({ hangsAt: 2 });
  for await (const page of readAhead(open, nobody)) if (page === 1) break;
  expect(seen).toEqual({ fetched: 1, closed: true, aborted: true });
});

test('a cancellation reaches the source', async () => {
  const cancel = new AbortController();
  const { seen, open } = source({ hangsAt: 2 });
  const work = async () => {
    for await (const page of readAhead(open, cancel.signal)) if (page === 1) cancel.abort();
  };
  await expect(work()).rejects.toThrow('aborted');
  expect(seen.closed).toBe(true);
});
