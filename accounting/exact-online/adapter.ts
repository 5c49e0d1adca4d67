import { masterDataKinds } from '../../domain/master-data.ts';
import type { KindFinding } from '../../domain/verification/verification.ts';
import type { CallBudget } from '../budget.ts';
import { AccountingFailure } from '../failure.ts';
import { createOAuthClient, type OAuthClient } from '../oauth.ts';
import type { AccountingSession, AccountingSystem, GrantVault } from '../port.ts';
import type { HttpReply } from '../http.ts';
import { describeUnknown, type UnknownReplies } from '../unknown-replies.ts';
import { createCalls, unlimited, type CallLimits } from './calls.ts';
import { createClient } from './client.ts';
import { listCompanies } from './companies.ts';
import { createDeletionLogs, type DeletionLog } from './deletion-log.ts';
import { tokenFailure } from './failures.ts';
import { endpoints } from './master-data.ts';
import { readModifiedFeed } from './modified-feed.ts';
import { createMoveDates, type MoveDates } from './move-dates.ts';
import { createPurchaseBookings } from './purchase-entries.ts';
import { createRightsCheck, type RightsCheck } from './rights.ts';
import { createSignIn } from './sign-in.ts';
import { readSyncFeed } from './sync-feed.ts';
import { createAccessTokens, type AskedOutright } from './tokens.ts';
import { createChangeCalls, subscribe } from './webhooks.ts';
import { exactOnlineScreens } from './screens.ts';
import { identity, readMe } from './who-am-i.ts';

export interface ExactOnlineOptions {
  /** `https://start.exactonline.nl`, or that of another country; http only for a server on this machine. */
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  /** Where calls are counted; without it only Exact Online itself says when it is enough. */
  budget?: CallBudget;
  /** What holds until the headers of a reply say otherwise. */
  limits?: Partial<CallLimits>;
  /** How Exact Online calls us when something changed: the app's webhook secret, and our address. Without it, never. */
  webhooks?: { secret: string; callbackUrl: string } | null;
  /** Where answers are kept that nobody understands. */
  unknownReplies?: UnknownReplies;
  /** How long an answer of the API may take, in milliseconds. @default 30000 */
  timeoutMs?: number;
  /** @default the time of day */
  now?: () => Date;
}

/**
 * Exact Online through its REST API.
 *
 * @example
 * const system = createExactOnline({ baseUrl: 'https://start.exactonline.nl', clientId, clientSecret });
 */
export function createExactOnline(options: ExactOnlineOptions): AccountingSystem {
  const { clientId, clientSecret, now = () => new Date() } = options;
  const baseUrl = options.baseUrl.replace(/(?<!\/)\/+$/, '');
  const oauth = createOAuthClient({
    authorization_endpoint: `${baseUrl}/api/oauth2/auth`,
    token_endpoint: `${baseUrl}/api/oauth2/token`,
    client_id: clientId,
    client_secret: clientSecret,
    allowHttp: new URL(baseUrl).protocol === 'http:',
    refusal: (reply) => tokenFailure(reply, now()),
    unknown: (reply, failure) => keepTokenReply(options.unknownReplies, { baseUrl, reply, failure }),
  });
  const rights = createRightsCheck();
  const moves = createMoveDates(now);
  const askedOutright: AskedOutright = new Map();
  const openDeletionLog = createDeletionLogs(loggedTypes, now);
  return {
    id: 'exact-online',
    name: 'Exact Online',
    signIn: createSignIn({ oauth, now }),
    screens: exactOnlineScreens,
    ...(options.webhooks && { changeCalls: createChangeCalls(options.webhooks.secret) }),
    open: (vault) =>
      createSession({
        ...options,
        baseUrl,
        oauth,
        vault,
        rights,
        moves,
        askedOutright,
        openDeletionLog,
        now,
      }),
  };
}

/** That it could not be kept must not hide what happened. */
async function keepTokenReply(
  unknownReplies: UnknownReplies | undefined,
  { baseUrl, reply, failure }: { baseUrl: string; reply: HttpReply; failure: AccountingFailure },
): Promise<void> {
  const described = describeUnknown({
    system: 'exact-online',
    method: 'POST',
    url: new URL(`${baseUrl}/api/oauth2/token`),
    status: reply.status,
    reason: reply.headers.get('reason'),
    why: failure.message,
    text: reply.text,
  });
  await unknownReplies?.keep(described).catch(() => undefined);
}

interface SessionDeps extends ExactOnlineOptions {
  oauth: OAuthClient;
  vault: GrantVault;
  rights: RightsCheck;
  moves: MoveDates;
  askedOutright: AskedOutright;
  openDeletionLog: () => DeletionLog;
  now: () => Date;
}

function createSession(deps: SessionDeps): AccountingSession {
  const { baseUrl, clientId, oauth, vault, rights, moves, webhooks, budget, limits, unknownReplies, now } =
    deps;
  const calls = budget ? createCalls(budget, { app: clientId, user: vault.id, limits }) : unlimited;
  const refreshTokenGrant = async (refreshToken: string) => {
    await calls.beforeToken();
    return oauth.refreshTokenGrant(refreshToken);
  };
  const tokens = createAccessTokens({ vault, refreshTokenGrant, now, askedOutright: deps.askedOutright });
  const client = createClient({ baseUrl, tokens, now, calls, unknownReplies, timeoutMs: deps.timeoutMs });
  const deletions = deps.openDeletionLog();
  return {
    whoAmI: async (signal) => identity(await readMe(client, signal)),
    companies: (signal) => listCompanies(client, moves, signal),
    // A module that a licence lacks shows per company, as a missing right; there is no list of it per environment.
    kinds: async () => masterDataKinds,
    tellsDeletions: masterDataKinds.filter((kind) => endpoints[kind].entityType !== null),
    async *read({ company, kind, checkpoint, signal }) {
      const endpoint = endpoints[kind];
      const feed = endpoint.entityType === null ? readModifiedFeed : readSyncFeed;
      const division = divisionOf(company.externalId);
      yield* feed({ client, rights, moves, deletions, division, endpoint, checkpoint, now, signal });
    },
    async rights({ company, kinds, signal }) {
      const division = divisionOf(company.externalId);
      const findings: KindFinding[] = [];
      for (const kind of kinds)
        findings.push(await rights.find(kind, { client, division, endpoint: endpoints[kind], now, signal }));
      return findings;
    },
    ...(webhooks && {
      subscribe: (company, signal) =>
        subscribe(client, {
          division: divisionOf(company.externalId),
          callbackUrl: webhooks.callbackUrl,
          clientId,
          signal,
        }),
    }),
    keepAlive: () => tokens.keepAlive(),
    purchaseBookings: createPurchaseBookings({ client, rights, now, divisionOf }),
  };
}

/** What the log of deletions is asked for. */
const loggedTypes = Object.values(endpoints).flatMap(({ entityType }) => entityType ?? []);

function divisionOf(externalId: string): number {
  if (/^\d+$/.test(externalId)) return Number(externalId);
  throw new AccountingFailure(
    { about: 'reply' },
    'a company of Exact Online goes by its division code, a number',
  );
}
