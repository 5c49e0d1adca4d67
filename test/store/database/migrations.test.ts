import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { openDatabase } from '../../../store/database/database.ts';
import { migrations } from '../../../store/database/migrations/index.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const released = readdirSync(path('../../released')).filter((file) => file.endsWith('.sqlite'));

test('every migration is in the list, under the name of its file, and the list only grows at its end', () => {
  const files = readdirSync(path('../../../store/database/migrations')).filter((file) => /^\d/.test(file));
  const names = files.map((file) => file.replace(/\.ts$/, '')).toSorted();
  for (const kind of ['sqlite', 'postgres'] as const) expect(Object.keys(migrations(kind))).toEqual(names);
  const numbers = names.map((name) => Number(name.slice(0, 3)));
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('the data of every released version is opened', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncuser-released-'));
  for (const version of released) {
    const file = join(folder, version);
    cpSync(path(`../../released/${version}`), file);
    const { db, close } = await openDatabase({ file });
    expect(await db.selectFrom('connections').selectAll().execute()).not.toEqual([]);
    await close();
  }
  rmSync(folder, { recursive: true });
});
