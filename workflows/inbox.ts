import type { Objection } from '../domain/objections.ts';
import { CancellationScope, condition, isCancellation, setHandler } from '@temporalio/workflow';
import type { Snooze } from '../domain/incidents/snooze.ts';
import type { Moment } from '../domain/master-data.ts';
import { openAnswers } from './answers.ts';
import { beganAt, hasCome, nowMs } from './clock.ts';
import * as contract from './contract.ts';
import { remember } from './steps.ts';
import type { ConnectionId, PersonId, SignInId } from '../domain/ids.ts';

/** Where nothing falls due, it is looked again after so long. */
const longestWait = 24 * 60 * 60_000;

/** What can happen while a workflow waits for a human. */
export type HumanEvent =
  | { kind: 'signed-in'; signInId: SignInId; at: Moment }
  | { kind: 'companies-chosen'; by: PersonId; companies: string[] | 'all'; at: Moment }
  | { kind: 'acknowledged'; by: PersonId; actionId: string; at: Moment }
  | ({ kind: 'snoozed'; actionId: string; at: Moment } & Snooze)
  | { kind: 'cancelled'; by: PersonId }
  | { kind: 'mended-elsewhere'; by: PersonId }
  | { kind: 'due' }
  | { kind: 'reminder-due'; count: number }
  | { kind: 'lapsed' };

export interface InboxMemory {
  events: HumanEvent[];
  answers: contract.Answer[];
}

export interface Inbox {
  /**
   * The next thing that happens: what a human did, or that it is time to remind, or that it took too long, or that the
   * moment has come that was asked for.
   */
  next(alarm?: { at: number; summary: string }): Promise<HumanEvent>;
  /** Something has happened that `next` would give at once. */
  hasNews(): boolean;
  /** What `next` has not given yet, and what was not answered: a fresh history begins with it. */
  memory(): InboxMemory;
  /** Somebody cancelled, and `next` has not given it yet. */
  isCancelled(): boolean;
  /** What the package does not answer for hours is let go of when somebody cancels meanwhile: null then. */
  unlessCancelled<T>(work: () => Promise<T>): Promise<T | null>;
  /** From now on whatever a person does is refused with this objection; null: it is not decided after all. */
  decides(objection: Objection | null): void;
  /** From now on choices of companies are refused with this objection, unless a login is still unread; null: they are taken. */
  refusesChoices(objection: Objection | null): void;
  /** Another login took the place of the one that is waited for, and `next` has not given it yet. */
  isMendedElsewhere(): boolean;
  /** The last thing a workflow does: everybody has an answer, and whoever logged in meanwhile hears that it is no longer needed. */
  close(): Promise<void>;
}

/**
 * One queue for everything a waiting workflow can be told, in the order it happened. The next reminder is counted
 * from the last one; `lapsesAfter` from the last thing a human did; both in milliseconds. `carried` is what a former
 * history had not read or answered yet.
 */
export function openInbox(
  connectionId: ConnectionId,
  patience: { reminders: readonly number[]; lapsesAfter: number | null },
  carried: InboxMemory = { events: [], answers: [] },
): Inbox {
  const events = [...carried.events];
  const answers = openAnswers(connectionId, carried.answers);
  let heardAt = beganAt();
  let remindedAt = heardAt;
  let reminded = 0;
  let decided: Objection | null = null;
  let noChoice: Objection | null = null;
  let underWay: CancellationScope | null = null;

  setHandler(contract.signedIn, (signIn) => void events.push({ kind: 'signed-in', ...signIn }));
  const isCancelled = () => events.some(({ kind }) => kind === 'cancelled');
  /** Takes what a person did, or objects: to a workflow that has decided, and to whatever comes after a Cancel. */
  const take = (actionId: string, event: HumanEvent, otherwise: Objection | null = null): void => {
    const objection = decided ?? (isCancelled() ? 'cancelled-already' : otherwise);
    if (objection === null) events.push(event);
    answers.give({ actionId, objection });
  };
  const isLoginUnread = () => events.some(({ kind }) => kind === 'signed-in');
  setHandler(contract.companiesChosen, ({ actionId, ...choice }) =>
    take(actionId, { kind: 'companies-chosen', ...choice }, isLoginUnread() ? null : noChoice),
  );
  setHandler(contract.acknowledged, (act) => take(act.actionId, { kind: 'acknowledged', ...act }));
  setHandler(contract.snoozed, (act) => take(act.actionId, { kind: 'snoozed', ...act }));
  setHandler(contract.cancelled, ({ actionId, by }) => {
    take(actionId, { kind: 'cancelled', by });
    if (isCancelled()) underWay?.cancel();
  });
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
      const summary = isAlarm
        ? alarm.summary
        : lapses
          ? 'until the invitation lapses'
          : 'until the next reminder';
      const happened = () => events.length > 0;
      // There always is a timer: what happens while nothing is asked for or begun stands nowhere in time.
      for (let leftMs = 1; leftMs > 0 && !happened(); leftMs = wakeAt - nowMs()) {
        const until = Math.min(Math.max(nowMs() + 1, wakeAt), nowMs() + longestWait);
        if (!(await condition(happened, until - nowMs(), { summary }))) hasCome(until);
      }

      const event = events.shift();
      if (event) {
        heardAt = 'at' in event ? Date.parse(event.at) : nowMs();
        return event;
      }
      if (isAlarm) return { kind: 'due' };
      if (lapses) return { kind: 'lapsed' };
      remindedAt = nowMs();
      reminded += 1;
      return { kind: 'reminder-due', count: reminded };
    },

    hasNews: () => events.length > 0,

    memory: () => ({ events, answers: answers.notGiven() }),

    isMendedElsewhere: () => events.some(({ kind }) => kind === 'mended-elsewhere'),

    isCancelled,

    async unlessCancelled(work) {
      if (isCancelled()) return null;
      const scope = (underWay = new CancellationScope());
      try {
        return await scope.run(work);
      } catch (error) {
        if (isCancelled() && isCancellation(error)) return null;
        throw error;
      } finally {
        underWay = null;
      }
    },

    decides: (objection) => void (decided = objection),

    refusesChoices: (objection) => void (noChoice = objection),

    async close() {
      for (let event = events.shift(); event; event = events.shift())
        if (event.kind === 'signed-in')
          await remember('Say that this login is no longer needed').dismissSignIn({
            signInId: event.signInId,
          });
      await answers.allGiven();
    },
  };
}
