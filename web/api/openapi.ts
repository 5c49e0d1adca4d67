import {
  ambiguous,
  company,
  connection,
  inQuery,
  json,
  notFound,
  problem,
  type Json,
} from './openapi-words.ts';
import { bookingPaths } from './bookings/openapi-bookings.ts';
import { masterDataPaths } from './sync/openapi-master-data.ts';
import { problemTypes } from './problem.ts';
import { month, typed } from './schema-words.ts';
import { schemas } from './schemas.ts';

const paths: Record<string, Json> = {
  '/api/openapi.json': {
    get: {
      operationId: 'describe',
      summary: 'This description',
      responses: {
        '200': {
          description: 'OpenAPI 3.1',
          content: { 'application/json': { schema: { type: 'object' } } },
        },
      },
    },
  },
  '/api/connections': {
    get: {
      operationId: 'listConnections',
      summary: 'Every connection with its state in words',
      responses: { '200': json('Connections', 'By name.') },
    },
  },
  '/api/connections/{id}': {
    get: {
      operationId: 'getConnection',
      summary: 'One connection: state, health, times of synchronisation, rows per kind of master data',
      parameters: [connection('id')],
      responses: { '200': json('ConnectionDetails', 'The connection.'), '404': notFound },
    },
  },
  '/api/connections/{id}/companies': {
    get: {
      operationId: 'listCompanies',
      summary: 'The companies of a connection, and whether each is reached',
      parameters: [connection('id')],
      responses: { '200': json('Companies', 'By code.'), '404': notFound },
    },
  },
  '/api/incidents': {
    get: {
      operationId: 'listIncidents',
      summary: 'The incidents of a month, and how long it took to see, to tell and to mend them',
      parameters: [{ ...inQuery('month', 'A month like 2026-10.', month), required: true }],
      responses: {
        '200': json('Incidents', 'In the order they began.'),
        '400': problem('The month cannot be read.'),
      },
    },
  },
  '/api/connections/{id}/history': {
    get: {
      operationId: 'getHistory',
      summary: 'Who connected as whom, what was reached, who agreed, when and why',
      description: 'Entries are added and never changed or removed.',
      parameters: [
        connection('id'),
        inQuery('format', 'CSV has one line per entry.', { enum: ['json', 'csv'], default: 'json' }),
      ],
      responses: {
        '200': {
          description: 'All entries, newest first.',
          content: {
            'application/json': { schema: { $ref: '#/components/schemas/History' } },
            'text/csv': { schema: { type: 'string' } },
          },
        },
        '400': problem('The format is not known.'),
        '404': notFound,
      },
    },
  },
  '/api/connections/{connection}/companies/{company}/booking-readiness': {
    get: {
      operationId: 'getBookingReadiness',
      summary: 'May a document of this company be booked now?',
      description:
        'Ask before booking. The detail of a problem is written for the person who wants to book: show it as it is. There is no Retry-After: a broken link waits for a person.',
      parameters: [
        connection('connection'),
        company,
        inQuery(
          'officeUser',
          'Who wants to book, by the id in the office file: told in Slack when it is over.',
          typed,
        ),
      ],
      responses: {
        '200': json(
          'Ready',
          'Yes. A note says what may be worth knowing, such as a pause of the synchronisation.',
        ),
        '403': problem('No: the company is not reached, and waiting does not help.'),
        '404': notFound,
        '409': ambiguous,
        '503': problem(
          'Not now: disconnected, not connected yet, down or limiting us, never synchronised, not read again since a login, stopped, or withheld by the accounting system.',
        ),
      },
    },
  },
  ...bookingPaths,
  ...masterDataPaths,
};

const health: Json = {
  '/health': {
    get: {
      operationId: 'getHealth',
      summary: 'Whether the server works and what it needs answers',
      security: [],
      responses: {
        '200': json('Health', 'All answer.'),
        '503': json('Health', 'Something does not answer.'),
      },
    },
  },
};

/** The HTTP API in OpenAPI 3.1. A test holds it against the routes and their answers. */
export function openApi({ publicUrl }: { publicUrl: string }): Json {
  const refused = {
    '400': problem('The request has a text that cannot be taken, such as a control character.'),
    '401': problem('The bearer token is missing or wrong.'),
  };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Syncuser',
      version: '1.0.0',
      description: `The state of the connections to the accounting systems, and their master data. Errors are problem details (RFC 9457) with these types: ${Object.keys(problemTypes).join(', ')}.`,
    },
    servers: [{ url: publicUrl }],
    security: [{ bearer: [] }],
    paths: { ...withResponses(paths, refused), ...health },
    components: {
      schemas,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function withResponses(all: Record<string, Json>, more: Json): Json {
  const withMore = (operation: { responses: Json }) => ({
    ...operation,
    responses: { ...more, ...operation.responses },
  });
  return mapValues(all, (item) => mapValues(item as Record<string, { responses: Json }>, withMore));
}

function mapValues<V, W>(all: Record<string, V>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, change(value)]));
}
