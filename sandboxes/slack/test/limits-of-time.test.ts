import { describe, expect, test } from '@jest/globals';
import { createRates } from '../web-api/rates.ts';
import { createResponseUrls } from '../web-api/response-urls.ts';
import { createTriggers } from '../web-api/triggers.ts';

function clock() {
  let moment = Date.parse('2026-11-29T10:00:00Z');
  return { now: () => moment, pass: (seconds: number) => void (moment += seconds * 1000) };
}

describe('A trigger', () => {
  test('opens one modal within three seconds', () => {
    const { now, pass } = clock();
    const triggers = createTriggers(now);
    expect(triggers.refused('never')).toBe('invalid_trigger_id');
    triggers.handOut('t');
    pass(3);
    expect(triggers.refused('t')).toBeNull();
    triggers.used('t');
    expect(triggers.refused('t')).toBe('exchanged_trigger_id');
    triggers.handOut('late');
    pass(3.001);
    expect(triggers.refused('late')).toBe('expired_trigger_id');
  });
});

describe('An address to answer at', () => {
  const place = { target: 'http://local/hook', channel: 'C1', user: 'U1' };
  const idOf = (path: string) => path.split('/').at(-1) ?? '';
  test('takes five answers', () => {
    const urls = createResponseUrls();
    const id = idOf(urls.handOut(place));
    for (let use = 1; use <= 5; use += 1) {
      expect(urls.find(id)?.target).toBe(place.target);
      urls.used(id);
    }
    expect(urls.find(id)).toBeNull();
  });
  test('takes them for half an hour', () => {
    const { now, pass } = clock();
    const urls = createResponseUrls(now);
    const id = idOf(urls.handOut(place));
    pass(30 * 60);
    expect(urls.find(id)?.user).toBe('U1');
    pass(1);
    expect(urls.find(id)).toBeNull();
  });
});

describe('A rate limit', () => {
  const post = 'chat.postMessage';
  test('lets a message a second into a channel after a few at once, and others into other channels', () => {
    const { now, pass } = clock();
    const rates = createRates(now);
    expect([1, 2, 3, 4].map(() => rates.take(post, 'C1'))).toEqual([null, null, null, null]);
    expect(rates.take(post, 'C1')).toBe(1);
    expect(rates.take(post, 'C2')).toBeNull();
    pass(1);
    expect(rates.take(post, 'C1')).toBeNull();
    expect(rates.take(post, 'C1')).toBe(1);
  });
  test.each([
    ['chat.update', 50],
    ['conversations.history', 50],
    ['views.open', 100],
    ['users.list', 20],
  ])('lets %s be called %i times a minute', (method, times) => {
    const { now, pass } = clock();
    const rates = createRates(now);
    for (let call = 0; call < times; call += 1) expect(rates.take(method, 'C1')).toBeNull();
    const wait = rates.take(method, 'C1') ?? 0;
    expect(wait).toBe(Math.ceil(60 / times));
    pass(wait);
    expect(rates.take(method, 'C1')).toBeNull();
  });
  test('can be switched off', () => {
    const rates = createRates();
    rates.on = false;
    expect(Array.from({ length: 200 }, () => rates.take(post, 'C1')).every((wait) => wait === null)).toBe(
      true,
    );
  });
});
