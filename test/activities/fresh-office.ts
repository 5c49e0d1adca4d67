import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { createWorkbench, type Workbench } from '../accounting/exact-online/sandbox.ts';
import { onSqlite } from '../database.ts';
import { openOffice, type OfficeWithBooks } from './office-with-books.ts';

/** One sandbox for the tests of a file; before each of them it is as at first, and a fresh office on SQLite works with it. */
export function withFreshOffice(
  options: Parameters<typeof createWorkbench>[0],
  begin: (fresh: { bench: Workbench; office: OfficeWithBooks }) => unknown,
): void {
  let bench: Workbench;
  const open = onSqlite();
  beforeAll(async () => {
    bench = await createWorkbench(options);
  });
  afterAll(() => bench.close());
  beforeEach(async () => {
    await bench.turn('reset', {});
    bench.resetClock();
    await begin({ bench, office: await openOffice(bench, open) });
  });
}
