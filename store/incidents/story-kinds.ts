import { z } from 'zod';
import {
  howMended,
  type HowMended,
  type KeptEvent,
  type StoryEvent,
} from '../../domain/incidents/incident-story.ts';
import { exactly, looseJson } from '../database/json.ts';
import type { IncidentEventRow } from '../database/schema.ts';

const person = z.string();
const moment = z.string();

/** What may stand in a row of the story of an incident. */
const eventSchema = exactly<StoryEvent>()(
  z.discriminatedUnion('kind', [
    z.object({ at: moment, kind: z.enum(['taken-up', 'let-go']), data: z.object({ by: person }) }),
    z.object({
      at: moment,
      kind: z.literal('snoozed'),
      data: z.object({ by: person, until: moment, everybody: z.boolean() }),
    }),
    z.object({
      at: moment,
      kind: z.literal('logged-in-for'),
      data: z.object({ by: person.nullable(), outsider: z.string() }),
    }),
  ]),
);

/** What a row of a story says. One that cannot be read stays where it stands: it may decide whose the incident is. */
export function readEvent({ at, kind, data }: Pick<IncidentEventRow, 'at' | 'kind' | 'data'>): KeptEvent {
  const { data: event } = eventSchema.safeParse({ at, kind, data: looseJson(data) });
  return event ?? { at, kind: 'unknown', data: { kind } };
}

/** How an incident ended; what this version does not know was the doing of a human. */
export function readEnd(how: string): HowMended {
  return howMended.find((known) => known === how) ?? 'reconnected';
}
