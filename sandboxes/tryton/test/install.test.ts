import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ensureTryton } from '../install.ts';
import { ensureTemplate } from '../seed.ts';
import { firstTimeMs } from '../own-tryton.ts';

let directory: string;
beforeEach(async () => void (directory = await mkdtemp(join(tmpdir(), 'tryton-install-'))));
afterEach(() => rm(directory, { recursive: true }));

describe('Installing Tryton', () => {
  test('says that Python is missing, and how to get it', async () => {
    await expect(ensureTryton({ directory, python: 'no-such-python' })).rejects.toThrow(
      '"no-such-python" cannot be run. Tryton needs Python 3.10 or newer, e.g. apt-get install python3 python3-venv.',
    );
  });

  test(
    'keeps what is there: the second time needs neither Python nor a package index',
    async () => {
      const shared = join(process.cwd(), '.local', 'tryton');
      const first = await ensureTryton({ directory: shared });
      const template = await ensureTemplate(first);
      const said: string[] = [];
      const say = (line: string) => void said.push(line);

      const second = await ensureTryton({ directory: shared, python: 'no-such-python', say });

      expect(second).toEqual(first);
      expect(await ensureTemplate(second, say)).toEqual(template);
      expect(said).toEqual([]);
    },
    firstTimeMs,
  );
});
