import type { Row } from './books.ts';

/** Rows in one order, made when they are looked at: a list of a million rows costs only its order. */
export interface RowList {
  readonly length: number;
  row(at: number): Row;
  /** Three fields that filters and pages ask of many rows, without making the row. */
  id(at: number): string;
  timestamp(at: number): number;
  modified(at: number): number;
}

/** What `id`, `timestamp` and `modified` are called in a filter. */
export const lightFields: readonly string[] = ['ID', 'Timestamp', 'Modified'];

export function rowListOf(rows: readonly Row[]): RowList {
  return {
    length: rows.length,
    row: (at) => rows[at]!,
    id: (at) => rows[at]!.ID,
    timestamp: (at) => rows[at]!.Timestamp,
    modified: (at) => (rows[at]!['Modified'] as Date | undefined)?.getTime() ?? 0,
  };
}

/** The same rows in another order. */
export function reordered(rows: RowList, order: ArrayLike<number>): RowList {
  return {
    length: order.length,
    row: (at) => rows.row(order[at]!),
    id: (at) => rows.id(order[at]!),
    timestamp: (at) => rows.timestamp(order[at]!),
    modified: (at) => rows.modified(order[at]!),
  };
}
