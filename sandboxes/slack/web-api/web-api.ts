import type { Call, Calls } from '../calls.ts';
import { methods } from './methods.ts';
import type { Happening, Misfortunes } from '../misfortunes.ts';
import type { Rates } from './rates.ts';
import { isObject } from '../rules/check.ts';
import { sizes } from '../rules/table.ts';
import { refusedMessage, refusedView, type Refusal } from '../rules/whole.ts';
import type { Triggers } from './triggers.ts';
import { localApp } from '../local/workspace.ts';
import type { Channel, WorkspaceState } from '../workspace-state.ts';

export type Args = Record<string, unknown>;

export interface WebApiDeps {
  /** The local Slack. */
  target: string;
  state: WorkspaceState;
  rates: Rates;
  triggers: Triggers;
  misfortunes: Misfortunes;
  calls: Calls;
  /** The address of a new socket for the app. */
  openSocket: () => string;
}

/** What the app gets: an answer, or what a broken network leaves of one. */
export type Outcome =
  { status: number; headers?: Record<string, string>; body: unknown } | 'hang' | 'lose-answer';

/** One call of the Web API: refused as Slack would, else answered by the local Slack. */
export function createWebApi(deps: WebApiDeps) {
  const { state, rates, triggers, misfortunes, calls } = deps;

  return async function call(method: string, args: Args, token: string | undefined): Promise<Outcome> {
    const place = await placeOf(method, args, state);
    const noted = (outcome: string, { messages, posted }: { messages?: unknown; posted?: Posted } = {}) =>
      calls.note({
        method,
        channel: place.channelId ?? null,
        user: place.user ?? null,
        outcome,
        ...(Array.isArray(messages) && { messages: messages as string[] }),
        ...(posted && { posted }),
      });
    const refuse = (refusal: Refusal): Outcome => {
      const told = isObject(refusal['response_metadata'])
        ? refusal['response_metadata']['messages']
        : undefined;
      noted(refusal.error, { messages: told });
      return { status: 200, body: { ok: false, ...refusal } };
    };

    const unauthorised = refusedToken(method, token, state);
    if (unauthorised) return refuse({ error: unauthorised });
    const misfortune = misfortunes.meet({ method, channel: place.channelId, user: place.user });
    if (misfortune && !isLostAnswer(misfortune)) {
      const outcome = suffer(misfortune);
      noted(wordFor(misfortune));
      return outcome;
    }
    const wait = rates.take(method, place.channelId);
    if (wait !== null) {
      noted('ratelimited');
      return rateLimited(wait);
    }
    const refusal =
      refusedScope(method, place.channel, state) ??
      refusedArguments(method, args) ??
      (await refusedPlace(method, args, place, deps)) ??
      refusedTrigger(method, args, triggers);
    if (refusal) return refuse(refusal);

    const body =
      method === 'apps.connections.open' ? opened(deps) : await forward(deps.target, method, args, token);
    if (body['ok'] === true && opensModal(method)) triggers.used(args['trigger_id']);
    const lost = misfortune !== null;
    const posted = method === 'chat.postMessage' ? postedBy(args, body) : undefined;
    noted(lost ? 'answer lost' : body['ok'] === true ? 'ok' : String(body['error']), {
      ...(posted && { posted }),
    });
    if (lost) return 'lose-answer';
    const scopes = { 'x-oauth-scopes': [...state.changes.scopes].join(',') };
    return { status: 200, headers: scopes, body: withoutEphemeral(method, body) };
  };
}

type Posted = NonNullable<Call['posted']>;

function postedBy(args: Args, { ok, ts }: Record<string, unknown>): Posted | undefined {
  if (ok !== true || typeof ts !== 'string') return undefined;
  const isReply = typeof args['thread_ts'] === 'string';
  const alsoInChannel = isReply && String(args['reply_broadcast']) === 'true';
  const text = typeof args['text'] === 'string' ? args['text'] : '';
  return { ts, text, isReply, alsoInChannel };
}

