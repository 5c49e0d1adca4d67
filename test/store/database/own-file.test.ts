import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openDatabase } from '../../../store/database/database.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncuser-own-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test('A database is read by its owner only: its folders, its file and what SQLite puts beside it', async () => {
  const file = join(folder, 'a', 'b', 'syncuser.sqlite');
  const database = await openDatabase({ file });
  expect([dirname(dirname(file)), dirname(file)].map(modeOf)).toEqual(['700', '700']);
  expect([file, `${file}-wal`, `${file}-shm`].map(modeOf)).toEqual(['600', '600', '600']);
  await database.close();
});

test('One that others could read is closed to them, and its folder stays as it is', async () => {
  const file = join(folder, 'syncuser.sqlite');
  chmodSync(folder, 0o755);
  writeFileSync(file, '', { mode: 0o644 });
  await (await openDatabase({ file })).close();
  expect([modeOf(folder), modeOf(file)]).toEqual(['755', '600']);
});
