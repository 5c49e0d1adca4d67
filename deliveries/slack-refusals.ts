import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import type { Refusal, RefusalAbout } from '../domain/deliveries.ts';

/**
 * The one place where Slack's refusals are sorted. Codes and their meanings: docs.slack.dev/reference/methods, of
 * `chat.postMessage`, `chat.update` and `conversations.open`; what follows from them is ours. Only what passes by waiting
 * is tried again at once; the rest waits until somebody mends it.
 */
const codes: Record<Exclude<RefusalAbout, 'passing'>, readonly string[]> = {
  recipient: [
    // The channel, or our place in it.
    'channel_not_found',
    'not_in_channel',
    'is_archived',
    'is_inactive',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'channel_is_limited_access',
    'app_access_restricted',
    // The person.
    'user_not_found',
    'users_not_found',
    'user_not_visible',
    'user_disabled',
    'user_not_in_channel',
    'cannot_dm_bot',
    'invalid_user_combination',
    // What opens a direct message must be ids of people: a wrong one in the office's data.
    'users_list_not_supplied',
    'not_enough_users',
    'too_many_users',
  ],
  message: [
    'msg_too_long',
    'msg_blocks_too_long',
    'no_text',
    'invalid_blocks',
    'invalid_blocks_format',
    'block_mismatch',
    'too_many_attachments',
    'attachment_payload_limit_exceeded',
    'markdown_text_conflict',
    'invalid_arguments',
    'invalid_array_arg',
    // It was there, and cannot be edited: it is said anew.
    'message_not_found',
    'cant_update_message',
    'edit_window_closed',
    // It goes without its thread.
    'thread_not_found',
    'cannot_reply_to_message',
    'restricted_action_non_threadable_channel',
    'restricted_action_thread_locked',
  ],
  installation: [
    'token_revoked',
    'token_expired',
    'invalid_auth',
    'not_authed',
    'account_inactive',
    'missing_scope',
    'not_allowed_token_type',
    'no_permission',
    'access_denied',
    'enterprise_is_restricted',
    'accesslimited',
    'two_factor_setup_required',
    'ekm_access_denied',
    'team_disabled',
    'messages_tab_disabled',
    'unknown_method',
    'method_deprecated',
  ],
};
const sorted = new Map(
  Object.entries(codes).flatMap(([about, list]) => list.map((code) => [code, about as RefusalAbout])),
);

/** Codes of `chat.update` that say that there is nothing left to edit; the message is posted anew. */
const cannotBeEdited: readonly string[] = ['message_not_found', 'cant_update_message', 'edit_window_closed'];

/** A refusal, and whether Slack surely has nothing of what was sent. */
export interface Sorted extends Refusal {
  isDefinite: boolean;
}

/**
 * What an error of the client means. A code that is not listed passes, because Slack's lists are open by its own word
 * ("this method may return other errors"); so does everything that is no answer at all, after which the message may stand
 * there unknown to us.
 */
export function sortRefusal(error: unknown): Sorted {
  if (error instanceof WebAPIRateLimitedError)
    return {
      code: 'ratelimited',
      about: 'passing',
      retryAfterMs: error.retryAfter * 1_000,
      isDefinite: true,
    };
  if (error instanceof WebAPIPlatformError) {
    const { error: code } = error.data;
    const about = sorted.get(code) ?? 'passing';
    // A fault of theirs while they worked on it: it may have been done all the same.
    const isDefinite = !['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'].includes(
      code,
    );
    return { code, about, retryAfterMs: null, isDefinite };
  }
  if (error instanceof WebAPIHTTPError && error.statusCode === 429)
    return { code: 'ratelimited', about: 'passing', retryAfterMs: null, isDefinite: true };
  const code = error instanceof WebAPIHTTPError ? `http_${error.statusCode}` : 'no_answer';
  return { code, about: 'passing', retryAfterMs: null, isDefinite: false };
}

export function meansThatItCannotBeEdited({ code }: Refusal): boolean {
  return cannotBeEdited.includes(code);
}

/** It is the place in a thread that Slack refuses, not the words. */
export function meansThatThreadIsClosed({ code }: Refusal): boolean {
  return /thread|cannot_reply/.test(code);
}
