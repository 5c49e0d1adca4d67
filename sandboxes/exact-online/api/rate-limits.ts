import type { Clock } from '../clock.ts';
import { Refusal } from '../refusal.ts';
import type { StateStore } from '../state.ts';

const minute = 60_000;
const day = 86_400_000;

export interface RateLimits {
  /**
   * Counts one call of an app in a company and gives the headers for its answer.
   * @throws Refusal 429; on a used-up minute only the minutely headers come, on a used-up day only the daily ones
   */
  count(app: string, division: number): Record<string, string>;
}

/**
 * The budgets per app and company: clock minutes and UTC days (vendor's page "API limits"; the log in picqer issue 646
 * shows a day that ends at 02:00 in Dutch summer time). They are part of the kept state.
 */
export function createRateLimits(deps: {
  perMinute: number;
  perDay: number;
  clock: Clock;
  store: StateStore;
}): RateLimits {
  const { perMinute, perDay, clock, store } = deps;
  return {
    count(app, division) {
      const now = clock.now();
      const key = `${app}/${division}`;
      const before = store.state.budgets[key] ?? { minute: 0, inMinute: 0, day: 0, inDay: 0 };
      const thisMinute = Math.floor(now / minute);
      const thisDay = Math.floor(now / day);
      const inMinute = before.minute === thisMinute ? before.inMinute : 0;
      const inDay = before.day === thisDay ? before.inDay : 0;
      const minutely = {
        'x-ratelimit-minutely-limit': String(perMinute),
        'x-ratelimit-minutely-remaining': String(Math.max(0, perMinute - inMinute - 1)),
        'x-ratelimit-minutely-reset': String((thisMinute + 1) * minute),
      };
      const daily = {
        'x-ratelimit-limit': String(perDay),
        'x-ratelimit-remaining': String(Math.max(0, perDay - inDay - 1)),
        'x-ratelimit-reset': String((thisDay + 1) * day),
      };
      const forced = store.state.rateLimit;
      if (forced === 'day' || inDay >= perDay) throw tooMany({ ...daily, 'x-ratelimit-remaining': '0' });
      if (forced === 'minute' || inMinute >= perMinute) {
        throw tooMany({ ...minutely, 'x-ratelimit-minutely-remaining': '0' });
      }
      store.changeSoon(({ budgets }) => {
        budgets[key] = { minute: thisMinute, inMinute: inMinute + 1, day: thisDay, inDay: inDay + 1 };
      });
      return { ...daily, ...minutely };
    },
  };
}

function tooMany(headers: Record<string, string>): Refusal {
  return new Refusal(429, 'Too Many Requests', headers);
}
