import { slashCommand } from '../ids.ts';
import type { Message } from './blocks.ts';
import { paragraphs } from './paragraphs.ts';
import { listed, sentenceOf } from './words.ts';

/** What was asked cannot be done; the words already say why and what to do instead. */
export function refusal(why: string): Message {
  return paragraphs(sentenceOf(why));
}

/**
 * Something failed that should not; the reference finds it in the log. `mayBeDone`: something was asked for before it
 * failed, so nobody can say that nothing was changed.
 */
export function fault(reference: string, { mayBeDone }: { mayBeDone: boolean }): Message {
  const done = mayBeDone
    ? `Something went wrong on our side after your request was passed on, so it may have been carried out. Type \`${slashCommand} status\` to see; if it was not, try again.`
    : 'Something went wrong on our side, and nothing was changed. Please try again.';
  return paragraphs(
    `${done} If it happens again, tell whoever runs Syncuser this reference: \`${reference}\`.`,
  );
}

/** Nobody knows yet whether what was asked for will be done; if it is, that is answered as well. */
export const databaseIsSilent: Message = paragraphs(
  'Syncuser’s database does not answer at the moment, so this takes longer, or cannot be done now. If you read nothing more about it within a minute, please try again. If that does not help, tell whoever runs Syncuser that its database does not answer.',
);

/** Below an answer: it was done, and those who should read it could not be told. */
export function channelsNotTold(channels: readonly string[]): Message {
  const which = listed(channels.map((channel) => `<#${channel}>`));
  return paragraphs(`It was done, but ${which} could not be told. Please tell your colleagues.`);
}
