import { linkCauses } from '../../domain/causes.ts';
import { companyStatusWords } from '../../domain/connections/company.ts';
import { masterDataKinds } from '../../domain/master-data.ts';
import { count, flag, listOf, moment, object, orNull, text, type Schema } from './schema-words.ts';
import { bookingSchemas, bookingStatus } from './bookings/schemas-bookings.ts';
import { freshnessMembers, masterDataSchemas } from './sync/schemas-master-data.ts';

const companyStatuses = Object.keys(companyStatusWords);
const named = object({ id: text, name: text });

const obstacles = listOf(
  object({
    what: { ...text, description: 'What is not to be had, and why.' },
    mend: { ...text, description: 'What to do, and on which screen of the accounting system.' },
    companies: listOf(text),
    kinds: { ...listOf({ enum: [...masterDataKinds] }), description: 'Empty: the company as a whole.' },
  }),
);

const connectionMembers = {
  id: text,
  name: text,
  accountingSystem: named,
  status: { ...text, description: 'The word people know: Connected, Disconnected, Waiting for login …' },
  sentence: { ...text, description: 'What that means at this moment.' },
  link: object({
    state: { enum: ['connecting', 'connected', 'disconnected', 'abandoned'] },
    since: moment,
    cause: orNull({ enum: [...linkCauses] }),
  }),
  health: object({
    state: { enum: ['ok', 'delayed', 'doubtful'] },
    reason: orNull({ enum: ['outage', 'rate-limit'] }),
    since: orNull(moment),
    until: {
      ...orNull(moment),
      description:
        'When the accounting system says that it goes on, or an odd answer of it is looked at again.',
    },
  }),
  paused: flag,
  synchronisationUser: named,
  login: orNull(object({ user: text, environment: text })),
  companies: count,
  lastSuccessAt: orNull(moment),
  nextSyncAt: orNull(moment),
};

const spans = orNull(object({ of: count, median: { type: 'number' }, longest: { type: 'number' } }));
const incidentSchema = object({
  number: count,
  connection: text,
  cause: { enum: [...linkCauses] },
  lastGoodAt: { ...orNull(moment), description: 'When the login last worked before.' },
  openedAt: { ...moment, description: 'When it was known to be broken.' },
  toldAt: { ...orNull(moment), description: 'When the first message stood in Slack.' },
  endedAt: orNull(moment),
  endedBy: orNull(named),
  how: orNull({ enum: ['reconnected', 'changed', 'works-again'] }),
  together: { ...orNull(count), description: 'The incident whose messages it shares.' },
});

/** The answers of the API, as JSON Schema 2020-12. */
export const schemas = {
  Incidents: object({
    month: text,
    figures: {
      ...object({ count, open: count, detect: spans, tell: spans, reconnect: spans }),
      description: 'Lengths in milliseconds: from the last good use to knowing, to telling, to the end.',
    },
    incidents: listOf(incidentSchema),
  }),
  Connections: object({ connections: listOf(object(connectionMembers)) }),
  ConnectionDetails: object({
    ...connectionMembers,
    loginEnds: {
      ...orNull(moment),
      description:
        'When the login ends if Syncuser cannot renew it any more; it moves on by itself while it can.',
    },
    rows: {
      ...object(Object.fromEntries(masterDataKinds.map((kind) => [kind, count]))),
      description: 'Rows per kind, of all companies together.',
    },
    freshness: object(freshnessMembers),
    obstacles: {
      ...obstacles,
      description: 'What is not to be had of the synchronised companies, grouped by reason.',
    },
    mayReconnect: { ...listOf(text), description: 'Who may log in again when it is disconnected, by name.' },
    onIt: { ...orNull(text), description: 'Who is mending it now.' },
  }),
  Companies: object({
    companies: listOf(
      object({
        id: text,
        code: text,
        name: text,
        status: { enum: companyStatuses },
        statusInWords: text,
        synchronised: { ...flag, description: 'Whether it was chosen for synchronisation.' },
        obstacles: { ...obstacles, description: 'What is not to be had of it.' },
        lastSuccessAt: { ...orNull(moment), description: 'When all of its master data had last come in.' },
      }),
    ),
  }),
  History: object({
    entries: listOf(
      object({
        id: text,
        at: moment,
        by: { ...orNull(named), description: 'The office user who did it; null when nobody did.' },
        what: {
          ...text,
          description:
            'The kind of entry; `unknown` where this version cannot read it: then the kind that was written is in `data`.',
        },
        sentence: { ...text, description: 'The entry for people.' },
        data: { type: 'object', description: 'The facts of this kind of entry: ids, counts, a reason.' },
      }),
    ),
  }),
  Ready: object({
    ready: { const: true },
    connection: text,
    company: text,
    lastSuccessAt: moment,
    note: orNull(text),
    expectedBack: { ...orNull(moment), description: 'Null: nothing has to be waited for.' },
    heldBookings: { ...count, description: 'Bookings that were handed over and wait.' },
  }),
  ...bookingSchemas,
  ...masterDataSchemas,
  Health: object({
    status: { enum: ['ok', 'degraded'] },
    database: flag,
    temporal: flag,
    worker: {
      ...orNull(flag),
      description: 'Whether a worker lived a moment ago; null when the database does not answer.',
    },
    slack: orNull(
      object({
        state: {
          enum: ['ok', 'behind', 'refuses'],
          description:
            '`behind`: something waits for more than a minute and a half to be said, or somebody cannot be reached; `refuses`: Slack takes nothing from Syncuser.',
        },
        code: orNull(text),
        waiting: count,
        waitingSince: orNull(moment),
        unreachable: count,
      }),
    ),
  }),
  Problem: {
    type: 'object',
    description:
      'Problem details (RFC 9457). Booking readiness adds connection, company, cause, since, onIt, expectedBack (only where the accounting system gives a time) expected (the same in words) and heldBookings; a booking that was refused adds misfits or booking.',
    properties: {
      type: { type: 'string', format: 'uri' },
      title: text,
      status: { type: 'integer' },
      detail: text,
      connection: text,
      company: text,
      cause: text,
      since: orNull(moment),
      onIt: orNull(text),
      expectedBack: orNull(moment),
      expected: orNull(text),
      heldBookings: count,
      misfits: { type: 'array' },
      booking: bookingStatus,
    },
    required: ['type', 'title', 'status', 'detail'],
  },
} satisfies Record<string, Schema>;
