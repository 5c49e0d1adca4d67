import { masterDataKinds } from '../../../domain/master-data.ts';
import {
  ambiguous,
  company,
  connection,
  inPath,
  inQuery,
  json,
  notFound,
  problem,
  type Json,
} from '../openapi-words.ts';
import { place, typed } from '../schema-words.ts';

const limit = inQuery('limit', 'Rows per page.', {
  type: 'integer',
  minimum: 1,
  maximum: 1000,
  default: 200,
});
const after = inQuery('after', 'The place to go on after: the `next` of an earlier answer.', {
  ...place,
  default: '0',
});
const kind = inQuery('kind', 'Only this kind.', { enum: [...masterDataKinds] });
const ofCompany = inQuery(
  'company',
  'Only this company, by its id or its code; `id:` or `code:` before it says which.',
  typed,
);
const changedSince = inQuery('changedSince', 'Only what changed at or after this moment.', {
  type: 'string',
  format: 'date-time',
});
const ofRows = [
  limit,
  after,
  changedSince,
  inQuery('deleted', 'With the deleted rows, to follow every change.', { type: 'boolean', default: false }),
];
const known: Json = {
  name: 'If-None-Match',
  in: 'header',
  description: 'The ETag of an earlier answer to the same address.',
  schema: { type: 'string' },
};
const dataAsOf: Json = {
  description:
    'When what was asked for last came in from the accounting system: the oldest company and kind.',
  schema: { type: 'string', format: 'date-time' },
};
const etag: Json = { description: 'Stays the same while no row changes.', schema: { type: 'string' } };
const invalid = problem('A part of the address or the query is not understood; the detail says which.');

const rowsAnswer: Json = {
  '200': {
    ...json('MasterData', 'A page, in the order in which the rows last changed.'),
    headers: { ETag: etag, 'Data-As-Of': dataAsOf },
  },
  '304': {
    description: 'No row changed since the answer with this ETag. Data-As-Of says how old that is.',
    headers: { ETag: etag, 'Data-As-Of': dataAsOf },
  },
  '400': invalid,
  '404': notFound,
  '409': ambiguous,
};

export const masterDataPaths: Record<string, Json> = {
  '/api/connections/{connection}/companies/{company}/master-data/{kind}': {
    get: {
      operationId: 'listMasterData',
      summary: 'The master data of one kind of one company, in pages',
      description:
        'A row that changes while you page comes again later; none is missed. Keep `next` and ask again to follow what changes.',
      parameters: [
        connection('connection'),
        company,
        inPath('kind', 'The kind of master data.', { enum: [...masterDataKinds] }),
        ...ofRows,
        known,
      ],
      responses: rowsAnswer,
    },
  },
  '/api/connections/{connection}/master-data': {
    get: {
      operationId: 'listMasterDataOfConnection',
      summary: 'The master data of all companies of a connection, in pages',
      description: 'As for one kind of one company, for any part of the connection.',
      parameters: [connection('connection'), kind, ofCompany, ...ofRows, known],
      responses: rowsAnswer,
    },
  },
  '/api/connections/{connection}/changes': {
    get: {
      operationId: 'listChanges',
      summary: 'The feed of changes of a connection, from any point',
      description:
        'Every change gives a row the next sequence number, so a row stands in the feed once, where it last changed. Apply each by company, kind and id, keep `next`, and ask again from there: nothing is missed, whoever writes meanwhile. `last` is where the feed ends now, for whoever wants only what is to come.',
      parameters: [connection('connection'), limit, after, changedSince, kind, ofCompany],
      responses: {
        '200': json('Changes', 'In order.'),
        '400': invalid,
        '404': notFound,
        '409': ambiguous,
      },
    },
  },
  '/api/connections/{connection}/freshness': {
    get: {
      operationId: 'getFreshness',
      summary: 'How old the master data of every linked company is, by kind',
      parameters: [connection('connection')],
      responses: {
        '200': json('Freshness', 'What is promised, what is older, and every age.'),
        '404': notFound,
      },
    },
  },
};
