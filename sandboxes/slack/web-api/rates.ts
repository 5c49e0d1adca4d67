import { methods } from './methods.ts';

/**
 * How often the app may call (https://docs.slack.dev/apis/web-api/rate-limits). A message: about one a second and channel,
 * several hundred a minute in all; "bursts" are tolerated without a promise, so a few are here. Everything else: so many a
 * minute and method.
 */
const perChannel = { burst: 4, perSecond: 1 };
const perWorkspace = { burst: 60, perSecond: 5 };

export interface Rates {
  /** Counts a call. @returns null, or in how many whole seconds to come again */
  take(method: string, channel: string | undefined): number | null;
  /** Off: everything may be called as often as one likes. */
  on: boolean;
  reset(): void;
}

export function createRates(now: () => number = Date.now): Rates {
  const buckets = new Map<string, { left: number; at: number }>();

  function take(name: string, { burst, perSecond }: { burst: number; perSecond: number }): number | null {
    const moment = now();
    const bucket = buckets.get(name) ?? { left: burst, at: moment };
    const left = Math.min(burst, bucket.left + ((moment - bucket.at) / 1000) * perSecond);
    const enough = left >= 1;
    buckets.set(name, { left: enough ? left - 1 : left, at: moment });
    return enough ? null : Math.max(1, Math.ceil((1 - left) / perSecond));
  }

  const rates: Rates = {
    on: true,
    take(method, channel) {
      if (!rates.on) return null;
      if (method === 'chat.postMessage')
        return take(`${method} ${channel ?? ''}`, perChannel) ?? take(method, perWorkspace);
      const perMinute = methods[method]?.perMinute;
      return perMinute ? take(method, { burst: perMinute, perSecond: perMinute / 60 }) : null;
    },
    reset() {
      buckets.clear();
      rates.on = true;
    },
  };
  return rates;
}
