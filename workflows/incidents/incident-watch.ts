import { incidentRules } from '../../domain/incidents/incident-rules.ts';
import type { Snooze } from '../../domain/incidents/snooze.ts';
import { describeWait } from '../../words/connections/for-operators.ts';
import { beganAt, iso, now, nowMs } from '../clock.ts';
import type { ReconnectInput } from '../contract.ts';
import { remember } from '../steps.ts';
import type { PersonId } from '../../domain/ids.ts';

/** What falls due by itself while a human has to mend a connection. */
export type Due = { at: number; summary: string } & (
  | { what: 'tell' }
  | { what: 'remind'; only: string | null }
  | { what: 'lapse'; by: PersonId }
  | { what: 'look-again' }
);

/** What people did about an incident; carried across continue-as-new. */
export interface IncidentWatchMemory {
  onIt: { by: PersonId; since: number } | null;
  snoozes: TimedSnooze[];
  checksAgainAt: number | null;
  /** When people are to hear of it; null when they have. */
  tellsAt: number | null;
}

/** A snooze with its end in milliseconds, as timers want it. */
interface TimedSnooze extends Omit<Snooze, 'until'> {
  until: number;
}

/**
 * Keeps an eye on one incident: who is on it, who wants no reminders until when, and what is due next. Whatever people
 * do, something is always due: it never falls silent for good.
 */
export class IncidentWatch {
  private readonly input: ReconnectInput;
  private onIt: { by: PersonId; since: number } | null = null;
  private snoozes: TimedSnooze[] = [];
  private checksAgainAt: number | null;
  private tellsAt: number | null;
  private planned: Due | null = null;

  constructor(input: ReconnectInput) {
    this.input = input;
    const watch = input.carried?.watch;
    this.onIt = watch?.onIt ?? null;
    this.snoozes = watch?.snoozes ?? [];
    this.checksAgainAt = watch ? watch.checksAgainAt : this.lookAgainAfter(beganAt());
    this.tellsAt = watch ? watch.tellsAt : Date.parse(input.tellAt);
  }

  get memory(): IncidentWatchMemory {
    const { onIt, snoozes, checksAgainAt, tellsAt } = this;
    return { onIt, snoozes, checksAgainAt, tellsAt };
  }

  /** For an operator, with what is due next. */
  inWords({ at, summary }: Due): string {
    const { cause, since, expected } = this.input;
    return describeWait({
      ...{ cause, since, account: expected.accountingUserName },
      onIt: this.onIt && { by: this.onIt.by, since: iso(this.onIt.since) },
      snoozes: this.snoozes.map(({ by, until, everybody }) => ({ by, until: iso(until), everybody })),
      next: { summary, at: iso(at) },
    });
  }

  /**
   * Since this moment somebody is on it, or did something more about it. True when that changes what people read: it was
   * not theirs before, or it ends a snooze, as domain/incidents/incident-story.ts reads it.
   */
  takenUp(by: PersonId, since: number): boolean {
    const rest = this.snoozes.filter(({ everybody }) => !everybody);
    const isNews = this.onIt?.by !== by || rest.length < this.snoozes.length;
    this.onIt = { by, since };
    this.snoozes = rest;
    this.planned = null;
    return isNews;
  }

  /** Somebody tried at this moment: whoever is on it has not forgotten it. */
  tried(since: number): void {
    if (!this.onIt) return;
    this.onIt = { ...this.onIt, since };
    this.planned = null;
  }

  snoozed(snooze: TimedSnooze): void {
    const kept = this.snoozes.filter((one) => (snooze.everybody ? !one.everybody : one.by !== snooze.by));
    this.snoozes = [...kept, snooze];
  }

  /** What is due next, and when. */
  async next(): Promise<Due> {
    if (this.tellsAt !== null) return this.untilTold(this.tellsAt);
    const general = this.snoozes.find(({ everybody }) => everybody);
    const dues = [
      general ? endOf(general) : await this.plan(),
      ...this.snoozes.filter(({ everybody }) => !everybody).map(endOf),
      ...(this.checksAgainAt === null ? [] : [checkAgain(this.checksAgainAt)]),
    ];
    return dues.reduce((first, due) => (due.at < first.at ? due : first));
  }

  /** Of what nobody has heard of nobody is reminded; it may work again before. */
  private untilTold(at: number): Due {
    const tell: Due = { what: 'tell', at, summary: 'until it has lasted long enough to be told' };
    return this.checksAgainAt !== null && this.checksAgainAt < at ? checkAgain(this.checksAgainAt) : tell;
  }

  /** It is being done now. */
  done(due: Due): void {
    const at = nowMs();
    switch (due.what) {
      case 'tell':
        this.tellsAt = null;
        return;
      case 'look-again':
        this.checksAgainAt = this.lookAgainAfter(at);
        return;
      case 'lapse':
        this.onIt = null;
        this.planned = null;
        return;
      case 'remind':
        this.snoozes = this.snoozes.filter(({ until }) => until > Math.max(at, due.at));
        if (due.only === null) this.planned = null;
    }
  }

  private async plan(): Promise<Due> {
    if (this.planned) return this.planned;
    const { onIt } = this;
    const step = await remember('Work out when to remind next').planHumanStep({
      since: this.input.since,
      onItSince: onIt && iso(onIt.since),
      now: now(),
    });
    const at = Date.parse(step.at);
    this.planned =
      step.what === 'lapse' && onIt
        ? { what: 'lapse', by: onIt.by, at, summary: `until it lapses that ${onIt.by} is on it` }
        : { what: 'remind', only: null, at, summary: 'until the next reminder' };
    return this.planned;
  }

  private lookAgainAfter(at: number): number | null {
    const every = incidentRules[this.input.cause].checksAgainEvery;
    return every === null ? null : at + every;
  }
}

function endOf({ by, until, everybody }: TimedSnooze): Due {
  return {
    what: 'remind',
    only: everybody ? null : by,
    at: until,
    summary: everybody ? `until the snooze that ${by} set ends` : `until ${by} wants to be reminded again`,
  };
}

const checkAgain = (at: number): Due => ({
  what: 'look-again',
  at,
  summary: 'until the login is looked at again',
});
