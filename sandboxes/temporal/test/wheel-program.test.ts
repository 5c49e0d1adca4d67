import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ensureTemporalBinaries } from '../binaries.ts';
import { wheelProgram } from '../wheel-program.ts';
import type { Wheel } from '../wheels.ts';

const name = 'greeter_bin-1.0-py3-none-any.whl';
const build = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    wheel.writestr('greeter_bin-1.0.data/scripts/greeter', '#!/bin/sh\\necho good morning\\n')
`;

let folder: string;
let original: Buffer;
let wheel: Wheel;
let downloads: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'syncuser-wheel-'));
  execFileSync('python3', ['-c', build, join(folder, name)]);
  original = readFileSync(join(folder, name));
  const sha256 = createHash('sha256').update(original).digest('hex');
  const platform = `${process.platform}-${process.arch}`;
  wheel = { project: 'greeter-bin', version: '1.0', program: 'greeter', sha256: { [platform]: sha256 } };
  downloads = 0;
});

afterEach(() => rmSync(folder, { recursive: true }));

function downloadOf(content: Buffer) {
  return {
    download: async (_: Wheel, into: string) => {
      downloads += 1;
      writeFileSync(join(into, name), content);
    },
  };
}

describe('A program from a wheel', () => {
  test('is unpacked once and runs', async () => {
    const programs = join(folder, 'programs');
    const program = await wheelProgram(wheel, programs, downloadOf(original));
    expect(execFileSync(program).toString()).toBe('good morning\n');
    expect(await wheelProgram(wheel, programs, downloadOf(original))).toBe(program);
    expect(downloads).toBe(1);
  });

  test('is refused when one byte differs, and nothing of it stays', async () => {
    const tampered = Buffer.from(original);
    tampered[tampered.length - 1] = (tampered.at(-1) ?? 0) ^ 1;
    const programs = join(folder, 'programs');
    await expect(wheelProgram(wheel, programs, downloadOf(tampered))).rejects.toThrow(
      /not the file that is expected.*not run/,
    );
    expect(readdirSync(programs)).toEqual([]);
  });

  test('is not downloaded for a platform without a pinned hash', async () => {
    const elsewhere = { ...wheel, sha256: { 'plan9-mips': 'x' } };
    await expect(wheelProgram(elsewhere, folder, downloadOf(original))).rejects.toThrow(/TEMPORAL_ADDRESS/);
    expect(downloads).toBe(0);
  });

  test('is whole when two ask for it at the same time', async () => {
    const both = [1, 2].map(() => wheelProgram(wheel, join(folder, 'programs'), downloadOf(original)));
    for (const program of await Promise.all(both))
      expect(execFileSync(program).toString()).toBe('good morning\n');
  });
});

test('The Temporal programs that tests use are there and run', async () => {
  const { cli, testServer } = await ensureTemporalBinaries();
  expect(execFileSync(cli, ['--version']).toString()).toMatch(/^temporal version/);
  expect(readFileSync(testServer).length).toBeGreaterThan(1_000_000);
});
