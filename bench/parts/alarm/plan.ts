import { createRandom, type Random } from '@syncuser/exact-online-sandbox';
import type { Misfortune } from '@syncuser/slack-sandbox';

const second = 1_000;

export type PlannedCause = (typeof causes)[number];
const causes = ['consent-withdrawn', 'user-blocked', 'user-inactive', 'no-company-access'] as const;

/** What people do about it before they mend it. */
export type Act = 'takes-it-up' | 'snoozes-for-all' | 'snoozes-for-oneself';

/** What goes wrong besides the login. */
export type Trouble =
  | { what: 'slack'; misfortune: Misfortune }
  | { what: 'closed'; how: 'archive' | 'remove-bot'; channel: string }
  | { what: 'disabled'; user: string }
  | { what: 'odd-answers'; how: string; times: number }
  | { what: 'outage'; forMs: number }
  | { what: 'kill'; afterMs: number };

/** One incident, as it is going to happen. */
export interface PlannedIncident {
  number: number;
  cause: PlannedCause;
  /** How long the login works before it breaks, after the last repair of the same connection. */
  worksForMs: number;
  /** Somebody starts a synchronisation; otherwise the next look at the login finds it. */
  isAskedFor: boolean;
  acts: { what: Act; by: string }[];
  /** How long people take, once they know. */
  mendedAfterMs: number;
  mendedBy: string;
  troubles: Trouble[];
}

/** Whom and what misfortunes may meet. */
export interface Scene {
  channels: readonly string[];
  /** Of everybody who is asked to mend: their ids in the office and in Slack. */
  responders: readonly { id: string; slackUserId: string }[];
}

/** The same incidents for the same seed. */
export function planIncidents(seed: string, count: number, scene: Scene): PlannedIncident[] {
  const random = createRandom(`alarm ${seed}`);
  return Array.from({ length: count }, (_, index) => {
    const cause = random.pick(causes);
    return {
      number: index + 1,
      cause,
      worksForMs: random.chance(0.3)
        ? random.between(500, 3 * second)
        : random.between(3 * second, 8 * second),
      // A look asks who is logged in, and not which companies there are.
      isAskedFor: cause === 'no-company-access' || random.chance(0.7),
      acts: planActs(random, scene),
      mendedAfterMs: random.between(0, 3 * second),
      mendedBy: random.pick(scene.responders).id,
      troubles: [
        ...(random.chance(0.7) ? [planTrouble(random, scene)] : []),
        ...(random.chance(0.2) ? [planOddity(random)] : []),
        // Now and then, in the small bench too.
        ...(index % 20 === 4 ? [{ what: 'kill' as const, afterMs: random.between(0, 4 * second) }] : []),
      ],
    };
  });
}

function planActs(random: Random, { responders }: Scene): PlannedIncident['acts'] {
  const kinds = ['takes-it-up', 'snoozes-for-all', 'snoozes-for-oneself'] as const;
  const count = random.pick([0, 1, 1, 2]);
  return Array.from({ length: count }, () => ({ what: random.pick(kinds), by: random.pick(responders).id }));
}

function planTrouble(random: Random, scene: Scene): Trouble {
  const { channels, responders } = scene;
  if (random.chance(0.25)) {
    if (random.chance(0.4)) return { what: 'disabled', user: random.pick(responders).slackUserId };
    const how = random.pick(['archive', 'remove-bot'] as const);
    return { what: 'closed', how, channel: random.pick(channels) };
  }
  return { what: 'slack', misfortune: planMisfortune(random, scene) };
}

/**
 * Looking for a lost message is never refused: where it is, Syncuser says it twice rather than never, and that is no
 * fault (deliveries/deliveries.ts).
 */
function planMisfortune(random: Random, { channels, responders }: Scene): Misfortune {
  const method = random.pick(['chat.postMessage', 'chat.postMessage', 'chat.postMessage', 'chat.update']);
  const times = random.between(1, 4);
  const where = random.chance(0.3)
    ? {}
    : random.chance(0.5)
      ? { channel: random.pick(channels) }
      : { user: random.pick(responders).slackUserId };
  switch (random.pick(['lost', 'hang', 'status', 'limit', 'error', 'form', 'open'] as const)) {
    case 'lost':
      return { ...where, method, times: 1, then: { connection: 'lose-answer' } };
    case 'hang':
      return { ...where, method, times: random.between(1, 2), then: { connection: 'hang' } };
    case 'status':
      return { ...where, method, times, then: { status: random.pick([500, 502, 503, 504] as const) } };
    case 'limit': {
      const retryAfter = random.pick([null, 1, 2, 5]);
      return { ...where, method, times, then: { rateLimited: { retryAfter } } };
    }
    case 'error': {
      const error = random.pick(['internal_error', 'fatal_error', 'service_unavailable', 'never_heard_of']);
      return { ...where, method, times, then: { error } };
    }
    case 'form':
      return { ...where, method: 'chat.postMessage', times: 1, then: { error: 'invalid_blocks' } };
    case 'open': {
      const { slackUserId: user } = random.pick(responders);
      return { method: 'conversations.open', user, times, then: { status: 503 } };
    }
  }
}

/** Answers of the package that say nothing about a login. */
function planOddity(random: Random): Trouble {
  if (random.chance(0.2)) return { what: 'outage', forMs: random.between(1 * second, 4 * second) };
  const how = random.pick(['refused-401', 'malformed', 'cut-off', 'truncated', 'wrong-shape']);
  return { what: 'odd-answers', how, times: random.between(1, 2) };
}
