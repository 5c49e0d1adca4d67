import { expect, test } from '@jest/globals';
import { WebAPIPlatformError } from '@slack/web-api';
import { createStarting } from '../../bot/starting.ts';
import { createLogger } from '../../logger.ts';
import { until } from '../until.ts';

function starting() {
  const lines: string[] = [];
  const logger = createLogger('bot', 'info', { write: (line) => void lines.push(line) });
  return { lines, ...createStarting({ logger, pauseMs: 5 }) };
}
const refusal = (error: string) => new WebAPIPlatformError({ ok: false, error });

test('A Slack that refuses the bot is said in one sentence, and tried again until it does not', async () => {
  const { lines, untilDone } = starting();
  let tries = 0;
  await untilDone(async () => {
    if (++tries < 4) throw refusal('invalid_auth');
  });
  expect(tries).toBe(4);
  expect(lines).toEqual([expect.stringContaining('Slack refuses Syncuser: invalid_auth')]);
});

test.each([
  ['Slack refuses the tokens', refusal('invalid_auth'), 'Slack refuses Syncuser: invalid_auth'],
  ['Slack does not answer', new Error('connect ECONNREFUSED'), 'Slack does not answer yet'],
])('Where %s the log says what to do, and stopping ends it', async (_what, error, words) => {
  const { lines, untilDone, stop } = starting();
  const ended = untilDone(() => Promise.reject(error));
  await until('a sentence in the log', () => lines[0]);
  stop();
  await ended;
  expect(lines.join('')).toContain(words);
  expect(lines).toHaveLength(1);
});
