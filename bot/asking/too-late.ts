import { WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { RefusedError } from './refused.ts';

/**
 * A form can be opened within three seconds of what a person did, once; the codes are those of the method page and of the
 * guide, which differ (docs.slack.dev/reference/methods/views.open, docs.slack.dev/surfaces/modals).
 */
const tooLate = [
  'expired_trigger_id',
  'exchanged_trigger_id',
  'trigger_expired',
  'trigger_exchanged',
  'ratelimited',
  'rate_limited',
];

/** @throws RefusedError where the same will do when it is done once more; anything else as it was */
export function rethrowTooLate(error: unknown): never {
  const passes =
    error instanceof WebAPIRateLimitedError ||
    error instanceof WebAPIRequestError ||
    (error instanceof WebAPIPlatformError && tooLate.includes(error.data.error));
  if (!passes) throw error;
  throw new RefusedError(
    'Slack took too long, so the form could not be opened, and nothing was changed. Type it again, or click again.',
    { cause: error },
  );
}
