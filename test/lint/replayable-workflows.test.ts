import { expect, test } from '@jest/globals';
import { Linter } from 'eslint';
// @ts-expect-error: it has no types
import config from '../../eslint.config.js';

const ours = ['no-restricted-syntax', 'no-restricted-imports'];
const configs = (config as Linter.Config[]).filter(({ rules = {} }) => ours.some((rule) => rule in rules));

/** What our own rules say of a workflow that is written like this, in this file. */
function saidOf(code: string, filename = 'workflows/careless.js'): string[] {
  return new Linter()
    .verify(code, [{ files: ['**/*.{js,ts}'] }, ...configs], { filename })
    .map(({ message }) => message);
}

test('what makes a history come out otherwise when it is read again is refused, and what does not is not', () => {
  const careless = `
    import { condition, setHandler } from '@temporalio/workflow';
    import { nowMs } from './clock.ts';
    export async function careless(pause, due) {
      let woken = 0;
      await condition(() => nowMs() > due, 5);
      await condition(() => (woken += 1) > 3, 5);
      await condition(() => due > 3);
      setHandler(pause, () => {}, { validator() { if (nowMs() > due) woken += 1; } });
      return Date.now() + new Date().getTime();
    }`;
  expect(saidOf(careless).sort()).toEqual([
    'A predicate of condition asks no clock.',
    'A predicate of condition changes nothing.',
    'A validator asks no clock.',
    'A validator changes nothing.',
    'A wait has a time limit, so that whoever falls asleep sets a timer.',
    'Ask workflows/clock.ts for the time.',
    'Ask workflows/clock.ts for the time.',
  ]);
  const careful = `
    import { condition } from '@temporalio/workflow';
    import { nowMs } from './clock.ts';
    export async function careful(due, isWoken) {
      while (nowMs() < due && !isWoken()) await condition(() => isWoken(), due - nowMs());
    }`;
  expect(saidOf(careful)).toEqual([]);
});

test('what predicates and validators ask cannot ask the clock', () => {
  const asksTheClock = "import { now } from '../clock.ts';\nexport const at = now;\n";
  for (const file of [
    'workflows/connections/connection-agenda.ts',
    'workflows/connections/connection-objections.ts',
  ])
    expect(saidOf(asksTheClock, file)).toEqual([
      expect.stringContaining("'../clock.ts' import is restricted"),
    ]);
  expect(saidOf(asksTheClock, 'workflows/connections/connection-rounds.ts')).toEqual([]);
});
