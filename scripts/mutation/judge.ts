import { readFileSync } from 'node:fs';
import { createLoader } from './scripts.ts';
import { createStandIn, type Outcome } from './stand-in.ts';

/** What the judge is asked: to run tests of one file, with a mutant or without. */
export interface Question {
  file: string;
  /** null for all of them */
  tests: string[] | null;
  mutant: string | null;
  /** How often the place of the mutant may be passed before it counts as an endless loop. */
  hitLimit: number;
  firstFailureIsEnough: boolean;
}

/** What the judge says: a test begins (null: a hook), which may need a limit; or the answer to the question. */
export type Said = { began: string | null } | { answer: Answer };

export interface Answer {
  tests: { name: string; ms: number; covers: Record<string, number>; failure?: string }[];
  /** What was passed while the file was loaded, and in hooks of whole blocks. */
  aside: Record<string, number>;
  endless: boolean;
  /** Something failed outside any test: another process should go on. */
  unsettled: boolean;
}

/** What the switches in the instrumented files look at, by the names that the instrumenter gives them. */
interface Switches {
  activeMutant: string | undefined;
  currentTestId: string | undefined;
  mutantCoverage: { static: Record<string, number>; perTest: Record<string, Record<string, number>> };
  hitCount: number;
  hitLimit: number;
}

const switches: Switches = {
  activeMutant: undefined,
  currentTestId: undefined,
  mutantCoverage: { static: {}, perTest: {} },
  hitCount: 0,
  hitLimit: Infinity,
};
Object.assign(globalThis, { __stryker__: switches });

const standIns: Record<string, unknown> = {};
const codes = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Record<string, string>;
const load = createLoader(codes, standIns);
const say = (said: Said) => process.send?.(said);

/** What failed outside of everything that is waited for. */
const outside: unknown[] = [];
let interrupt: () => void = () => undefined;
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (error: unknown) => {
    outside.push(error ?? new Error('threw nothing'));
    interrupt();
  });
process.on('message', (question: Question) => {
  answer(question).then(
    (said) => say({ answer: said }),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit());

async function answer({ file, tests, mutant, hitLimit, firstFailureIsEnough }: Question): Promise<Answer> {
  switches.mutantCoverage.static = {};
  switches.mutantCoverage.perTest = {};
  Object.assign(switches, {
    activeMutant: mutant ?? undefined,
    currentTestId: undefined,
    hitCount: 0,
    hitLimit,
  });
  outside.length = 0;
  const outcomes: Outcome[] = [];
  let running: string | null = null;
  const interrupted = new Promise<void>((resolve) => (interrupt = resolve));
  const listener = {
    began(test: string | null) {
      running = test;
      switches.currentTestId = test ?? undefined;
      say({ began: test });
    },
    ended: (outcome: Outcome) => void outcomes.push(outcome),
  };
  const standIn = createStandIn(file);
  standIns['@jest/globals'] = standIn.globals;
  const loadAndRun = async () => {
    load(file);
    await standIn.run(tests && new Set(tests), listener, firstFailureIsEnough);
  };
  await Promise.race([
    interrupted,
    loadAndRun().catch((error: unknown) => outcomes.push({ name: 'the file loads', ms: 0, failure: error })),
  ]);
  for (const failure of outside) outcomes.push({ name: running ?? 'the file loads', ms: 0, failure });
  switches.activeMutant = undefined;
  return {
    tests: outcomes.map(({ name, ms, failure }) => ({
      name,
      ms,
      covers: switches.mutantCoverage.perTest[name] ?? {},
      ...(failure !== undefined && { failure: words(failure) }),
    })),
    aside: switches.mutantCoverage.static,
    endless: switches.hitCount > hitLimit,
    unsettled: outside.length > 0,
  };
}

const words = (failure: unknown): string =>
  failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
