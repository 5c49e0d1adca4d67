import { execFile } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';

const fixtures = 'test/fixtures/mutation';

/** Runs it as `npm run mutation` does. */
function mutation(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const program = ['--import', 'tsx', 'scripts/mutation/main.ts', ...args];
    execFile(process.execPath, program, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

describe('npm run mutation', () => {
  test('kills what a test notices, lets live what none does, and ends what would go on for ever', async () => {
    const { code, stdout, stderr } = await mutation(
      `${fixtures}/limit.ts`,
      '--tests',
      `${fixtures}/limit-check.ts`,
    );
    expect(code).toBe(0);
    const left = (verdict: string) => stderr.split('\n').filter((line) => line.startsWith(verdict));
    // The lower limit is held, and the upper one is not.
    expect(left('SURVIVED')).toEqual([
      `SURVIVED ${fixtures}/limit.ts:3:25 EqualityOperator: amount < 10 => amount <= 10`,
    ]);
    expect(left('timed out')).toContainEqual(
      expect.stringContaining(`limit.ts:9:35 AssignmentOperator: left -= 1 => left += 1`),
    );
    const figures = JSON.parse(stdout) as Record<string, number>;
    expect(figures).toMatchObject({ survived: 1, noCoverage: 0, doubtful: 0, files: 1, tests: 5 });
    expect(figures['killed']! + figures['timedOut']! + 1).toBe(figures['mutants']);
  });

  test('judges nothing by a test that fails without any mutant, and says which', async () => {
    const { code, stdout, stderr } = await mutation(
      `${fixtures}/limit.ts`,
      '--tests',
      `${fixtures}/failing-check.ts`,
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`${fixtures}/failing-check.ts: "a wrong test" fails without any mutant`);
  });

  test('tells how it is called when no path is given', async () => {
    expect(await mutation()).toMatchObject({ code: 2, stderr: expect.stringContaining('-- PATHS') });
  });
});
