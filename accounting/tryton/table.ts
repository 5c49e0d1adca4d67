import { z } from 'zod';
import type { MasterDataKind, MasterDataRow } from '../../domain/master-data.ts';
import { moment } from './values.ts';

/** How one kind of master data is kept in Tryton, and how its records become rows. */
export interface Table {
  kind: MasterDataKind;
  model: string;
  /** The fields to ask for; a point follows a relation. */
  fields: readonly string[];
  perCompany: boolean;
  only: readonly unknown[];
  parts: Readonly<Record<string, string>>;
  refers: Readonly<Record<string, string>>;
  /** Nearly always one. @throws ZodError when a record is not what Tryton 8.0 gives */
  rows(record: unknown): MasterDataRow[];
}

type OwnRow<K extends MasterDataKind> = Omit<MasterDataRow<K>, 'externalId' | 'modifiedAt'>;

interface Definition<K extends MasterDataKind, S extends z.ZodRawShape> {
  kind: K;
  model: string;
  /** Does each record belong to one company? Parties, products, journals and terms are shared by all. */
  perCompany: boolean;
  /** The fields by Tryton's names; related records stand under the field's name with a point. */
  record: S;
  /** Which records of the model count (a Tryton domain). */
  only?: readonly unknown[];
  /**
   * Records that are part of this one but carry their own time of change: a new address leaves the
   * `last_modified_at` of its party alone. Field path -> model.
   */
  parts?: Readonly<Record<string, string>>;
  /** Records of others that this one leads to and that are read along with it. Field path -> model. */
  refers?: Readonly<Record<string, string>>;
  /** A record that is a row of each of several others says of which. */
  row(record: z.output<z.ZodObject<S>>): OwnRow<K> | (OwnRow<K> & { of: string })[];
}

/** Every record has an id, and the moment it was last touched (`write_date`, else `create_date`). */
const common = z.object({ id: z.int(), last_modified_at: moment.nullish() });

/** Related records, or null where there is none. */
export function related<S extends z.ZodRawShape>(shape: S) {
  return z.object(shape).nullish();
}

export function defineTable<K extends MasterDataKind, S extends z.ZodRawShape>(
  definition: Definition<K, S>,
): Table {
  const { kind, model, perCompany, only = [], parts = {}, refers = {} } = definition;
  const own = z.object(definition.record);
  return {
    kind,
    model,
    perCompany,
    only,
    parts,
    refers,
    fields: ['last_modified_at', ...fieldsOf(own)],
    rows(record) {
      const { id, last_modified_at: modifiedAt = null } = common.parse(record);
      const told = definition.row(own.parse(record));
      if (!Array.isArray(told)) return [{ externalId: String(id), modifiedAt, ...told }];
      return told.map(({ of, ...row }) => ({ externalId: `${id}-${of}`, modifiedAt, ...row }));
    },
  };
}

/** Every model that must be open to a login for this list to come. */
export function modelsOf({ model, parts, refers }: Pick<Table, 'model' | 'parts' | 'refers'>): string[] {
  return [...new Set([model, ...Object.values(parts), ...Object.values(refers)])];
}

/** The names to ask for are the names that are parsed: `{ 'party.': { code } }` asks for `party.code`. */
function fieldsOf(type: unknown): string[] {
  if (type instanceof z.ZodOptional || type instanceof z.ZodNullable) return fieldsOf(type.unwrap());
  if (type instanceof z.ZodArray) return fieldsOf(type.element);
  if (!(type instanceof z.ZodObject)) return [];
  return Object.entries(type.shape).flatMap(([name, inner]) =>
    name.endsWith('.') ? fieldsOf(inner).map((field) => name + field) : [name],
  );
}
