import { createHash } from 'node:crypto';
import { z } from 'zod';
import { createAsk } from './ask.ts';
import { isRefusal, type TrytonCaller } from './grant.ts';
import type { Table } from './table.ts';
import { flag } from './values.ts';

/**
 * What record rules (`ir.rule`) let a login see. They hide records without an error, and a list of what is left looks like
 * any other.
 */
export interface Sight {
  /** A record of a company that this login has may be hidden from it. */
  mayHide: boolean;
  /** Another one than before says that the rules are others, so that records may have come in sight that nobody touched. */
  mark: string;
}

/** A model, and whether each of its records belongs to the one company that is read. */
export interface SeenModel {
  model: string;
  perCompany: boolean;
}

/** The models whose rules decide which records of a table come, and what they say. */
export function seenModels({ model, perCompany, parts }: Table): SeenModel[] {
  return [model, ...Object.values(parts)].map((name) => ({ model: name, perCompany }));
}

const rulesSchema = z.array(
  z.object({
    domain: z.string(),
    'rule_group.': z.object({
      id: z.int(),
      model: z.string(),
      global_p: flag,
      default_p: flag,
    }),
  }),
);
type Rule = z.output<typeof rulesSchema>[number];

/**
 * Asks for the rules of these models; every user may read them. Who may not cannot know what they hide.
 * @throws AccountingFailure
 */
export async function sightOf(
  caller: TrytonCaller,
  models: readonly SeenModel[],
  signal?: AbortSignal,
): Promise<Sight> {
  const ofThese = [
    ['rule_group.model', 'in', models.map(({ model }) => model)],
    ['rule_group.perm_read', '=', true],
  ];
  const fields = ['domain', ...['id', 'model', 'global_p', 'default_p'].map((name) => `rule_group.${name}`)];
  try {
    const parameters = [ofThese, 0, null, [['id', 'ASC']], fields, {}];
    const rules = await createAsk(caller)(rulesSchema, 'model.ir.rule.search_read', parameters, signal);
    return { mayHide: models.some((seen) => mayHide(rules, seen)), mark: markOf(rules) };
  } catch (error) {
    if (error instanceof Error && isRefusal(error.cause, 'user-error')) return { mayHide: true, mark: '' };
    throw error;
  }
}

function markOf(rules: readonly Rule[]): string {
  return createHash('sha256').update(JSON.stringify(rules)).digest('base64url').slice(0, 16);
}

/**
 * Every global group of rules must let a record through, by one of its rules; and one of the others that apply to the user,
 * if there are any (trytond/ir/rule.py). Which of those apply depends on the groups of the user, but a default one always does.
 */
function mayHide(rules: readonly Rule[], { model, perCompany }: SeenModel): boolean {
  const groups = new Map<number, Rule[]>();
  for (const rule of rules) {
    const { id, model: ofModel } = rule['rule_group.'];
    if (ofModel === model) groups.set(id, [...(groups.get(id) ?? []), rule]);
  }
  const told = [...groups.values()].map((group) => ({
    of: group[0]!['rule_group.'],
    letsThrough: group.some(({ domain }) => letsAllThrough(parsed(domain), perCompany)),
  }));
  if (told.some(({ of, letsThrough }) => of.global_p && !letsThrough)) return true;
  const others = told.filter(({ of }) => !of.global_p);
  const isOpen =
    others.some(({ of, letsThrough }) => of.default_p && letsThrough) ||
    others.every(({ letsThrough }) => letsThrough);
  return !isOpen;
}

/**
 * Does this domain surely hold for each record of a company that the user has? Only what looks at nothing but the company
 * can be said to; whatever else it says, nobody here evaluates.
 */
function letsAllThrough(domain: unknown, perCompany: boolean): boolean {
  if (!Array.isArray(domain)) return false;
  const [first, ...rest] = domain as unknown[];
  if (first === 'OR') return rest.some((clause) => letsAllThrough(clause, perCompany));
  if (first === 'AND') return rest.every((clause) => letsAllThrough(clause, perCompany));
  if (typeof first !== 'string') return domain.every((clause) => letsAllThrough(clause, perCompany));
  const [operator, value] = rest;
  return perCompany && first === 'company' && operator === 'in' && theCompanies.safeParse(value).success;
}

/** `Eval('companies', [])`, as Tryton keeps it. */
const theCompanies = z.looseObject({ __class__: z.literal('Eval'), v: z.literal('companies') });

function parsed(domain: string): unknown {
  try {
    return JSON.parse(domain);
  } catch {
    return null;
  }
}
