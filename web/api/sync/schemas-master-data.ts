import { z } from 'zod';
import { masterDataKinds } from '../../../domain/master-data.ts';
import { ageSchema, freshnessSchema, kind } from '../freshness.ts';
import { ambiguous, connectionId, json, notFound, nothing, oneCompany, problem } from '../openapi-words.ts';
import { placeSchema } from '../place.ts';
import { answer, count, facts, flag, moment, oneOf, text, typed, whole, yesOrNo } from '../schema-words.ts';

const row = z.object({
  company: text.describe('Id of the company.'),
  kind,
  id: text.describe('Stays when code and name change.'),
  code: text.nullable(),
  name: text,
  active: flag,
  details: facts.describe('What this kind tells beyond code and name.'),
  modifiedAt: moment.nullable().describe('When the accounting system last changed it, if it says so.'),
  changedAt: moment.describe('When Syncuser last saw it change.'),
  deletedAt: moment.nullable(),
  held: flag.describe(
    'Whether it seems to be gone, and somebody is asked; until then it counts as being there.',
  ),
  seq: count.describe('Its place in the feed of changes.'),
});
const next = text.describe('Give it as `after` for the next page, or later for what changed since.');
const more = flag.describe('Whether there is more at this moment.');

const masterData = answer(
  'MasterData',
  z.object({
    rows: z.array(row),
    next,
    more,
    asOf: moment
      .nullable()
      .describe('When what was asked for last came in: the oldest company and kind of it.'),
    ages: z.array(ageSchema).describe('Of the companies and kinds on this page.'),
  }),
);

const previous = row.pick({ code: true, name: true, active: true, details: true, deletedAt: true }).extend({
  until: moment
    .nullable()
    .describe('When it changed to what the row says now, or null where that was not kept.'),
});
export const change = z.object({
  what: z.enum(['new', 'changed', 'deleted']).describe('A row that came back after its deletion is changed.'),
  ...row.shape,
  previous: previous
    .nullable()
    .describe(
      'What a changed row said before its content last changed; deletedAt is set where it came back.',
    ),
});
const changes = answer(
  'Changes',
  z.object({
    changes: z.array(change),
    next,
    more,
    last: text.describe('The place of the newest change of the connection.'),
  }),
);
const freshness = answer('Freshness', freshnessSchema.extend({ ages: z.array(ageSchema) }));

const known = z.looseObject({
  'if-none-match': text.optional().describe('The ETag of an earlier answer to the same address.'),
});
const oneConnection = z.object({ connection: connectionId });
const kindMeant = oneOf(masterDataKinds);
/** Of a feed. A name that is not known is refused: a slip must not give more than was meant. */
const page = z.strictObject({
  limit: whole(1, 1000).default(200).describe('Rows per page.'),
  after: placeSchema.describe('The place to go on after: the `next` of an earlier answer.'),
  changedSince: z.iso
    .datetime({ offset: true, error: 'is a moment like 2026-11-23T10:00:00Z' })
    .transform((text) => new Date(text).toISOString())
    .optional()
    .describe('Only what changed at or after this moment.'),
});
const ofAnyPart = {
  kind: kindMeant.optional().describe('Only this kind.'),
  company: typed
    .optional()
    .describe('Only this company, by its id or its code; `id:` or `code:` before it says which.'),
};
const ofRows = page.extend({ deleted: yesOrNo.describe('With the deleted rows, to follow every change.') });

const headers = {
  ETag: { type: 'string', description: 'Stays the same while no row changes.' },
  'Data-As-Of': {
    type: 'string',
    format: 'date-time',
    description:
      'When what was asked for last came in from the accounting system: the oldest company and kind.',
  },
};
const invalid = problem('A part of the address or the query is not understood; the detail says which.');
const anew = problem('The place is of a feed that began anew since: read everything again.');
const rowsAnswer = {
  200: json(masterData, 'A page, in the order in which the rows last changed.', headers),
  304: nothing('No row changed since the answer with this ETag. Data-As-Of says how old that is.', headers),
  400: invalid,
  404: notFound,
  409: ambiguous,
  410: anew,
};

export const listOfOneKind = {
  operationId: 'listMasterData',
  summary: 'The master data of one kind of one company, in pages',
  description:
    'A row that changes while you page comes again later; none is missed. Keep `next` and ask again to follow what changes.',
  params: oneCompany.extend({ kind: kindMeant.describe('The kind of master data.') }),
  querystring: ofRows,
  headers: known,
  response: rowsAnswer,
};
export const listOfAllKinds = {
  operationId: 'listMasterDataOfConnection',
  summary: 'The master data of all companies of a connection, in pages',
  description: 'As for one kind of one company, for any part of the connection.',
  params: oneConnection,
  querystring: ofRows.extend(ofAnyPart),
  headers: known,
  response: rowsAnswer,
};
export const followChanges = {
  operationId: 'listChanges',
  summary: 'The feed of changes of a connection, from any point',
  description:
    'Every change gives a row the next sequence number, so a row stands in the feed once, where it last changed. Apply each by company, kind and id, keep `next`, and ask again from there: nothing is missed, whoever writes meanwhile. `last` is where the feed ends now, for whoever wants only what is to come.',
  params: oneConnection,
  querystring: page.extend(ofAnyPart),
  response: { 200: json(changes, 'In order.'), 400: invalid, 404: notFound, 409: ambiguous, 410: anew },
};
export const getFreshness = {
  operationId: 'getFreshness',
  summary: 'How old the master data of every linked company is, by kind',
  params: oneConnection,
  response: { 200: json(freshness, 'What is promised, what is older, and every age.'), 404: notFound },
};
