import { condition, setHandler } from '@temporalio/workflow';
import * as contract from './contract.ts';

/** What can happen while a workflow waits for a human. */
export type HumanEvent =
  | { kind: 'signed-in'; signInId: string }
  | { kind: 'companies-chosen'; by: string; companies: string[] | 'all' }
  | { kind: 'acknowledged'; by: string }
  | { kind: 'cancelled'; by: string }
  | { kind: 'mended-elsewhere'; by: string }
  | { kind: 'reminder-due'; count: number }
  | { kind: 'lapsed' };

export interface Inbox {
  /** The next thing that happens: what a human did, or that it is time to remind, or that it took too long. */
  next(): Promise<HumanEvent>;
}

/**
 * One queue for everything a waiting workflow can be told, in the order it happened. The next reminder is counted
 * from the last one; `lapsesAfter` from the opening; both in milliseconds.
 */
export function openInbox(patience: { reminders: readonly number[]; lapsesAfter: number | null }): Inbox {
  const events: HumanEvent[] = [];
  const openedAt = Date.now();
  let remindedAt = openedAt;
  let reminded = 0;

  setHandler(contract.signedIn, ({ signInId }) => void events.push({ kind: 'signed-in', signInId }));
  setHandler(contract.companiesChosen, (choice) => void events.push({ kind: 'companies-chosen', ...choice }));
  setHandler(contract.acknowledged, ({ by }) => void events.push({ kind: 'acknowledged', by }));
  setHandler(contract.cancelled, ({ by }) => void events.push({ kind: 'cancelled', by }));
  setHandler(contract.mendedElsewhere, ({ by }) => void events.push({ kind: 'mended-elsewhere', by }));

  return {
    async next() {
      const reminderAt =
        remindedAt + (patience.reminders[Math.min(reminded, patience.reminders.length - 1)] ?? Infinity);
      const lapsesAt = openedAt + (patience.lapsesAfter ?? Infinity);
      const lapses = lapsesAt <= reminderAt;
      const wakeAt = Math.min(reminderAt, lapsesAt);
      const happened = () => events.length > 0;

      if (wakeAt === Infinity) await condition(happened);
      else
        await condition(happened, Math.max(1, wakeAt - Date.now()), {
          summary: lapses ? 'until the invitation lapses' : 'until the next reminder',
        });

      const event = events.shift();
      if (event) return event;
      if (lapses) return { kind: 'lapsed' };
      remindedAt = Date.now();
      reminded += 1;
      return { kind: 'reminder-due', count: reminded };
    },
  };
}
