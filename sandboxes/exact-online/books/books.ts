import type { Value } from './book-fields.ts';
import { type Kind, type KindId, kinds } from './kinds.ts';
import { cities, type Country, demoCompanies, surnames, trades } from './names.ts';
import { createRandom } from './random.ts';
import type { RowList } from './row-list.ts';
import type { RowChange } from '../state-schema.ts';
import { createTable, type Table } from '../table.ts';

/** One set of books as it was generated; switches may change its code and name later. */
export interface CompanyBook {
  division: number;
  code: string;
  name: string;
  country: Country;
  city: string;
  vatNumber: string;
  chamberOfCommerce: string;
}

export interface Row extends Record<string, Value> {
  ID: string;
  /** Row version: higher with every insert and change, without any meaning as a date. */
  Timestamp: number;
}

export interface Books {
  readonly companies: readonly CompanyBook[];
  /** Every row, by row version. */
  rows(division: number, kind: KindId): readonly Row[];
  /** The same, made when they are looked at. */
  byVersion(division: number, kind: KindId): RowList;
  /** By id, the order of the plain and bulk resources. */
  byId(division: number, kind: KindId): RowList;
  /** Another text after every change of these rows. */
  version(division: number, kind: KindId): string;
  /** The log of deleted rows, by row version. Kinds without a sync twin leave no trace in it. */
  deleted(division: number): readonly Row[];
}

export interface BooksOptions {
  seed: number;
  companies: number;
  rows: number;
  /** The changes so far of one table, oldest first. */
  changes(division: number, kind: KindId): readonly RowChange[];
}

/** The first row version that changes use; generated rows stay below it. */
export const firstChangeTimestamp = 10_000_000_000;

/** Deterministic books: the same seed gives the same rows. A table is made when it is first asked for, and kept. */
export function createBooks(options: BooksOptions): Books {
  const companies = Array.from({ length: options.companies }, (_, index) => companyBook(options.seed, index));
  const tables = new Map<string, { table: Table; made: number }>();
  let made = 0;

  const entry = (division: number, kind: Kind) => {
    const company = companies.find((candidate) => candidate.division === division);
    if (!company) throw new Error(`there are no books ${division}`);
    const key = `${division}/${kind.id}`;
    const changes = options.changes(division, kind.id);
    let known = tables.get(key);
    // After a reset the changes that are in are no longer among those of the state.
    if (known?.table.last && changes[known.table.version - 1] !== known.table.last) known = undefined;
    known ??= { table: createTable(company, kind, options), made: (made += 1) };
    tables.set(key, known);
    for (const change of changes.slice(known.table.version)) known.table.apply(change);
    return known;
  };
  const kindOf = (id: KindId) => kinds.find((kind) => kind.id === id)!;
  const table = (division: number, kind: KindId) => entry(division, kindOf(kind)).table;

  return {
    companies,
    rows(division, kind) {
      const list = table(division, kind).rows();
      return Array.from({ length: list.length }, (_, at) => list.row(at));
    },
    byVersion: (division, kind) => table(division, kind).rows(),
    byId: (division, kind) => table(division, kind).rowsById(),
    version(division, kind) {
      const known = entry(division, kindOf(kind));
      return `${known.made}.${known.table.version}`;
    },
    deleted: (division) =>
      kinds
        .filter((kind) => kind.sync !== null)
        .flatMap((kind) => entry(division, kind).table.deleted())
        .sort((one, other) => one.Timestamp - other.Timestamp),
  };
}

function companyBook(seed: number, index: number): CompanyBook {
  const random = createRandom(`${seed}/company/${index}`);
  const demo = demoCompanies[index];
  const country: Country = demo?.country ?? (random.chance(0.7) ? 'NL' : 'BE');
  const digits = random.digits(9);
  return {
    division: 2_310_000 + index * 1_013 + random.between(0, 1_000),
    code: String(101 + index),
    name: demo?.name ?? `${random.pick(trades)} ${random.pick(surnames)} ${country === 'NL' ? 'B.V.' : 'BV'}`,
    country,
    city: demo?.city ?? random.pick(cities[country]),
    vatNumber: country === 'NL' ? `NL${digits}B01` : `BE0${digits}`,
    chamberOfCommerce: country === 'NL' ? digits.slice(0, 8) : `0${digits}`,
  };
}
