// Runs jest and says "N passed, N failed" alone on the last line. Arguments are passed on to jest.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const folder = mkdtempSync(join(tmpdir(), 'syncuser-test-'));
const results = join(folder, 'results.json');
// jest runs ES modules only with this option: https://jestjs.io/docs/ecmascript-modules
const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest];
const child = spawn(
  process.execPath,
  [...args, '--json', `--outputFile=${results}`, ...process.argv.slice(2)],
  {
    stdio: ['inherit', 'ignore', 'inherit'], // the report is on stderr; stdout only repeats the JSON
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));

/** A test that failed may leave something open, on which jest would wait for ever; the results are written by then. */
const watch = setInterval(() => {
  if (!existsSync(results)) return;
  clearInterval(watch);
  setTimeout(() => {
    console.error('Jest did not end by itself: a test left something open.');
    child.kill('SIGKILL');
  }, 30_000).unref();
}, 1_000);
watch.unref();

child.on('exit', (code) => {
  const { passed, failed } = count();
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = code || (failed > 0 ? 1 : 0);
  console.log(`${passed} passed, ${failed} failed`);
});

/** A test file that could not run counts as one failure, and so does jest when it left no result. */
function count() {
  try {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(results, 'utf8'),
    );
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
