import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ensureApiToken } from '../../start/keys.ts';

test('the token of the API is made once, and only its owner can read it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'syncuser-keys-'));
  try {
    const file = join(folder, 'data', 'api-token');
    const token = ensureApiToken(file);
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(ensureApiToken(file)).toBe(token);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
