import { incidentRules } from '../domain/incident-rules.ts';
import type { ReconnectInput } from './contract.ts';
import { remember } from './steps.ts';

/** What falls due by itself while a human has to mend a connection. */
export type Due = { at: number; summary: string } & (
  { what: 'remind'; only: string | null } | { what: 'lapse'; by: string } | { what: 'look-again' }
);

/** What people did about an incident; carried across continue-as-new. */
export interface VigilMemory {
  onIt: { by: string; since: number } | null;
  snoozes: Snooze[];
  looksAgainAt: number | null;
}

interface Snooze {
  by: string;
  until: number;
  everybody: boolean;
}

/**
 * Keeps an eye on one incident: who is on it, who wants no reminders until when, and what is due next. Whatever people
 * do, something is always due: it never falls silent for good.
 */
export class Vigil {
  private readonly input: ReconnectInput;
  private onIt: { by: string; since: number } | null = null;
  private snoozes: Snooze[] = [];
  private looksAgainAt: number | null;
  private planned: Due | null = null;

  constructor(input: ReconnectInput) {
    this.input = input;
    const vigil = input.carried?.vigil;
    this.onIt = vigil?.onIt ?? null;
    this.snoozes = vigil?.snoozes ?? [];
    this.looksAgainAt = vigil ? vigil.looksAgainAt : this.lookAgainAfter(Date.now());
  }

  get memory(): VigilMemory {
    return { onIt: this.onIt, snoozes: this.snoozes, looksAgainAt: this.looksAgainAt };
  }

  /** Somebody is on it, or did something more about it. True when it was somebody else's, or nobody's, before. */
  takenUp(by: string): boolean {
    const isNew = this.onIt?.by !== by;
    this.onIt = { by, since: Date.now() };
    this.snoozes = this.snoozes.filter(({ everybody }) => !everybody);
    this.planned = null;
    return isNew;
  }

  /** Somebody tried: whoever is on it has not forgotten it. */
  tried(): void {
    if (!this.onIt) return;
    this.onIt = { ...this.onIt, since: Date.now() };
    this.planned = null;
  }

  snoozed(snooze: Snooze): void {
    const kept = this.snoozes.filter((one) => (snooze.everybody ? !one.everybody : one.by !== snooze.by));
    this.snoozes = [...kept, snooze];
  }

  /** What is due next, and when. */
  async next(): Promise<Due> {
    const general = this.snoozes.find(({ everybody }) => everybody);
    const dues = [
      general ? endOf(general) : await this.plan(),
      ...this.snoozes.filter(({ everybody }) => !everybody).map(endOf),
      ...(this.looksAgainAt === null ? [] : [lookAgain(this.looksAgainAt)]),
    ];
    return dues.reduce((first, due) => (due.at < first.at ? due : first));
  }

  /** It is being done now. */
  done(due: Due): void {
    const now = Date.now();
    switch (due.what) {
      case 'look-again':
        this.looksAgainAt = this.lookAgainAfter(now);
        return;
      case 'lapse':
        this.onIt = null;
        this.planned = null;
        return;
      case 'remind':
        this.snoozes = this.snoozes.filter(({ until }) => until > Math.max(now, due.at));
        if (due.only === null) this.planned = null;
    }
  }

  private async plan(): Promise<Due> {
    if (this.planned) return this.planned;
    const { onIt } = this;
    const step = await remember('Work out when to remind next').planHumanStep({
      since: this.input.since,
      onItSince: onIt && iso(onIt.since),
      now: iso(Date.now()),
    });
    const at = Date.parse(step.at);
    this.planned =
      step.what === 'lapse' && onIt
        ? { what: 'lapse', by: onIt.by, at, summary: `until it lapses that ${onIt.by} is on it` }
        : { what: 'remind', only: null, at, summary: 'until the next reminder' };
    return this.planned;
  }

  private lookAgainAfter(now: number): number | null {
    const every = incidentRules[this.input.cause].looksAgainEvery;
    return every === null ? null : now + every;
  }
}

function endOf({ by, until, everybody }: Snooze): Due {
  return {
    what: 'remind',
    only: everybody ? null : by,
    at: until,
    summary: everybody ? `until the snooze that ${by} set ends` : `until ${by} wants to be reminded again`,
  };
}

const lookAgain = (at: number): Due => ({
  what: 'look-again',
  at,
  summary: 'until the login is looked at again',
});
const iso = (time: number) => new Date(time).toISOString();
