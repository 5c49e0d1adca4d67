import { z } from 'zod';
import { AccountingFailure } from '../failure.ts';
import type { MasterDataPage } from '../port.ts';
import { isRefusal, type TrytonCaller } from './grant.ts';
import { seenModels, sightOf } from './record-rules.ts';
import { domainOf, markFor, readCheckpoint, scopeOf, type Sweep } from './sweep.ts';
import type { Table } from './table.ts';
import { moment } from './values.ts';

export interface Reading {
  table: Table;
  company: number;
  /** What Tryton calls the context: language, company and whether archived records count. */
  context: Record<string, unknown>;
  checkpoint: string | null;
  /** Asks anew whether the user gets into the company. */
  reaches: (signal: AbortSignal | undefined) => Promise<boolean>;
  pageSize: number;
  now: () => Date;
  signal?: AbortSignal | undefined;
}

/**
 * The pages of one sweep (see sweep.ts); at least one, so that there always is a checkpoint to store. When the record rules
 * are others than the last time everything is listed anew: what comes in sight by that, nobody has touched.
 * @throws AccountingFailure `right` when Tryton says no; a delay; a reply that is not understood
 */
export async function* readPages(caller: TrytonCaller, reading: Reading): AsyncGenerator<MasterDataPage> {
  const { table, company, pageSize } = reading;
  let sweep = readCheckpoint(reading.checkpoint);
  let begins = !sweep.running;
  if (!sweep.running) {
    const { mark: sight } = await sightOf(caller, seenModels(table), reading.signal);
    const since = sight === sweep.sight ? sweep.since : null;
    const mark = await nextMark(caller, reading, since);
    sweep = { since, mark, after: 0, running: true, sight };
  }
  const isWhole = sweep.since === null;
  while (sweep.running) {
    const domain = domainOf(table, company, sweep);
    const records = await search(caller, reading, {
      model: table.model,
      domain,
      limit: pageSize,
      order: [['id', 'ASC']],
      fields: table.fields,
    });
    assertInOrder(table, sweep, records);
    const last = records.at(-1);
    // That a whole listing is at its end is only believed of a page with nothing on it: a short one may be cut short.
    const ends = isWhole ? records.length === 0 : records.length < pageSize;
    const proof = isWhole && ends ? await proofOf(caller, reading, sweep) : null;
    sweep =
      last && !ends
        ? { ...sweep, after: last.id }
        : { since: sweep.mark, mark: null, after: 0, running: false, sight: sweep.sight };
    yield {
      rows: records.flatMap((record) => rowsOf(table, record)),
      deleted: [],
      checkpoint: JSON.stringify(sweep),
      ...(isWhole && { whole: { begins, ends, proof } }),
    };
    begins = false;
  }
}

/**
 * What a listing that came to its end proves. A company the user does not reach (any more) and a record rule both look like
 * records that are not there, so both are asked for once more.
 */
async function proofOf(
  caller: TrytonCaller,
  { table, reaches, signal }: Reading,
  { sight }: Sweep,
): Promise<string | null> {
  const now = await sightOf(caller, seenModels(table), signal);
  if (now.mayHide || now.mark !== sight) return null;
  return (await reaches(signal))
    ? 'a page with nothing on it, in reach, and no record rule but of companies'
    : null;
}

/** A page that goes back says that the domain or the order was not heeded: what comes of it is no listing of anything. */
function assertInOrder(table: Table, { after }: Sweep, records: readonly { id: number }[]): void {
  const ids = [after, ...records.map(({ id }) => id)];
  if (ids.some((id, place) => place > 0 && id <= (ids[place - 1] ?? 0)))
    throw new AccountingFailure(
      { about: 'reply' },
      `Tryton's ${table.model} does not come in the order of ids`,
    );
}

/** The newest change among the records and their parts: what the next sweep can start from. */
async function nextMark(
  caller: TrytonCaller,
  reading: Reading,
  since: string | null,
): Promise<string | null> {
  const { table, company, now } = reading;
  const newest = since === null ? [] : [since];
  for (const model of [table.model, ...Object.values(table.parts)]) {
    const [record] = await search(caller, reading, {
      model,
      domain: model === table.model ? scopeOf(table, company) : [],
      limit: 1,
      order: [['last_modified_at', 'DESC NULLS LAST']],
      fields: ['last_modified_at'],
    });
    if (record) newest.push(moment.parse(record['last_modified_at']));
  }
  // Moments in UTC of equal length sort as text.
  return markFor(newest.sort().at(-1) ?? null, now());
}

interface Search {
  model: string;
  domain: unknown[];
  limit: number;
  order: unknown[];
  fields: readonly string[];
}

const recordsSchema = z.array(z.looseObject({ id: z.int() }));

async function search(
  caller: TrytonCaller,
  reading: Reading,
  { model, domain, limit, order, fields }: Search,
) {
  try {
    const parameters = [domain, 0, limit, order, fields, reading.context];
    return recordsSchema.parse(await caller.call(`model.${model}.search_read`, parameters, reading.signal));
  } catch (error) {
    // A read asks for nothing a user can do wrong, so Tryton's "no" in words is about their rights.
    if (isRefusal(error, 'user-error')) {
      throw new AccountingFailure({ about: 'right' }, error.message, { cause: error });
    }
    throw error;
  }
}

function rowsOf(table: Table, record: { id: number }) {
  try {
    return table.rows(record);
  } catch (cause) {
    throw new AccountingFailure(
      { about: 'reply' },
      `Tryton's ${table.model} ${record.id} is not what version 8.0 gives`,
      { cause },
    );
  }
}
