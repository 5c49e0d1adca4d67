import swagger from '@fastify/swagger';
import type { FastifyBaseLogger, FastifyInstance, FastifySchema, FastifyTypeProvider } from 'fastify';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { z } from 'zod';
import { json, problem } from './openapi-words.ts';
import { problemTypes } from './problem.ts';
import { facts, named } from './schema-words.ts';

/** What a route takes, and what it answers, is what its zod schemas say. */
interface ZodTypes extends FastifyTypeProvider {
  validator: this['schema'] extends z.ZodType ? z.output<this['schema']> : unknown;
  serializer: this['schema'] extends z.ZodType ? z.input<this['schema']> : never;
}
export type Api = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypes>;

/**
 * Requests are parsed by the zod schemas of their routes, and the same schemas make the description, in OpenAPI 3.1.
 * Answers are sent as they are: types hold them to their schemas, and so does a test.
 * @throws z.ZodError where a request is refused, with the part of it as `validationContext`
 */
export async function parseAndDescribe(app: Api, publicUrl: string): Promise<void> {
  app.setValidatorCompiler<z.ZodType>(({ schema }) => (data) => {
    const { data: value, error } = schema.safeParse(data);
    return error ? { error } : { value };
  });
  app.setSerializerCompiler(() => JSON.stringify);
  await app.register(swagger, {
    convertConstToEnum: false,
    stripBasePath: false,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Syncuser',
        version: '1.0.0',
        description: `The state of the connections to the accounting systems, and their master data. Errors are problem details (RFC 9457) with these types: ${Object.keys(problemTypes).join(', ')}.`,
      },
      servers: [{ url: publicUrl }],
      security: [{ bearer: [] }],
      components: {
        schemas: { ...allNamed('input'), ...allNamed('output') } as Record<string, object>,
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      },
    },
    transform: ({ schema, url }) => ({ schema: described(schema, url), url }),
  });
}

/** The description itself. */
export function descriptionRoute(app: Api): void {
  const schema = {
    operationId: 'describe',
    summary: 'This description',
    response: { 200: json(facts, 'OpenAPI 3.1') },
  };
  app.get('/api/openapi.json', { schema }, async () => app.swagger());
}

const refused = {
  400: problem('The request has a text that cannot be taken, such as a control character.'),
  401: problem('The bearer token is missing or wrong.'),
};

type Answers = Record<string, { content?: Record<string, { schema: z.ZodType }> }>;

/** The schema of a route with JSON Schema in place of zod, and with what every address of the API may answer. */
function described(route: FastifySchema, url: string): FastifySchema {
  const { params, querystring, headers, body, response, ...words } = route;
  const answers = { ...(url.startsWith('/api/') && refused), ...(response as Answers) };
  const taken = { params, querystring, headers, body } as Record<string, z.ZodType | undefined>;
  return {
    ...words,
    ...mapValues(taken, (schema) => schema && asJson(schema, 'input')),
    response: mapValues(answers, (one: Answers[string]) => ({
      ...one,
      ...(one.content && {
        content: mapValues(one.content, ({ schema }) => ({ schema: asJson(schema, 'output') })),
      }),
    })),
  };
}

type Io = keyof typeof named;
type JsonSchema = z.core.JSONSchema.BaseSchema;
const uri = (id: string) => `#/components/schemas/${id}`;

function asJson(schema: z.ZodType, io: Io): JsonSchema {
  const name = named[io].get(schema)?.id;
  return name === undefined ? bare(z.toJSONSchema(schema, { ...settings, io })) : { $ref: uri(name) };
}

function allNamed(io: Io): Record<string, JsonSchema> {
  return mapValues(z.toJSONSchema(named[io], { ...settings, io, uri }).schemas, bare);
}

const settings = {
  unrepresentable: 'any',
  override({ jsonSchema }) {
    // Said by the format, and by every integer of JavaScript.
    if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  },
} satisfies z.core.ToJSONSchemaParams;

function bare({ $schema: _schema, $id: _id, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

function mapValues<V, W>(all: Record<string, V>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, change(value)]));
}
