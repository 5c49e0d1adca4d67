import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { listPage, plainPage } from './lists.ts';
import { rowJson, type Shape } from './odata.ts';
import { badRequest, notFound, Refusal } from '../refusal.ts';
import type { Answer, Call } from './resources.ts';
import { rowListOf } from '../books/row-list.ts';
import type { Webhook } from '../state-schema.ts';
import type { StateStore } from '../state.ts';
import type { WebhookPost } from './webhook-post.ts';

/** Topics that clients know: picqer, pionect.nl, django-exact, and GLAccounts from the text of the reference. */
const topics = [
  'Accounts',
  'BankAccounts',
  'Contacts',
  'CostTransactions',
  'DocumentAttachments',
  'Documents',
  'FinancialTransactions',
  'GLAccounts',
  'GoodsDeliveries',
  'Items',
  'ProjectPlanning',
  'PurchaseOrders',
  'Quotations',
  'SalesInvoices',
  'SalesOrders',
  'StockPositions',
  'TimeTransactions',
];

export interface Webhooks {
  /** `webhooks/WebhookSubscriptions`: GET, POST and DELETE. @throws Refusal */
  answer(call: Call, key: string | null): Answer;
}

const bodySchema = z.object({ CallbackURL: z.string(), Topic: z.string() });

/** The subscriptions of an app. PUT is refused, as the vendor does (dotnet client, pull 63). */
export function createWebhooks(deps: { store: StateStore; clock: Clock; post: WebhookPost }): Webhooks {
  const own = (call: Call) =>
    deps.store.state.webhooks.filter((one) => one.app === call.app && one.division === call.division);
  return {
    answer(call, key) {
      if (call.method === 'POST') return { status: 201, body: { d: subscribe(call, deps) } };
      if (call.method === 'DELETE') return end(own(call), key, deps.store);
      if (call.method !== 'GET') throw new Refusal(405, 'The method is not allowed.');
      const rows = own(call).map(toRow);
      const asked = { size: plainPage, key: 'ID', shape: shapeOf(call), repeat: false } as const;
      return { status: 200, body: listPage(rowListOf(rows), call, asked) };
    },
  };
}

/**
 * Notes the subscription; its CallbackURL gets an empty POST afterwards (seen live: hookdeck/webhook-skills pull 152).
 * One per topic, company and app (second-hand); the words and the status of the refusals are assumed.
 */
function subscribe(
  call: Call,
  { store, clock, post }: { store: StateStore; clock: Clock; post: WebhookPost },
): object {
  const { data } = bodySchema.safeParse(call.body);
  if (!data) throw badRequest('CallbackURL and Topic are mandatory.');
  const topic = topics.find((one) => one.toLowerCase() === data.Topic.toLowerCase());
  if (!topic) throw badRequest(`Invalid: Topic '${data.Topic}' does not exist.`);
  if (!mayBeCalled(data.CallbackURL)) throw badRequest('Invalid: CallbackURL must be an https address.');
  const webhook: Webhook = {
    id: randomUUID(),
    app: call.app,
    user: call.person.userName,
    division: call.division,
    topic,
    callbackUrl: data.CallbackURL,
    createdAt: clock.now(),
    validated: false,
  };
  const same = (one: Webhook) =>
    one.app === webhook.app && one.division === webhook.division && one.topic === topic;
  if (store.state.webhooks.some(same)) {
    throw badRequest(`Invalid: there is a subscription to ${topic} already.`);
  }
  store.change((state) => state.webhooks.push(webhook));
  post.validate(webhook);
  return rowJson(toRow(webhook), shapeOf(call), null);
}

function end(own: readonly Webhook[], key: string | null, store: StateStore): Answer {
  if (!own.some(({ id }) => id === key)) throw notFound('Resource not found.');
  store.change((state) => {
    state.webhooks = state.webhooks.filter(({ id }) => id !== key);
  });
  return { status: 204, body: null };
}

/** "Webhooks will only work with SSL" (pionect.nl); addresses of this machine are allowed besides. */
function mayBeCalled(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname));
}

/** Fields: vendor's reference. */
function toRow(webhook: Webhook) {
  return {
    ID: webhook.id,
    CallbackURL: webhook.callbackUrl,
    ClientID: webhook.app,
    Created: new Date(webhook.createdAt),
    Division: webhook.division,
    Topic: webhook.topic,
    Timestamp: 0,
  };
}

function shapeOf(call: Call): Shape {
  return {
    address: `${call.base}/api/v1/${call.division}/webhooks/WebhookSubscriptions`,
    type: 'Exact.Web.Api.Models.WebhookSubscription',
    hidden: ['Timestamp'],
    key: (row) => `guid'${String(row['ID'])}'`,
  };
}