interface Place {
  channelId: string | undefined;
  channel: Channel | undefined;
  user: string | undefined;
}

/** Whom and what a call is about. A person's id as the channel of a message is their direct messages with the app. */
async function placeOf(method: string, args: Args, state: WorkspaceState): Promise<Place> {
  const given = (name: string) =>
    typeof args[name] === 'string' && args[name] !== '' ? args[name] : undefined;
  const named = given('channel');
  const isPerson = named !== undefined && named.startsWith('U') && method === 'chat.postMessage';
  const channel = isPerson ? await state.directChannelOf(named) : named && (await state.channel(named));
  const partner =
    channel && channel.is_im ? channel.members.find((id) => id !== localApp.botUserId) : undefined;
  const user = given('user_id') ?? given('user') ?? given('users')?.split(',')[0] ?? partner;
  return {
    channelId: channel ? channel.id : named,
    channel: channel || undefined,
    user: user ?? (isPerson ? named : undefined),
  };
}

/** https://docs.slack.dev/authentication/tokens */
function refusedToken(method: string, token: string | undefined, state: WorkspaceState): string | null {
  if (!token) return 'not_authed';
  if (token !== localApp.botToken && token !== localApp.appToken) return 'invalid_auth';
  const wanted = method === 'apps.connections.open' ? localApp.appToken : localApp.botToken;
  if (token !== wanted) return 'not_allowed_token_type';
  return state.changes.revoked && token === localApp.botToken ? 'token_revoked' : null;
}

function refusedScope(method: string, channel: Channel | undefined, state: WorkspaceState): Refusal | null {
  const wanted = methods[method]?.scopes;
  if (!wanted) return null;
  const { scopes } = state.changes;
  const any = Array.isArray(wanted)
    ? (wanted as readonly string[])
    : channel
      ? [(wanted as Record<string, string>)[state.kindOf(channel)] ?? '']
      : Object.values(wanted as Record<string, string>);
  if (any.some((scope) => scopes.has(scope))) return null;
  return { error: 'missing_scope', needed: any.join(','), provided: [...scopes].join(',') };
}

function refusedArguments(method: string, args: Args): Refusal | null {
  if (method === 'views.open' || method === 'views.push' || method === 'views.update')
    return refusedView(args['view'], 'modal');
  if (method === 'views.publish') return refusedView(args['view'], 'home');
  if (!['chat.postMessage', 'chat.update', 'chat.postEphemeral'].includes(method)) return null;
  const { text, blocks, attachments } = args;
  const isEmpty = (value: unknown) =>
    value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if ([text, blocks, attachments].every(isEmpty)) return { error: 'no_text' };
  if (Array.isArray(attachments) && attachments.length > sizes.attachments)
    return { error: 'too_many_attachments' };
  if (method === 'chat.update' && typeof text === 'string' && text.length > sizes.editedText)
    return { error: 'msg_too_long' };
  return refusedMessage(args);
}

async function refusedPlace(
  method: string,
  args: Args,
  { channelId, channel, user }: Place,
  { state, target }: WebApiDeps,
): Promise<Refusal | null> {
  const { archived, left, disabled } = state.changes;
  const needs = methods[method]?.inChannel;
  if (needs) {
    if (!channelId) return { error: 'channel_not_found' };
    if (method === 'chat.postMessage' && channelId.startsWith('U') && (await state.isUser(channelId)))
      return null;
    if (!channel) return { error: 'channel_not_found' };
    // A private channel one is not in is as good as none: the page of chat.postMessage.
    const isOutside = left.has(channel.id) || !channel.members.includes(localApp.botUserId);
    if (isOutside && channel.is_private) return { error: 'channel_not_found' };
    if (isOutside && needs === 'member') return { error: 'not_in_channel' };
    const isWriting = method.startsWith('chat.') && method !== 'chat.getPermalink';
    // Assumed: the direct messages of a person who was disabled are as an archived channel.
    const isClosed = archived.has(channel.id) || (channel.is_im && user !== undefined && disabled.has(user));
    if (isClosed && isWriting) return { error: 'is_archived' };
    if (method === 'chat.postEphemeral' && !(user && channel.members.includes(user) && !disabled.has(user)))
      return { error: 'user_not_in_channel' };
    if (method === 'chat.update' || method === 'chat.delete')
      return refusedEdit(method, args, channel.id, target);
  }
  if (method === 'conversations.open' && args['channel'] === undefined) {
    if (!user) return { error: 'users_list_not_supplied' };
    if (!(await state.isUser(user))) return { error: 'user_not_found' };
    if (user === localApp.botUserId) return { error: 'cannot_dm_bot' };
    if (disabled.has(user)) return { error: 'user_disabled' };
  }
  return null;
}

