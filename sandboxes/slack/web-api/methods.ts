/**
 * The methods of Slack's Web API that are watched: what they need and how often they may be called. Every other method
 * passes to the local Slack as it is.
 */
export interface Method {
  /** Any of these; by the kind of the channel where it matters. None: any token will do. */
  scopes?: readonly string[] | Record<ChannelKind, string>;
  /** Calls a minute, per method and app; null where the limit is of another kind. */
  perMinute: number | null;
  /** Works on a channel that must be there, and (unless it says otherwise) in which the app must be. */
  inChannel?: 'member' | 'visible';
}

export type ChannelKind = 'public' | 'private' | 'direct';

// https://docs.slack.dev/apis/web-api/rate-limits; the tier of each method stands on its own page, and in
// github.com/slackapi/java-slack-sdk, metadata/web-api/rate_limit_tiers.json.
const tier2 = 20;
const tier3 = 50;
const tier4 = 100;
const hundreds = 600;

const read = { public: 'channels:read', private: 'groups:read', direct: 'im:read' };
const history = { public: 'channels:history', private: 'groups:history', direct: 'im:history' };
const manage = { public: 'channels:manage', private: 'groups:write', direct: 'im:write' };

/** Scopes: the page of each method, https://docs.slack.dev/reference/methods/NAME */
export const methods: Record<string, Method> = {
  'auth.test': { perMinute: hundreds },
  // Published as tier 1 and, elsewhere, tier 3: the kinder one, as several processes of an app start at once here.
  'apps.connections.open': { perMinute: tier3 },
  // About one a second and channel, "several hundred" a minute: rates.ts.
  'chat.postMessage': { scopes: ['chat:write'], perMinute: null, inChannel: 'member' },
  'chat.update': { scopes: ['chat:write'], perMinute: tier3, inChannel: 'member' },
  'chat.delete': { scopes: ['chat:write'], perMinute: tier3, inChannel: 'member' },
  'chat.postEphemeral': { scopes: ['chat:write'], perMinute: tier4, inChannel: 'member' },
  'chat.getPermalink': { perMinute: hundreds, inChannel: 'visible' },
  'conversations.open': { scopes: ['im:write'], perMinute: tier3 },
  'conversations.create': { scopes: ['channels:manage', 'groups:write'], perMinute: tier2 },
  'conversations.archive': { scopes: manage, perMinute: tier2, inChannel: 'member' },
  'conversations.history': { scopes: history, perMinute: tier3, inChannel: 'member' },
  'conversations.replies': { scopes: history, perMinute: tier3, inChannel: 'member' },
  'conversations.info': { scopes: read, perMinute: tier3, inChannel: 'visible' },
  'conversations.members': { scopes: read, perMinute: tier4, inChannel: 'visible' },
  'conversations.list': { scopes: ['channels:read', 'groups:read', 'im:read'], perMinute: tier2 },
  'users.list': { scopes: ['users:read'], perMinute: tier2 },
  'users.info': { scopes: ['users:read'], perMinute: tier4 },
  'users.lookupByEmail': { scopes: ['users:read.email'], perMinute: tier3 },
  'views.open': { perMinute: tier4 },
  'views.push': { perMinute: tier4 },
  'views.update': { perMinute: tier4 },
  'views.publish': { perMinute: tier4 },
};

/** The scopes of the published manifest (docs/slack-app.md). */
export const grantedScopes = [
  'commands',
  'chat:write',
  'im:write',
  'channels:history',
  'groups:history',
  'im:history',
] as const;
