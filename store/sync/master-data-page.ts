import { hash } from 'node:crypto';
import type { MasterDataPage } from '../../accounting/port.ts';
import type { MasterDataRow } from '../../domain/master-data.ts';
import type { PageId, PageRow } from '../database/sql-of-dialect.ts';

/** A page ready for the database: one JSON text with the rows (PageRow[]), one with the deleted ids. */
export interface PreparedPage {
  rowsJson: string;
  rows: number;
  idsJson: string;
  ids: number;
  /** The ids of the rows. */
  seen: string[];
}

/** A row that comes twice counts once, as it was last; an id that is both a row and deleted is deleted. */
export function preparePage({ rows, deleted }: MasterDataPage): PreparedPage {
  const ids = new Set(deleted);
  const last = new Map<string, MasterDataRow>();
  for (const row of rows) if (!ids.has(row.externalId)) last.set(row.externalId, row);
  return {
    rowsJson: JSON.stringify([...last.values()].map(toPageRow)),
    rows: last.size,
    idsJson: idsJson(ids),
    ids: ids.size,
    seen: [...last.keys()],
  };
}

/** External ids as the database takes them: JSON of PageId[]. */
export function idsJson(ids: Iterable<string>): string {
  return JSON.stringify(
    Array.from(ids, (externalId, index): PageId => ({ ordinal: index + 1, external_id: externalId })),
  );
}

function toPageRow(row: MasterDataRow): PageRow {
  const { externalId, code, name, modifiedAt } = row;
  const active = row.active ? 1 : 0;
  const details = canonicalDetails(row.details);
  return [
    externalId,
    code,
    name,
    active,
    details,
    modifiedAt,
    hashOf([code, name, active, details, modifiedAt]),
  ];
}

/** Same facts, same text: names in order, and what is null or undefined left out, as the two mean the same. */
function canonicalDetails(details: Readonly<Record<string, unknown>>): string {
  const facts: Record<string, unknown> = {};
  for (const name of inOrder(Object.keys(details))) if (details[name] !== null) facts[name] = details[name];
  return JSON.stringify(facts);
}

/** Sorted; the rows of a page have the same names in the same order, so that is done once. */
function inOrder(names: string[]): readonly string[] {
  if (names.length !== latest.names.length || names.some((name, index) => name !== latest.names[index]))
    latest = { names, sorted: names.toSorted() };
  return latest.sorted;
}
let latest: { names: readonly string[]; sorted: readonly string[] } = { names: [], sorted: [] };

/** 132 bits of SHA-256: two contents of one row never meet by chance. */
function hashOf(content: unknown[]): string {
  return hash('sha256', JSON.stringify(content), 'base64url').slice(0, 22);
}
