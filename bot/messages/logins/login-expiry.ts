import type { LoginExpiry } from '../../../domain/announcements/logins.ts';
import type { Message } from '../blocks.ts';
import { paragraphs } from '../paragraphs.ts';
import { counted, dateAndTime, escaped } from '../words.ts';

/** A warning before a login ends by itself, and its end when that did not happen. */
export function loginExpiry(facts: LoginExpiry): Message {
  const { systemName, daysAhead, expiresAt } = facts;
  const name = escaped(facts.connectionName);
  const login = escaped(facts.login);
  if (daysAhead === null)
    return paragraphs(
      `:large_green_circle: *${name}*: the login of ${login} was renewed. Nothing has to be done.`,
    );
  const within = counted(daysAhead, 'day', 'days');
  if (facts.inThread)
    return paragraphs(`The login of ${login} now ends within ${within}, ${dateAndTime(expiresAt)}.`);
  return paragraphs(
    `:hourglass_flowing_sand: *${name}*: the login of ${login} ends within ${within}, ${dateAndTime(expiresAt)}`,
    `*Why:* ${systemName} lets a login end that was not renewed for long, and Syncuser could not renew it.`,
    '*What it means:* Syncuser goes on trying, and takes this back when it succeeds. Otherwise the connection is disconnected then, and no document can be booked.',
    `*Next step:* ${escaped(facts.synchronisationUser)} can keep a moment free to log in again; the button comes with the alert.`,
  );
}
