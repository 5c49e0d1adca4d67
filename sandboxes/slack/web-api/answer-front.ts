import type { Calls } from '../calls.ts';
import type { Misfortunes } from '../misfortunes.ts';
import type { ResponseUrls } from './response-urls.ts';
import { isObject } from '../rules/check.ts';
import { refusedMessage } from '../rules/whole.ts';
import { suffer, wordFor, type Outcome } from './web-api.ts';

/**
 * An answer of the app to what a person did, at an address that was handed out for it. After five uses or half an hour the
 * answer is 404 and `Expired url`, as others saw it (github.com/getsentry/sentry/pull/26741). A message that cannot be
 * shown is refused with 400, as incoming webhooks do; assumed for these addresses.
 */
export async function answerResponseUrl(
  id: string,
  body: string,
  deps: { responseUrls: ResponseUrls; misfortunes: Misfortunes; calls: Calls },
): Promise<Outcome> {
  const { responseUrls, misfortunes, calls } = deps;
  const place = responseUrls.find(id);
  const call = { method: 'response_url', channel: place?.channel, user: place?.user };
  const note = (outcome: string, messages?: string[]) =>
    calls.note({
      method: call.method,
      channel: call.channel ?? null,
      user: call.user ?? null,
      outcome,
      ...(messages && { messages }),
    });
  if (!place) {
    note('expired_url');
    return { status: 404, body: { ok: false, error: 'Expired url' } };
  }
  const happening = misfortunes.meet(call);
  const isLost = happening && 'connection' in happening && happening.connection === 'lose-answer';
  if (happening && !isLost) {
    note(wordFor(happening));
    return suffer(happening);
  }
  const message = parse(body);
  if (!isObject(message)) {
    note('invalid_payload');
    return { status: 400, body: 'invalid_payload' };
  }
  const refusal = refusedMessage(message);
  if (refusal) {
    note(refusal.error, refusal['errors'] as string[] | undefined);
    return { status: 400, body: { ok: false, ...refusal } };
  }
  responseUrls.used(id);
  await fetch(place.target, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response_type: 'ephemeral', ...message }),
  });
  note(isLost ? 'answer lost' : 'ok');
  return isLost ? 'lose-answer' : { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
