import type { z } from 'zod';

import type { MasterDataPage } from '../port.ts';
import type { Client } from './client.ts';
import type { DeletionLog } from './deletion-log.ts';
import type { Endpoint } from './endpoint.ts';
import { parseJson } from './failures.ts';
import type { MoveDates } from './move-dates.ts';
import type { RightsCheck } from './rights.ts';

/** One run over one kind of one company; each of the two feeds says how it goes on after a checkpoint. */
export interface FeedRequest {
  client: Client;
  rights: RightsCheck;
  division: number;
  endpoint: Endpoint;
  /** The text of the last stored page, or null for everything. */
  checkpoint: string | null;
  moves: MoveDates;
  deletions: DeletionLog;
  now: () => Date;
  signal: AbortSignal | undefined;
}

/**
 * What proves that a listing was everything: a login without the right gets nothing at all (rights.ts asks), never a part,
 * and only the last page has no `__next`.
 */
export const noNextPage = 'Exact Online gave no next page';

export type Feed = (request: FeedRequest) => AsyncGenerator<MasterDataPage>;

/** A checkpoint of an older shape counts as none: reading too much does no harm, reading too little does. */
export function parseCheckpoint<T>(schema: z.ZodType<T>, checkpoint: string | null): T | null {
  return checkpoint === null ? null : (schema.safeParse(parseJson(checkpoint)).data ?? null);
}
