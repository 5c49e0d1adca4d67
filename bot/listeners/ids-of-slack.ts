import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';

interface Named {
  user_id?: unknown;
  channel_id?: unknown;
  user?: { id?: unknown } | null;
  channel?: { id?: unknown } | null;
  event?: { user?: unknown; channel?: unknown } | null;
}

/**
 * Lets pass what names people and conversations by ids as Slack's are, of letters and digits. Whatever else comes is of
 * nobody, could not be answered, and is dropped.
 */
export const onlyIdsOfSlack: Middleware<AnyMiddlewareArgs> = async ({ body, next }) => {
  const { user_id: typedBy, channel_id: typedIn, user, channel, event } = body as Named;
  const ids = [typedBy, typedIn, user?.id, channel?.id, event?.user, event?.channel];
  if (ids.every((id) => typeof id !== 'string' || /^\w+$/.test(id))) await next();
};
