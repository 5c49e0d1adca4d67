import { z } from 'zod';
import type { KindFinding } from '../../domain/verification.ts';
import { AccountingFailure } from '../failure.ts';
import { findingOf } from '../rights.ts';
import { isRefusal, type TrytonCaller } from './grant.ts';
import { scopeOf } from './sweep.ts';
import type { Table } from './table.ts';

export interface RightsOfTables {
  tables: readonly Table[];
  company: number;
  context: Record<string, unknown>;
  signal?: AbortSignal | undefined;
}

/**
 * What Tryton says of the right to read these tables in a company that the user reaches: the access of his groups to the
 * models (`ir.model.access`, asked for all of them at once), then one record, for a field of it may be closed to him. Where
 * there is no record, the record rules decide (`ir.rule`): they hide records without an error, so an empty table is
 * believed only when no rule of its model looks at anything but the companies, which are known.
 */
export async function rightsOfTables(caller: TrytonCaller, asked: RightsOfTables): Promise<KindFinding[]> {
  const { tables } = asked;
  const models = [...new Set(tables.flatMap(({ model, parts }) => [model, ...Object.values(parts)]))];
  const closed = await closedModels(caller, models, asked);
  let hiding: Promise<ReadonlySet<string>> | null = null;
  const findings: KindFinding[] = [];
  for (const table of tables) {
    const { kind, model, parts } = table;
    if ([model, ...Object.values(parts)].some((name) => closed.has(name))) {
      findings.push({ kind, answer: 'no', evidence: 'right-check', barrier: 'user-right' });
      continue;
    }
    try {
      if (await hasRecord(caller, table, asked)) {
        findings.push({ kind, answer: 'yes', evidence: 'row', barrier: null });
        continue;
      }
      hiding ??= modelsWithHidingRules(caller, models, asked);
      findings.push(
        (await hiding).has(model)
          ? { kind, answer: 'unknown', evidence: 'empty', barrier: null }
          : { kind, answer: 'yes', evidence: 'right-check', barrier: null },
      );
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

const rulesSchema = z.array(z.object({ domain: z.string(), 'rule_group.': z.object({ model: z.string() }) }));

/** Models of which a record rule may hide records of a company that the user has. */
export async function modelsWithHidingRules(
  caller: TrytonCaller,
  models: string[],
  { signal }: Pick<RightsOfTables, 'signal'>,
): Promise<ReadonlySet<string>> {
  const ofThese = [
    ['rule_group.model', 'in', models],
    ['rule_group.perm_read', '=', true],
  ];
  const parameters = [ofThese, 0, null, null, ['domain', 'rule_group.model'], {}];
  try {
    const rules = parse(
      rulesSchema,
      await caller.call('model.ir.rule.search_read', parameters, signal),
      'ir.rule',
    );
    const hiding = rules.filter(({ domain }) => !/"companies"/.test(domain));
    return new Set(hiding.map(({ 'rule_group.': group }) => group.model));
  } catch (error) {
    // Who may not read the rules cannot know what they hide.
    if (isRefusal(error, 'user-error')) return new Set(models);
    throw error;
  }
}

function parse<S extends z.ZodType>(schema: S, answer: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new AccountingFailure({ about: 'reply' }, `${what}: not what Tryton 8.0 gives`, {
    cause: parsed.error,
  });
}
