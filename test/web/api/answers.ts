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

/** A parser for a schema of an OpenAPI 3.1 document. */
export function parserOf(document: Record<string, unknown>, name: string): z.ZodType {
  const { schemas } = document['components'] as { schemas: Record<string, Record<string, unknown>> };
  return z.fromJSONSchema({ ...schemas[name], $schema: 'https://json-schema.org/draft/2020-12/schema' });
}
