import { condition } from '@temporalio/workflow';

/** How long the end of a workflow waits for words that Slack does not take. */
const patience = '1 minute';

export interface Talk {
  /** Says something after everything said before, without holding up whoever asks. */
  say(words: () => Promise<void>): void;
  /** Nothing is waiting to be said. */
  isSilent(): boolean;
  /** Waits until all is said, or until it is clear that Slack does not listen. */
  settled(): Promise<void>;
}

/**
 * What a workflow says in Slack, in order, beside what it does: while Slack is down, or has lost a channel, logins are
 * still redeemed and master data still comes in.
 */
export function openTalk(): Talk {
  let unsaid = 0;
  let last = Promise.resolve();
  const said = () => void (unsaid -= 1);
  const isSilent = () => unsaid === 0;
  return {
    say(words) {
      unsaid += 1;
      last = last.then(words).then(said, said); // what was tried for a day in vain is in the history
    },
    isSilent,
    async settled() {
      if (!isSilent()) await condition(isSilent, patience, { summary: 'until all is said' });
    },
  };
}
