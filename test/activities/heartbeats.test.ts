import { afterEach, expect, jest, test } from '@jest/globals';
import { withHeartbeats } from '../../activities/heartbeats.ts';
import { inTemporal, quietEnvironment } from './office-with-books.ts';

afterEach(() => {
  jest.useRealTimers();
});

test('Long work keeps telling where it is while it waits for an answer, and is silent once it is done', async () => {
  jest.useFakeTimers();
  const environment = quietEnvironment();
  const beats: unknown[] = [];
  environment.on('heartbeat', (place) => beats.push(place));
  let answer = () => {};
  const working = inTemporal(
    () =>
      withHeartbeats((at) => {
        at('the slow company');
        return new Promise<void>((resolve) => (answer = resolve));
      }),
    environment,
  );
  jest.advanceTimersByTime(60_000);
  // Temporal gives up after 30 seconds without a sign of life (workflows/steps.ts).
  expect(beats.length).toBeGreaterThan(4);
  expect(beats.at(-1)).toBe('the slow company');
  answer();
  await working;
  const before = beats.length;
  jest.advanceTimersByTime(60_000);
  expect(beats).toHaveLength(before);
});
