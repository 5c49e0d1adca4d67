import { setImmediate } from 'node:timers/promises';

/** So many rows take about half a millisecond. */
const rowsPerTurn = 50;

/**
 * What `read` makes of the rows, a few at a time: between them everything else of the process has its turn, such as the
 * answers of the database to those who store their rows meanwhile.
 */
export async function inTurns<T, R>(rows: readonly T[], read: (row: T, index: number) => R): Promise<R[]> {
  const results: R[] = [];
  for (const [index, row] of rows.entries()) {
    if (index > 0 && index % rowsPerTurn === 0) await setImmediate();
    results.push(read(row, index));
  }
  return results;
}
