import { accountNumber, type Fields } from './books/book-fields.ts';
import { rowCount, rowFields } from './books/book-rows.ts';
import type { BooksOptions, CompanyBook, Row } from './books/books.ts';
import type { Kind } from './books/kinds.ts';
import { createRandom, guidFrom, scattered } from './books/random.ts';
import { reordered, type RowList } from './books/row-list.ts';
import type { RowChange } from './state-schema.ts';

/** The rows of one kind in one company. Only their order and what was changed is kept; a row is made when it is read. */
export interface Table {
  /** Rises with every change. */
  readonly version: number;
  /** The last change that is in, or null. */
  readonly last: RowChange | null;
  /** By row version. */
  rows(): RowList;
  rowsById(): RowList;
  deleted(): readonly Row[];
  apply(change: RowChange): void;
}

/** One row: which one of its kind, at which row version, and when and how often it was written. */
interface Entry {
  index: number;
  version: number;
  createdAt: number;
  /** The row version of the last change, and its moment; null for a row nobody changed. */
  changed: { version: number; at: number } | null;
}

const writer = guidFrom('user/S.Jansen');

export function createTable(company: CompanyBook, kind: Kind, { seed, rows: long }: BooksOptions): Table {
  const name = `${seed}/${company.division}/${kind.id}`;
  const count = rowCount(kind.id, company, long);
  let entries = generated(name, count);
  let deleted: Row[] = [];
  let byId: RowList | null = null;
  let added = 0;
  let version = 0;
  let last: RowChange | null = null;

  const idOf = (index: number) => guidFrom(`${company.division}/${kind.id}/${index}`);
  const rows: RowList = {
    get length() {
      return entries.length;
    },
    id: (at) => idOf(entries[at]!.index),
    timestamp: (at) => entries[at]!.version,
    modified: (at) => modifiedAt(entries[at]!),
    row(at) {
      const entry = entries[at]!;
      const fields = rowFields(kind.id, company, entry.index, String(seed), long);
      return { ID: idOf(entry.index), ...edited(fields, entry, company), ...written(company, entry) };
    },
  };

  const add = (change: RowChange) => {
    entries.push(...versions(change).map((at, offset) => newEntry(count + added + offset, at, change.at)));
    added += change.count;
  };
  const take = (change: RowChange) => {
    const chosen = choose(entries, change);
    const gone = new Set(chosen);
    entries = entries.filter((entry) => !gone.has(entry));
    chosen.forEach((entry, offset) => {
      const at = change.firstTimestamp + offset;
      if (change.action === 'change') {
        entries.push({ ...entry, version: at, changed: { version: at, at: change.at } });
      } else if (kind.entityType !== null) {
        deleted.push(deletedRow(idOf(entry.index), at, change.at, kind.entityType, company.division));
      }
    });
  };
  /** "Timestamp is regenerated" (vendor, on DivisionMoveDate). That the log of deletions starts anew is assumed. */
  const move = () => {
    entries = entries.map((entry, at) => ({ ...entry, version: 101 + version + 7 * at }));
    deleted = [];
  };

  return {
    get version() {
      return version;
    },
    get last() {
      return last;
    },
    rows: () => rows,
    rowsById() {
      byId ??= inIdOrder(rows);
      return byId;
    },
    deleted: () => deleted,
    apply(change) {
      version += 1;
      last = change;
      byId = null;
      if (change.action === 'add') add(change);
      else if (change.action === 'move') move();
      else take(change);
    },
  };
}

/** Row versions rise by one to nine, so that nobody can count on them being without gaps. */
function generated(name: string, count: number): Entry[] {
  const random = createRandom(name);
  const start = random.between(1_000, 9_000);
  const salt = random.between(0, 1_000_000);
  return Array.from({ length: count }, (_, index) => {
    const drawn = scattered(salt + index);
    const createdAt = Date.UTC(2022, drawn % 12, 1 + ((drawn >>> 4) % 28), 9, (drawn >>> 9) % 60);
    return newEntry(index, start + 9 * index + 1 + ((drawn >>> 16) % 9), createdAt);
  });
}

function newEntry(index: number, version: number, createdAt: number): Entry {
  return { index, version, createdAt, changed: null };
}

function versions({ firstTimestamp, count }: RowChange): number[] {
  return Array.from({ length: count }, (_, offset) => firstTimestamp + offset);
}

function modifiedAt({ createdAt, changed }: Entry): number {
  return changed?.at ?? createdAt;
}

function written(company: CompanyBook, entry: Entry) {
  return {
    Division: company.division,
    Created: new Date(entry.createdAt),
    Modified: new Date(modifiedAt(entry)),
    Creator: writer,
    Modifier: writer,
    Timestamp: entry.version,
  };
}

/** What a bookkeeper changes: the number of a bank account, and the name of anything else. */
function edited(fields: Fields, { changed }: Entry, { country }: CompanyBook): Fields {
  if (!changed) return fields;
  if ('BankAccount' in fields)
    return { ...fields, BankAccount: accountNumber(country, createRandom(`account/${changed.version}`)) };
  const field = 'Name' in fields ? 'Name' : 'Description';
  return { ...fields, [field]: `${String(fields[field])} (gewijzigd ${changed.version % 100_000})` };
}

function choose(entries: readonly Entry[], change: RowChange): Entry[] {
  const random = createRandom(`change/${change.firstTimestamp}`);
  const left = [...entries];
  return Array.from({ length: Math.min(change.count, entries.length) }, () => {
    const at = random.between(0, left.length - 1);
    const chosen = left[at]!;
    left[at] = left.at(-1)!;
    left.pop();
    return chosen;
  });
}

function inIdOrder(rows: RowList): RowList {
  const ids = Array.from({ length: rows.length }, (_, at) => rows.id(at));
  const order = ids.map((_, at) => at).sort((one, other) => (ids[one]! < ids[other]! ? -1 : 1));
  const inOrder = reordered(rows, order);
  return { ...inOrder, id: (at) => ids[order[at]!]! };
}

function deletedRow(key: string, version: number, at: number, entityType: number, division: number): Row {
  return {
    ID: guidFrom(`deleted/${version}`),
    EntityKey: key,
    EntityType: entityType,
    DeletedBy: writer,
    DeletedDate: new Date(at),
    Division: division,
    Timestamp: version,
  };
}
