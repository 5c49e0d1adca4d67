import type { Fields, Value } from './book-fields.ts';
import { rowCount, rowFields } from './book-rows.ts';
import { type Kind, type KindId, kinds } from './kinds.ts';
import { cities, type Country, demoCompanies, surnames, trades } from './names.ts';
import { createRandom, guidFrom } from './random.ts';
import type { RowChange } from './state.ts';

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
  /** Rows by row version. */
  rows(division: number, kind: KindId): readonly Row[];
  /** The same rows by id, the order of the plain resources. */
  rowsById(division: number, kind: KindId): readonly Row[];
  /** The log of deleted rows, by row version. Kinds without a sync twin leave no trace in it. */
  deleted(division: number): readonly Row[];
}

interface Table {
  rows: Row[];
  byId: Row[] | null;
  deleted: Row[];
  added: number;
  /** How many changes are in, and the last of them. */
  applied: number;
  last: RowChange | null;
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
  const tables = new Map<string, Table>();

  const table = (division: number, kind: Kind): Table => {
    const company = companies.find((candidate) => candidate.division === division);
    if (!company) throw new Error(`there are no books ${division}`);
    const key = `${division}/${kind.id}`;
    const known = tables.get(key) ?? generate(company, kind.id, options);
    tables.set(key, known);
    const changes = options.changes(division, kind.id);
    if (known.last && changes[known.applied - 1] !== known.last) {
      tables.delete(key); // a reset took the changes back
      return table(division, kind);
    }
    for (const change of changes.slice(known.applied)) applyChange(known, change, company, kind, options);
    return known;
  };
  const kindOf = (id: KindId) => kinds.find((kind) => kind.id === id)!;

  return {
    companies,
    rows: (division, kind) => table(division, kindOf(kind)).rows,
    rowsById(division, kind) {
      const known = table(division, kindOf(kind));
      known.byId ??= known.rows.toSorted((one, other) => (one.ID < other.ID ? -1 : 1));
      return known.byId;
    },
    deleted: (division) =>
      kinds
        .filter((kind) => kind.sync !== null)
        .flatMap((kind) => table(division, kind).deleted)
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

function generate(company: CompanyBook, kind: KindId, { seed, rows: long }: BooksOptions): Table {
  const random = createRandom(`${seed}/${company.division}/${kind}`);
  let version = random.between(1_000, 9_000);
  const rows = Array.from({ length: rowCount(kind, company, long) }, (_, index) => {
    version += random.between(1, 9);
    const created = Date.UTC(2022, random.between(0, 11), random.between(1, 28), 9, random.between(0, 59));
    return newRow(company, kind, index, { version, at: created, seed, long });
  });
  return { rows, byId: null, deleted: [], added: 0, applied: 0, last: null };
}

function newRow(
  company: CompanyBook,
  kind: KindId,
  index: number,
  made: { version: number; at: number; seed: number; long: number },
): Row {
  return {
    ID: guidFrom(`${company.division}/${kind}/${index}`),
    ...rowFields(kind, company, index, String(made.seed), made.long),
    Division: company.division,
    Created: new Date(made.at),
    Modified: new Date(made.at),
    Creator: guidFrom('user/S.Jansen'),
    Modifier: guidFrom('user/S.Jansen'),
    Timestamp: made.version,
  };
}

function applyChange(
  table: Table,
  change: RowChange,
  company: CompanyBook,
  kind: Kind,
  options: BooksOptions,
): void {
  table.applied += 1;
  table.last = change;
  table.byId = null;
  const versions = Array.from({ length: change.count }, (_, offset) => change.firstTimestamp + offset);
  if (change.action === 'add') {
    const first = rowCount(kind.id, company, options.rows) + table.added;
    table.added += change.count;
    table.rows.push(
      ...versions.map((version, offset) =>
        newRow(company, kind.id, first + offset, {
          version,
          at: change.at,
          seed: options.seed,
          long: options.rows,
        }),
      ),
    );
    return;
  }
  const chosen = choose(table.rows, change);
  const ids = new Set(chosen.map((row) => row.ID));
  table.rows = table.rows.filter((row) => !ids.has(row.ID));
  chosen.forEach((row, index) => {
    const version = versions[index]!;
    if (change.action === 'change') table.rows.push(changedRow(row, version, change.at));
    else if (kind.entityType !== null)
      table.deleted.push(deletedRow(row, version, change.at, kind.entityType));
  });
}

function choose(rows: readonly Row[], change: RowChange): Row[] {
  const random = createRandom(`change/${change.firstTimestamp}`);
  const left = [...rows];
  const count = Math.min(change.count, rows.length);
  return Array.from({ length: count }, () => left.splice(random.between(0, left.length - 1), 1)[0]!);
}

function changedRow(row: Row, version: number, at: number): Row {
  const field = 'Name' in row ? 'Name' : 'Description';
  const name = String(row[field]).replace(/ \(gewijzigd \d+\)$/, '');
  const changed: Fields = { [field]: `${name} (gewijzigd ${version % 100_000})`, Modified: new Date(at) };
  return { ...row, ...changed, Timestamp: version };
}

function deletedRow(row: Row, version: number, at: number, entityType: number): Row {
  return {
    ID: guidFrom(`deleted/${version}`),
    EntityKey: row.ID,
    EntityType: entityType,
    DeletedBy: guidFrom('user/S.Jansen'),
    DeletedDate: new Date(at),
    Division: row['Division'] ?? null,
    Timestamp: version,
  };
}
