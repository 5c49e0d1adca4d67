import { condition, setHandler } from '@temporalio/workflow';
import type { Moment } from '../domain/master-data.ts';
import * as contract from './contract.ts';
import { remember } from './steps.ts';

/** What can happen while a workflow waits for a human. */
export type HumanEvent =
  | { kind: 'signed-in'; signInId: string }
  | { kind: 'companies-chosen'; by: string; companies: string[] | 'all' }
  | { kind: 'acknowledged'; by: string; actionId: string }
  | { kind: 'snoozed'; by: string; actionId: string; until: Moment; everybody: boolean }
  | { kind: 'cancelled'; by: string }
  | { kind: 'mended-elsewhere'; by: string }
  | { kind: 'due' }
  | { kind: 'reminder-due'; count: number }
  | { kind: 'lapsed' };

export interface Inbox {
  /**
   * The next thing that happens: what a human did, or that it is time to remind, or that it took too long, or that the
   * moment has come that was asked for.
   */
  next(alarm?: { at: number; summary: string }): Promise<HumanEvent>;
  /** Something has happened that `next` would give at once. */
  hasNews(): boolean;
  /** Somebody cancelled, and `next` has not given it yet. */
  isCancelled(): boolean;
  /** The last thing a workflow does: whoever logged in meanwhile hears that it is no longer needed. */
  close(): Promise<void>;
}

/**
 * One queue for everything a waiting workflow can be told, in the order it happened. The next reminder is counted
 * from the last one; `lapsesAfter` from the last thing a human did; both in milliseconds.
 */
export function openInbox(patience: { reminders: readonly number[]; lapsesAfter: number | null }): Inbox {
  const events: HumanEvent[] = [];
  let heardAt = Date.now();
  let remindedAt = heardAt;
  let reminded = 0;

  setHandler(contract.signedIn, ({ signInId }) => void events.push({ kind: 'signed-in', signInId }));
  setHandler(contract.companiesChosen, (choice) => void events.push({ kind: 'companies-chosen', ...choice }));
  setHandler(contract.acknowledged, (deed) => void events.push({ kind: 'acknowledged', ...deed }));
  setHandler(contract.snoozed, (deed) => void events.push({ kind: 'snoozed', ...deed }));
  setHandler(contract.cancelled, ({ by }) => void events.push({ kind: 'cancelled', by }));
  setHandler(contract.mendedElsewhere, ({ by }) => void events.push({ kind: 'mended-elsewhere', by }));

  return {
    async next(alarm) {
      const reminderAt =
        remindedAt + (patience.reminders[Math.min(reminded, patience.reminders.length - 1)] ?? Infinity);
      const lapsesAt = heardAt + (patience.lapsesAfter ?? Infinity);
      const lapses = lapsesAt <= reminderAt;
      const patienceEndsAt = Math.min(reminderAt, lapsesAt);
      const isAlarm = alarm !== undefined && alarm.at <= patienceEndsAt;
      const wakeAt = isAlarm ? alarm.at : patienceEndsAt;
      const happened = () => events.length > 0;

      if (wakeAt === Infinity) await condition(happened);
      else
        await condition(happened, Math.max(1, wakeAt - Date.now()), {
          summary: isAlarm
            ? alarm.summary
            : lapses
              ? 'until the invitation lapses'
              : 'until the next reminder',
        });

      const event = events.shift();
      if (event) {
        heardAt = Date.now();
        return event;
      }
      if (isAlarm) return { kind: 'due' };
      if (lapses) return { kind: 'lapsed' };
      remindedAt = Date.now();
      reminded += 1;
      return { kind: 'reminder-due', count: reminded };
    },

    hasNews: () => events.length > 0,

    isCancelled: () => events.some(({ kind }) => kind === 'cancelled'),

    async close() {
      for (let event = events.shift(); event; event = events.shift())
        if (event.kind === 'signed-in')
          await remember('Say that this login is no longer needed').dismissSignIn({
            signInId: event.signInId,
          });
    },
  };
}
