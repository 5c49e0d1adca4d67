import { incidentTimesOf } from '../../domain/offices/incident-times.ts';
import { nextReminder } from '../../domain/incidents/human-step.ts';
import type { Moment } from '../../domain/master-data.ts';
import { afterWorkingTime, workingHoursOf } from '../../domain/offices/working-hours.ts';
import type { ActivityDeps } from '../deps.ts';

/** What falls due next while a human has to mend a connection. */
export interface HumanStep {
  what: 'reminder' | 'lapse';
  at: Moment;
}

export function createHumanStepActivities({ office }: Pick<ActivityDeps, 'office'>) {
  return {
    /**
     * Works out from the office file as it is now when to remind next, or when "I'm on it" lapses. It is an activity, so
     * that a changed office file counts for incidents that are open already, and a workflow needs no time zones.
     */
    async planHumanStep(waiting: {
      /** When the login broke. */
      since: Moment;
      /** When somebody last did something about it, or null while it is nobody's. */
      onItSince: Moment | null;
      now: Moment;
    }): Promise<HumanStep> {
      const { since, onItSince, now } = waiting;
      if (onItSince === null)
        return { what: 'reminder', at: iso(nextReminder(office, Date.parse(since), Date.parse(now))) };
      const { acknowledgementLapses } = incidentTimesOf(office);
      const lapses = afterWorkingTime(workingHoursOf(office), Date.parse(onItSince), acknowledgementLapses);
      return { what: 'lapse', at: iso(lapses) };
    },
  };
}

const iso = (time: number) => new Date(time).toISOString();
