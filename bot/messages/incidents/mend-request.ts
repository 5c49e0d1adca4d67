import type { IncidentOver, MendReminder, MendRequest } from '../../../domain/announcements/incidents.ts';
import { explainCause } from '../../../words/causes.ts';
import type { Message } from '../blocks.ts';
import { bookedAgainWords } from '../bookings/bookable.ts';
import { againSentence, careButtons, careLines, howItEnded } from './disconnection.ts';
import { paragraphs } from '../paragraphs.ts';
import { counted, dateAndTime, escaped, everyName, lasting } from '../words.ts';

/** One person is asked to mend a connection, where only they read it. */
export function mendRequest(facts: MendRequest): Message {
  const name = escaped(facts.connectionName);
  if (facts.ended)
    return paragraphs(
      `:large_green_circle: *${name}*: ${howItEnded(facts.ended, facts.since)}. There is nothing left to do.`,
    );
  const cause = explainCause(facts.cause, { system: facts.systemName, login: escaped(facts.login) });
  const message = paragraphs(
    `:red_circle: *${name} is disconnected${facts.again ? ' again' : ''}* since ${dateAndTime(facts.since)}: ${cause.what}. ${counted(facts.companies, 'company is', 'companies are')} hit.`,
    ...(facts.again ? [againSentence(facts.again)] : []),
    `*Next step:* ${cause.mend}`,
    facts.isYours ? ':eyes: You are on it.' : whyYou(facts),
    ...(facts.isYours ? careLines({ ...facts, onIt: null }) : careLines(facts)),
  );
  return { ...message, blocks: [...message.blocks, careButtons(facts, facts.isYours)] };
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

/** What joined a message was over before this line stood there. */
export const connectedMeanwhile = 'What broke as well is connected again meanwhile.';

export function mendReminder({ connectionName, connections, openForMs, more }: MendReminder): Message {
  if (more?.length === 0) return paragraphs(connectedMeanwhile);
  const many = counted(connections, 'connection', 'connections');
  const what = more ? everyName(more.map(escaped)) : connectionName === null ? many : escaped(connectionName);
  const is = connectionName === null && connections !== 1 ? 'are' : 'is';
  const now = more ? 'disconnected as well' : `still disconnected, for ${lasting(openForMs)} now`;
  return paragraphs(`${what} ${is} ${now}. Click Reconnect above, or say that you are on it.`);
}

/** For whoever met the error and could not mend it. */
export function incidentOver({ connectionName, ended, since, bookedAgain }: IncidentOver): Message {
  return paragraphs(
    `:large_green_circle: *${escaped(connectionName)}* ${ended.how === 'works-again' ? '' : 'was '}${howItEnded(ended, since)}.${bookedAgainWords(bookedAgain)}`,
  );
}
