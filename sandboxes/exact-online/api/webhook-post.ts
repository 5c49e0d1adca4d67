import { createHmac } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Kind } from '../books/kinds.ts';
import type { RowChange, Webhook } from '../state-schema.ts';
import type { StateStore } from '../state.ts';

/** One POST to a CallbackURL, as `GET /control/webhooks` tells it. */
export interface Delivery {
  at: string;
  to: string;
  /** `validation` for the empty POST after a subscription. */
  topic: string;
  action: string;
  key: string | null;
  /** Null: it was lost, or nobody answered. */
  status: number | null;
}

export interface WebhookPost {
  /** Sends the empty POST of a new subscription; what is not answered with 2xx gets no deliveries. */
  validate(webhook: Webhook): void;
  /** Tells the subscriptions of this topic about rows. */
  notify(division: number, kind: Kind, action: RowChange['action'], keys: readonly string[]): void;
  /** The newest first. */
  last(): Delivery[];
  close(): void;
}

/** `Delete` is assumed; the other two were seen (picqer, hookdeck/webhook-skills pull 152). */
const actions = { add: 'Create', change: 'Update', delete: 'Delete', move: null };
const kept = 100;

/**
 * The posts to CallbackURLs, one after the other and each tried once: how often the vendor tries again is not known.
 */
export function createWebhookPost(deps: {
  store: StateStore;
  clock: Clock;
  secret: string;
  base: () => string;
}): WebhookPost {
  const { store, clock } = deps;
  const deliveries: Delivery[] = [];
  const closed = new AbortController();
  let queue = Promise.resolve();

  const send = (to: string, body: string, about: Pick<Delivery, 'topic' | 'action' | 'key'>) => {
    const lost = about.topic !== 'validation' && store.state.webhooksLost;
    return (lost ? Promise.resolve(null) : post(to, body, closed.signal)).then((status) => {
      deliveries.push({ at: new Date(clock.now()).toISOString(), to, ...about, status });
      if (deliveries.length > kept) deliveries.shift();
      return status;
    });
  };
  const later = (work: () => Promise<void>) => {
    queue = queue.then(() => (closed.signal.aborted ? undefined : work()));
  };

  return {
    validate: ({ id, callbackUrl }) =>
      later(async () => {
        const status = await send(callbackUrl, '', { topic: 'validation', action: 'Validate', key: null });
        if (status === null || status < 200 || status > 299) return;
        store.change((state) => {
          for (const one of state.webhooks) if (one.id === id) one.validated = true;
        });
      }),
    notify(division, kind, action, keys) {
      const name = actions[action];
      if (kind.topic === null || name === null) return;
      for (const key of keys) {
        later(async () => {
          const heard = store.state.webhooks.filter(
            (one) => one.division === division && one.topic === kind.topic && one.validated,
          );
          for (const webhook of heard) {
            const body = envelope({ webhook, kind, action: name, key }, deps);
            await send(webhook.callbackUrl, body, { topic: webhook.topic, action: name, key });
          }
        });
      }
    },
    last: () => deliveries.toReversed(),
    close: () => closed.abort(),
  };
}

/**
 * `{"Content":{…},"HashCode":"HEX"}`; the code is the upper-case HMAC-SHA256 of the Content as it stands in the body
 * (picqer Webhook/Authenticatable.php; seen live: hookdeck/webhook-skills pull 152).
 */
function envelope(
  about: { webhook: Webhook; kind: Kind; action: string; key: string },
  { clock, secret, base }: { clock: Clock; secret: string; base: () => string },
): string {
  const { webhook, kind, action, key } = about;
  const content = JSON.stringify({
    Topic: webhook.topic,
    ClientId: webhook.app,
    Division: webhook.division,
    Action: action,
    Key: key,
    ExactOnlineEndpoint: `${base()}/api/v1/${webhook.division}/${kind.plain}(guid'${key}')`,
    EventCreatedOn: new Date(clock.now()).toISOString(),
  });
  const code = createHmac('sha256', secret).update(content).digest('hex').toUpperCase();
  return `{"Content":${content},"HashCode":"${code}"}`;
}

async function post(to: string, body: string, closed: AbortSignal): Promise<number | null> {
  try {
    const answer = await fetch(to, {
      method: 'POST',
      body,
      headers: body === '' ? {} : { 'content-type': 'application/json' },
      redirect: 'manual',
      signal: AbortSignal.any([closed, AbortSignal.timeout(10_000)]),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return null;
  }
}