/** An ephemeral message cannot be reached by the API, somebody else's cannot be edited. */
async function refusedEdit(
  method: string,
  args: Args,
  channel: string,
  target: string,
): Promise<Refusal | null> {
  const response = await fetch(`${target}/_control/messages/${channel}`);
  const { messages } = (await response.json()) as { messages: Record<string, unknown>[] };
  const message = messages.find(({ ts }) => ts === args['ts']);
  if (!message || message['subtype'] === 'ephemeral') return { error: 'message_not_found' };
  if (message['user'] === localApp.botUserId) return null;
  return { error: method === 'chat.update' ? 'cant_update_message' : 'cant_delete_message' };
}

const opensModal = (method: string) => method === 'views.open' || method === 'views.push';

function refusedTrigger(method: string, args: Args, triggers: Triggers): Refusal | null {
  const error = opensModal(method) ? triggers.refused(args['trigger_id']) : null;
  return error ? { error } : null;
}

const isLostAnswer = (happening: Happening) =>
  'connection' in happening && happening.connection === 'lose-answer';

/** What the app gets instead of an answer. */
export function suffer(happening: Happening): Outcome {
  if ('error' in happening) return { status: 200, body: { ok: false, error: happening.error } };
  if ('status' in happening)
    return { status: happening.status, headers: { 'content-type': 'text/plain' }, body: '' };
  if ('rateLimited' in happening) return rateLimited(happening.rateLimited.retryAfter);
  return 'hang';
}

/** What the log of calls says of it. */
export function wordFor(happening: Happening): string {
  if ('error' in happening) return happening.error;
  if ('status' in happening) return `http ${happening.status}`;
  if ('rateLimited' in happening) return 'ratelimited';
  return happening.connection === 'hang' ? 'hung' : 'answer lost';
}

function rateLimited(seconds: number | null): Outcome {
  return {
    status: 429,
    ...(seconds !== null && { headers: { 'retry-after': `${seconds}` } }),
    body: { ok: false, error: 'ratelimited' },
  };
}

function opened({ openSocket }: WebApiDeps): Record<string, unknown> {
  return { ok: true, url: openSocket() };
}

async function forward(
  target: string,
  method: string,
  args: Args,
  token: string | undefined,
): Promise<Record<string, unknown>> {
  const { token: _token, text, ...rest } = args;
  const isCut = method === 'chat.postMessage' && typeof text === 'string' && text.length > sizes.postedText;
  const response = await fetch(`${target}/api/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({
      ...rest,
      ...(text !== undefined && { text: isCut ? text.slice(0, sizes.postedText) : text }),
    }),
  });
  const body = (await response.json()) as Record<string, unknown>;
  return isCut
    ? { ...body, warning: 'message_truncated', response_metadata: { warnings: ['message_truncated'] } }
    : body;
}

/** "Only visible to you" is in no history. */
function withoutEphemeral(method: string, body: Record<string, unknown>): Record<string, unknown> {
  const isHistory = method === 'conversations.history' || method === 'conversations.replies';
  if (!isHistory || !Array.isArray(body['messages'])) return body;
  const messages = (body['messages'] as Record<string, unknown>[]).filter(
    ({ subtype }) => subtype !== 'ephemeral',
  );
  return { ...body, messages };
}
