import { isObject } from '../rules/check.ts';
import type { ResponseUrls } from '../web-api/response-urls.ts';
import type { Triggers } from '../web-api/triggers.ts';
import type { Envelope } from './deliveries.ts';

type Json = Record<string, unknown>;

/** What the local Slack hands out, as Slack would write it: typed text escaped, triggers noted, our addresses to answer at. */
export function createIncoming(deps: {
  triggers: Triggers;
  responseUrls: ResponseUrls;
  ownUrl: () => string;
}) {
  const { triggers, responseUrls, ownUrl } = deps;

  function withOurs(payload: Json, channel: unknown, user: unknown): Json {
    if (typeof payload['trigger_id'] === 'string') triggers.handOut(payload['trigger_id']);
    const target = payload['response_url'];
    if (typeof target !== 'string') return payload;
    const place = { target, channel: idOf(channel), user: idOf(user) };
    return { ...payload, response_url: ownUrl() + responseUrls.handOut(place) };
  }

  return function asSlackWrites({ envelope_id, type, payload }: Envelope): Envelope {
    switch (type) {
      case 'slash_commands': {
        const command = withOurs(payload, payload['channel_id'], payload['user_id']);
        return {
          envelope_id,
          type,
          payload: {
            ...command,
            text: escapeTyped(typeof command['text'] === 'string' ? command['text'] : ''),
          },
        };
      }
      case 'interactive':
        return {
          envelope_id,
          type,
          payload: withOurs(clicked(payload), payload['channel'], payload['user']),
        };
      case 'events_api': {
        const event = payload['event'];
        if (!isObject(event) || typeof event['text'] !== 'string') return { envelope_id, type, payload };
        return {
          envelope_id,
          type,
          payload: { ...payload, event: { ...event, text: escapeTyped(event['text']) } },
        };
      }
    }
  };
}

const idOf = (value: unknown): string | undefined => {
  const id = isObject(value) ? value['id'] : value;
  return typeof id === 'string' && id !== '' ? id : undefined;
};

/**
 * A click on App Home comes from a view, so it has neither channel nor address to answer at; and every action tells its
 * block. https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
 */
function clicked(payload: Json): Json {
  if (payload['type'] !== 'block_actions') return payload;
  const message = payload['message'];
  if (idOf(payload['channel']) === undefined) {
    const { channel: _channel, message: _message, response_url: _url, ...rest } = payload;
    return { ...rest, container: { type: 'view' } };
  }
  const isEphemeral = isObject(message) && message['subtype'] === 'ephemeral';
  const container = isObject(payload['container'])
    ? { ...payload['container'], is_ephemeral: isEphemeral }
    : {};
  const actions = (payload['actions'] as Json[]).map((action) => ({
    ...action,
    block_id: action['block_id'] ?? blockOf(message, action['action_id']),
  }));
  return { ...payload, container, actions };
}

function blockOf(message: unknown, actionId: unknown): unknown {
  if (!isObject(message) || !Array.isArray(message['blocks'])) return undefined;
  const block = (message['blocks'] as Json[]).find((one) =>
    [one['accessory'], ...((one['elements'] as unknown[]) ?? [])].some(
      (element) => isObject(element) && element['action_id'] === actionId,
    ),
  );
  return block?.['block_id'];
}

/** What a mention, a channel or a link looks like in what was typed; these stay as they are. */
const marks = /<(?:[@#!][^<>]+|(?:https?|mailto|tel):[^<>]+)>/g;

/** `&`, `<` and `>` as entities: https://docs.slack.dev/messaging/formatting-message-text */
export function escapeTyped(text: string): string {
  const escape = (part: string) =>
    part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  let end = 0;
  let written = '';
  for (const match of text.matchAll(marks)) {
    written += escape(text.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return written + escape(text.slice(end));
}
