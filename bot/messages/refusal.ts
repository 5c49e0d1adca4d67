import { paragraphs, type Message } from './blocks.ts';
import { escaped } from './words.ts';

/** What was asked cannot be done; the words already say why and what to do instead. */
export function refusal(why: string): Message {
  return paragraphs(escaped(why));
}

/** Something failed that should not; the reference finds it in the log. */
export function fault(reference: string): Message {
  return paragraphs(
    `Something went wrong on our side, and nothing was changed. Please try again. If it happens again, tell whoever runs Syncuser this reference: \`${reference}\`.`,
  );
}
