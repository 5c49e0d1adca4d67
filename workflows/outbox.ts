import { condition } from '@temporalio/workflow';

export interface Outbox {
  /**
   * Says something after everything said before, without holding up whoever asks. What still waits about the same topic
   * is not said any more: after an hour without a database, people want to know how it stands, not how it went.
   */
  say(words: () => Promise<void>, topic?: string): void;
  /** Nothing is waiting to be said. */
  isSilent(): boolean;
  /**
   * Waits until all is said, or until it is clear that nobody writes it down: a day, as long as it is tried (steps.ts).
   * Whatever somebody waits for is handed on before, or waits for a minute only.
   */
  settled(patience?: '1 minute' | '1 day'): Promise<void>;
}

interface Words {
  say: () => Promise<void>;
  topic: string | undefined;
}

/**
 * What a workflow has said, in order, beside what it does. An activity writes it down for each recipient, and that is
 * carried out whatever Slack does; while even that fails, logins are still redeemed and master data still comes in.
 */
export function openOutbox(): Outbox {
  let waiting: Words[] = [];
  let isSpeaking = false;
  const isSilent = () => !isSpeaking;

  async function speak(): Promise<void> {
    for (let words = waiting.shift(); words; words = waiting.shift())
      await words.say().catch(() => undefined);
    isSpeaking = false; // what was tried for a day in vain is in the history
  }

  return {
    say(say, topic) {
      if (topic !== undefined) waiting = waiting.filter((words) => words.topic !== topic);
      waiting.push({ say, topic });
      if (isSpeaking) return;
      isSpeaking = true;
      void speak();
    },
    isSilent,
    async settled(patience = '1 day') {
      if (!isSilent()) await condition(isSilent, patience, { summary: 'until all is said' });
    },
  };
}
