import { z } from 'zod';
import type { KindFinding } from '../../domain/verification/verification.ts';
import { AccountingFailure } from '../failure.ts';
import { findingOf } from '../rights.ts';
import { isRefusal, type TrytonCaller } from './grant.ts';
import { seenModels, sightOf } from './record-rules.ts';
import { scopeOf } from './sweep.ts';
import { modelsOf, type Table } from './table.ts';

export interface RightsOfTables {
  tables: readonly Table[];
  company: number;
  context: Record<string, unknown>;
  signal?: AbortSignal | undefined;
}

/**
 * What Tryton says of the right to read these tables in a company that the user reaches: the access of their groups to all
 * models that a list needs (`ir.model.access`, asked for all of them at once), then one record, for a field of it may be closed to them. The
 * record rules decide whether that is all (record-rules.ts): where one looks at anything but the company nobody knows what
 * is hidden, whether a record came or not.
 */
export async function rightsOfTables(caller: TrytonCaller, asked: RightsOfTables): Promise<KindFinding[]> {
  const { tables } = asked;
  const models = [...new Set(tables.flatMap(modelsOf))];
  const closed = await closedModels(caller, models, asked);
  const findings: KindFinding[] = [];
  for (const table of tables) {
    const { kind } = table;
    if (modelsOf(table).some((name) => closed.has(name))) {
      findings.push({ kind, answer: 'no', evidence: 'right-check', barrier: 'user-right' });
      continue;
    }
    try {
      const came = await hasRecord(caller, table, asked);
      const { mayHide } = await sightOf(caller, seenModels(table), asked.signal);
      if (mayHide) findings.push({ kind, answer: 'unknown', evidence: 'record-rule', barrier: null });
      else findings.push({ kind, answer: 'yes', evidence: came ? 'row' : 'right-check', barrier: null });
    } catch (error) {
      findings.push(findingOf(kind, error));
    }
  }
  return findings;
}

/** `read` is 1 or true, 0 or false, and null where nothing is said of the model, which means that it may be read. */
const accessSchema = z.record(
  z.string(),
  z.looseObject({ read: z.union([z.boolean(), z.number()]).nullish() }),
);

async function closedModels(caller: TrytonCaller, models: string[], { signal }: RightsOfTables) {
  const answer = await caller.call('model.ir.model.access.get_access', [models, {}], signal);
  const access = parse(accessSchema, answer, 'get_access');
  return new Set(
    models.filter((model) => {
      const read = access[model]?.read;
      return read === false || read === 0;
    }),
  );
}

async function hasRecord(caller: TrytonCaller, table: Table, asked: RightsOfTables): Promise<boolean> {
  const { company, context, signal } = asked;
  const parameters = [scopeOf(table, company), 0, 1, [['id', 'ASC']], table.fields, context];
  const answer = await caller
    .call(`model.${table.model}.search_read`, parameters, signal)
    .catch((error: unknown) => {
      if (!isRefusal(error, 'user-error')) throw error;
      throw new AccountingFailure({ about: 'right' }, error.message, { cause: error });
    });
  return parse(z.array(z.unknown()), answer, `${table.model}.search_read`).length > 0;
}

function parse<S extends z.ZodType>(schema: S, answer: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new AccountingFailure({ about: 'reply' }, `${what}: not what Tryton 8.0 gives`, {
    cause: parsed.error,
  });
}
