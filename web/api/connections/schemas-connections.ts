import { z } from 'zod';
import { linkCauses } from '../../../domain/causes.ts';
import type { CompanyStatus } from '../../../domain/connections/company.ts';
import { companyStatusWords } from '../../../words/connections/company-status.ts';
import { countPerKind, freshnessSchema, kind } from '../freshness.ts';
import { answer, count, flag, moment, person, text } from '../schema-words.ts';

const obstacles = z.array(
  z.object({
    what: text.describe('What is not to be had, and why.'),
    mend: text.describe('What to do, and on which screen of the accounting system.'),
    companies: z.array(text),
    kinds: z.array(kind).describe('Empty: the company as a whole.'),
  }),
);

const connection = z.object({
  id: text,
  name: text,
  accountingSystem: z.object({ id: text, name: text }),
  status: text.describe('The word people know: Connected, Disconnected, Waiting for login …'),
  sentence: text.describe('What that means at this moment.'),
  link: z.object({
    state: z.enum(['connecting', 'connected', 'disconnected', 'abandoned']),
    since: moment,
    cause: z.enum(linkCauses).nullable(),
  }),
  health: z.object({
    state: z.enum(['ok', 'delayed', 'doubtful']),
    reason: z.enum(['outage', 'rate-limit']).nullable(),
    since: moment.nullable(),
    until: moment
      .nullable()
      .describe(
        'When the accounting system says that it goes on, or an odd answer of it is looked at again.',
      ),
  }),
  paused: flag,
  synchronisationUser: person,
  login: z.object({ user: text, environment: text }).nullable(),
  companies: count,
  lastSuccessAt: moment.nullable(),
  nextSyncAt: moment.nullable(),
});

export const connections = answer('Connections', z.object({ connections: z.array(connection) }));

export const connectionDetails = answer(
  'ConnectionDetails',
  connection.extend({
    loginEnds: moment
      .nullable()
      .describe(
        'When the login ends if Syncuser cannot renew it any more; it moves on by itself while it can.',
      ),
    rows: countPerKind.describe('Rows per kind, of all companies together.'),
    freshness: freshnessSchema,
    obstacles: obstacles.describe('What is not to be had of the synchronised companies, grouped by reason.'),
    mayReconnect: z.array(text).describe('Who may log in again when it is disconnected, by name.'),
    onIt: text.nullable().describe('Who is mending it now.'),
  }),
);

export const companies = answer(
  'Companies',
  z.object({
    companies: z.array(
      z.object({
        id: text,
        code: text,
        name: text,
        status: z.enum(Object.keys(companyStatusWords) as CompanyStatus[]),
        statusInWords: text,
        synchronised: flag.describe('Whether it was chosen for synchronisation.'),
        obstacles: obstacles.describe('What is not to be had of it.'),
        lastSuccessAt: moment.nullable().describe('When all of its master data had last come in.'),
      }),
    ),
  }),
);

/** A document of the company may be booked. */
export const ready = answer(
  'Ready',
  z.object({
    ready: z.literal(true),
    connection: text,
    company: text,
    lastSuccessAt: moment.describe('How fresh the master data is.'),
    note: text.nullable().describe('What a booking user may want to know although it does not stop them.'),
    expectedBack: moment.nullable().describe('Null: nothing has to be waited for.'),
    heldBookings: count.describe('Bookings that were handed over and wait.'),
  }),
);
export type Ready = z.infer<typeof ready>;
