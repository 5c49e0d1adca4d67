import { z } from 'zod';
import type { MasterDataKind } from '../../../domain/master-data.ts';
import { storeNext } from '../../store/store.ts';
import { bearer, type RunningWeb } from '../running-web.ts';

export interface Answer {
  status: number;
  type: string;
  headers: Headers;
  body: Record<string, unknown>;
}

export async function ask(
  web: RunningWeb,
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${web.url}${path}`, { headers: { ...bearer, ...headers } });
  const body = (await response.json()) as Record<string, unknown>;
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    headers: response.headers,
    body,
  };
}

/** One row of one kind comes in for a company. */
export async function synchronise(
  web: RunningWeb,
  companyId: string,
  kind: MasterDataKind,
  code = '1000',
): Promise<void> {
  const key = { connectionId: 'exact', companyId, kind };
  const row = {
    externalId: `${kind}-${code}`,
    code,
    name: 'Bank',
    active: true,
    details: {},
    modifiedAt: null,
  };
  await storeNext(web.store, {
    ...key,
    page: { rows: [row], deleted: [], checkpoint: code },
    round: 1,
  });
  await web.store.syncPositions.recordSuccess(key, 1);
}

/** A parser for what an OpenAPI 3.1 document says that GET of this address answers with this status and type. */
export function parserOfAnswer(
  document: Record<string, unknown>,
  path: string,
  { status, type }: Pick<Answer, 'status' | 'type'>,
): z.ZodType {
  const paths = Object.entries(document['paths'] as Record<string, { get?: Operation }>);
  const [bare = ''] = path.split('?');
  const isMeant = ([pattern]: [string, unknown]) =>
    new RegExp(`^${pattern.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(bare);
  const content = paths.find(isMeant)?.[1].get?.responses[status]?.content;
  const { $ref = '' } = content?.[type.replace(/;.*/, '')]?.schema ?? {};
  return parserOf(document, $ref.replace('#/components/schemas/', ''));
}

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: { $ref?: string } }> }>;
}

/** A parser for a schema of an OpenAPI 3.1 document. */
export function parserOf(document: Record<string, unknown>, name: string): z.ZodType {
  const here = JSON.stringify(document['components']).replaceAll('#/components/schemas/', '#/$defs/');
  const { schemas } = JSON.parse(here) as { schemas: Record<string, z.core.JSONSchema.BaseSchema> };
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  const schema = schemas[name];
  if (!schema) throw new Error(`No schema "${name}" is described`);
  return z.fromJSONSchema({ ...schema, $schema, $defs: schemas });
}
