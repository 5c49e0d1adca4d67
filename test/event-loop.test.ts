import { afterEach, expect, test } from '@jest/globals';
import { watchEventLoop } from '../event-loop.ts';
import { eventually } from './until.ts';

let end = () => {};
afterEach(() => end());

function watched() {
  const said: unknown[] = [];
  const logger = { warn: (...line: unknown[]) => said.push(line) };
  end = watchEventLoop(logger as never, { everyMs: 5, longMs: 200 });
  return said;
}

test('a process that stood still says for how long', async () => {
  const said = watched();
  const begun = performance.now();
  while (performance.now() - begun < 300);
  await eventually(() =>
    expect(said[0]).toEqual([
      { stoodStillMs: expect.any(Number) },
      'this process stood still: nobody was answered and nothing was done meanwhile',
    ]),
  );
});
