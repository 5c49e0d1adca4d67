import type { IncidentOver, MendReminder, MendRequest } from '../../domain/announcements/incidents.ts';
import { explainCause } from '../../domain/causes.ts';
import { paragraphs, section, type Message } from './blocks.ts';
import { careButtons, careLines, howItEnded } from './disconnection.ts';
import { counted, dateAndTime, escaped, lasting } from './words.ts';

/** One person is asked to mend a connection, where only he reads it. */
export function mendRequest(facts: MendRequest): Message {
  const name = escaped(facts.connectionName);
  if (facts.ended)
    return paragraphs(
      `:large_green_circle: *${name}*: ${howItEnded(facts.ended, facts.since)}. There is nothing left to do.`,
    );
  const cause = explainCause(facts.cause, { system: facts.systemName, login: escaped(facts.login) });
  const words = [
    `:red_circle: *${name} is disconnected* since ${dateAndTime(facts.since)}: ${cause.what}. ${counted(facts.companies, 'company is', 'companies are')} hit.`,
    `*Next step:* ${cause.mend}`,
    facts.isYours ? ':eyes: You are on it.' : whyYou(facts),
    ...(facts.isYours ? careLines({ ...facts, onIt: null }) : careLines(facts)),
  ];
  return { text: words.join('\n'), blocks: [...words.map(section), careButtons(facts, facts.isYours)] };
}

function whyYou({ as, synchronisationUser }: MendRequest): string {
  const user = escaped(synchronisationUser);
  switch (as) {
    case 'synchronisation-user':
      return 'You are asked because you are its synchronisation user.';
    case 'stand-in':
      return `You are asked because you stand in for ${user}, the synchronisation user.`;
    case 'superusers':
      return `You are asked as a superuser. ${user} is the synchronisation user.`;
  }
}

export function mendReminder({ connectionName, connections, openForMs, again }: MendReminder): Message {
  const what =
    connectionName === null ? counted(connections, 'connection', 'connections') : escaped(connectionName);
  const is = connectionName === null && connections !== 1 ? 'are' : 'is';
  const now = again ? 'disconnected again' : `still disconnected, for ${lasting(openForMs)} now`;
  return paragraphs(`${what} ${is} ${now}. Click Reconnect above, or say that you are on it.`);
}

/** For whoever met the error and could not mend it. */
export function incidentOver({ connectionName, ended, since }: IncidentOver): Message {
  return paragraphs(
    `:large_green_circle: *${escaped(connectionName)}* ${ended.how === 'works-again' ? '' : 'was '}${howItEnded(ended, since)}. Documents can be booked again.`,
  );
}
