import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

import type { MasterDataKind } from '../../domain/master-data.ts';
import { AccountingFailure } from '../failure.ts';
import type { ChangeCall, ChangeCalls } from '../port.ts';
import { query, type Client } from './client.ts';
import { parseJson } from './failures.ts';
import { selectOf, subscriptionSchema } from './schemas.ts';

/** The topics that are master data (picqer WebhookSubscription.php; GLAccounts from the text of the vendor's reference). */
const kindOfTopic: Record<string, MasterDataKind> = {
  Accounts: 'relation',
  BankAccounts: 'bank-account',
  Items: 'item',
  GLAccounts: 'gl-account',
};

/** The vendor names no time zone; a moment without one is taken for UTC, so it may be off by hours. */
const contentSchema = z.object({
  Topic: z.string(),
  Division: z.int(),
  EventCreatedOn: z.iso.datetime({ local: true }).nullable().catch(null),
});

/**
 * `{"Content":{…},"HashCode":"HEX"}`: the code is the upper-case HMAC-SHA256 of the Content as it stands in the body, never
 * of JSON that was written anew (picqer Webhook/Authenticatable.php).
 */
export function createChangeCalls(secret: string): ChangeCalls {
  return {
    read(body): ChangeCall {
      const [, content, code] = /^\s*\{"Content":(.*),"HashCode":"([0-9A-F]{64})"\}\s*$/s.exec(body) ?? [];
      if (content === undefined || code === undefined) return { says: 'forged' };
      const expected = createHmac('sha256', secret).update(content).digest();
      if (!timingSafeEqual(Buffer.from(code, 'hex'), expected)) return { says: 'forged' };
      const { data } = contentSchema.safeParse(parseJson(content));
      const kind = data && kindOfTopic[data.Topic];
      if (!kind) return { says: 'nothing' };
      // The content names the row and the moment, so two changes of one row are two.
      const id = createHash('sha256').update(content).digest('hex');
      const { EventCreatedOn: created } = data;
      const at = created === null ? null : new Date(`${created.replace(/Z$/, '')}Z`).toISOString();
      return { says: 'changed', call: { id, company: String(data.Division), kind, at } };
    },
  };
}

const endpoint = 'webhooks/WebhookSubscriptions';

export interface Subscription {
  division: number;
  callbackUrl: string;
  /** Id of the app: the subscriptions of others are none of our business. */
  clientId: string;
  signal?: AbortSignal | undefined;
}

/**
 * Subscribes to every topic that is not subscribed to yet. There is one subscription per topic, company and app, and it
 * cannot be changed (exactonline-api-dotnet-client pull 63), so one that calls another address is replaced. A topic that
 * is refused keeps none of the others back.
 * @throws AccountingFailure
 */
export async function subscribe(client: Client, subscription: Subscription): Promise<void> {
  const { division, callbackUrl, clientId, signal } = subscription;
  const request = { division, endpoint, query: query({ $select: selectOf(subscriptionSchema) }), signal };
  const own = [];
  for await (const { rows } of client.pages(request, subscriptionSchema))
    own.push(...rows.filter(({ ClientID }) => ClientID === null || bare(ClientID) === bare(clientId)));

  let refusal: AccountingFailure | null = null;
  for (const Topic of Object.keys(kindOfTopic)) {
    const former = own.filter((one) => one.Topic === Topic);
    if (former.some(({ CallbackURL }) => CallbackURL === callbackUrl)) continue;
    try {
      for (const { ID } of former)
        await client.change({
          division,
          endpoint: `${endpoint}(guid'${ID}')`,
          query: '',
          method: 'DELETE',
          signal,
        });
      const body = { CallbackURL: callbackUrl, Topic };
      await client.change({ division, endpoint, query: '', method: 'POST', body, signal });
    } catch (error) {
      if (!(error instanceof AccountingFailure) || !concernsTopic(error)) throw error;
      refusal = error;
    }
  }
  if (refusal) throw refusal;
}

const concernsTopic = ({ meaning }: AccountingFailure) =>
  meaning.about === 'reply' || meaning.about === 'right';

/** A GUID comes with braces or without. */
const bare = (id: string) => id.replaceAll(/[{}]/g, '').toLowerCase();
