import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Question, Said } from './judge.ts';
import type { Mutant, TestFile } from './program.ts';

/** `doubtful`: the test that failed fails by itself without any mutant as well, so it proves nothing. */
export type Verdict = 'killed' | 'timedOut' | 'survived' | 'noCoverage' | 'doubtful';

export interface Judged {
  mutant: Mutant;
  verdict: Verdict;
  /** The test that killed it. */
  by?: string;
}

interface Covering {
  file: string;
  tests: string[];
  ms: number;
  hits: number;
}

/** What the first run found, without any mutant: how long each test took, and what it passes. */
export interface FirstRun {
  count: number;
  ms: ReadonlyMap<string, number>;
  covering: ReadonlyMap<string, Covering[]>;
  /** Test files that would make hours of minutes: a mutant that survives needs each of its tests. */
  tooSlow: ReadonlyMap<string, number>;
}

/** A test fails or dies without a mutant; nothing can be judged by it. */
export class NotGreen extends Error {}

const judgeProgram = fileURLToPath(new URL('./judge.ts', import.meta.url));
/** After so many mutants another process goes on, and every test that killed one proves that it passes without. */
const batch = 200;
/** A test file that takes longer judges nothing. */
const slowMs = 4_000;
const hookMs = 30_000;
const limitMs = (ms: number) => 4_000 + 5 * ms;

/** Runs questions one after the other in a process of its own, which is ended when a test takes far too long. */
function createJudge(codesFile: string) {
  let child: ChildProcess | null = null;
  function ask(question: Question, ms: (test: string) => number): Promise<Answer | 'hangs' | 'dies'> {
    child ??= fork(judgeProgram, [codesFile], {
      execArgv: ['--disable-warning=ExperimentalWarning', '--import', 'tsx/esm'],
      stdio: ['ignore', 'ignore', process.env['MUTATION_TALK'] ? 'inherit' : 'ignore', 'ipc'],
    });
    const asked = child;
    return new Promise((resolve) => {
      let timer = setTimeout(hang, hookMs);
      const end = (answer: Answer | 'hangs' | 'dies') => {
        clearTimeout(timer);
        asked.removeAllListeners('message').removeAllListeners('exit');
        if (typeof answer === 'string' || answer.unsettled) renew();
        resolve(answer);
      };
      function hang() {
        end('hangs');
      }
      asked.on('message', (said: Said) => {
        if ('answer' in said) return end(said.answer);
        clearTimeout(timer);
        timer = setTimeout(hang, said.began === null ? hookMs : limitMs(ms(said.began)));
      });
      asked.on('exit', () => end('dies'));
      asked.send(question);
    });
  }
  function renew() {
    child?.kill('SIGKILL');
    child = null;
  }
  return { ask, renew };
}

type Judge = ReturnType<typeof createJudge>;

/** @throws NotGreen when a test does not pass */
export async function runFirst(codesFile: string, tests: readonly TestFile[]): Promise<FirstRun> {
  const judge = createJudge(codesFile);
  try {
    return await runWith(judge, tests);
  } finally {
    judge.renew();
  }
}

async function runWith(judge: Judge, tests: readonly TestFile[]): Promise<FirstRun> {
  const ms = new Map<string, number>();
  const covering = new Map<string, Covering[]>();
  const tooSlow = new Map<string, number>();
  for (const { file } of tests) {
    const question = { file, tests: null, mutant: null, hitLimit: Infinity, firstFailureIsEnough: false };
    const start = performance.now();
    const answer = await judge.ask(question, () => slowMs);
    const took = performance.now() - start;
    if (answer === 'dies') throw new NotGreen(`${file} ends its process without any mutant`);
    if (answer === 'hangs' || took > slowMs) {
      tooSlow.set(file, took);
      continue;
    }
    const failed = answer.tests.find(({ failure }) => failure !== undefined);
    if (failed) throw new NotGreen(`${file}: "${failed.name}" fails without any mutant: ${failed.failure}`);
    for (const test of answer.tests) {
      ms.set(key(file, test.name), test.ms);
      // Whatever was passed while the file was loaded may matter to each of its tests.
      for (const covers of [test.covers, answer.aside])
        for (const [mutant, hits] of Object.entries(covers)) note(mutant, file, test, hits);
    }
  }
  return { count: ms.size, ms, covering, tooSlow };

  function note(mutant: string, file: string, test: Answer['tests'][number], hits: number): void {
    const all = covering.get(mutant) ?? [];
    covering.set(mutant, all);
    let inFile = all.at(-1);
    if (inFile?.file !== file) all.push((inFile = { file, tests: [], ms: 0, hits: 0 }));
    inFile.hits += hits;
    if (inFile.tests.at(-1) === test.name) return;
    inFile.tests.push(test.name);
    inFile.ms += test.ms;
  }
}

const key = (file: string, test: string) => `${file} › ${test}`;

/** Switches the mutants on one by one, and runs for each the tests that pass it, until one of them fails. */
export async function* judgeAll(
  codesFile: string,
  mutants: readonly Mutant[],
  first: FirstRun,
): AsyncGenerator<Judged> {
  const judge = createJudge(codesFile);
  let waiting: (Judged & { killer?: { file: string; test: string } })[] = [];
  let lastKiller: { file: string; test: string } | undefined;
  for (const mutant of mutants) {
    const judged = await judgeOne(mutant);
    waiting.push(judged);
    if (waiting.length < batch) continue;
    yield* await proven();
    judge.renew();
  }
  yield* await proven();
  judge.renew();

  async function judgeOne(mutant: Mutant): Promise<(typeof waiting)[number]> {
    const covering = first.covering.get(mutant.id);
    if (!covering) return { mutant, verdict: 'noCoverage' };
    for (const { file, tests, hits } of inOrder(mutant, covering)) {
      const hitLimit = 1_000 + 100 * hits;
      const question = { file, tests, mutant: mutant.id, hitLimit, firstFailureIsEnough: true };
      const answer = await judge.ask(question, (test) => first.ms.get(key(file, test)) ?? 0);
      if (typeof answer === 'string' || answer.endless) return { mutant, verdict: 'timedOut', by: file };
      const failed = answer.tests.find(({ failure }) => failure !== undefined);
      if (!failed) continue;
      lastKiller = { file, test: failed.name };
      return { mutant, verdict: 'killed', by: key(file, failed.name), killer: lastKiller };
    }
    return { mutant, verdict: 'survived' };
  }

  /** The test that killed the mutant before is the likeliest, then the tests of the file, then whatever is quick. */
  function inOrder(mutant: Mutant, covering: readonly Covering[]): Covering[] {
    const own = mutant.file.replace(/\.ts$/, '.test.ts').split('/').at(-1)!;
    const rank = ({ file, ms }: Covering) => (file.endsWith(`/${own}`) ? 0 : 1 + ms);
    const sorted = [...covering].sort((one, other) => rank(one) - rank(other));
    const killer = lastKiller;
    const again =
      killer && sorted.find(({ file, tests }) => file === killer.file && tests.includes(killer.test));
    return again ? [{ ...again, tests: [killer.test] }, ...sorted] : sorted;
  }

  /** Every test that killed is run by itself, without a mutant, in the same process: only then it has proven something. */
  async function proven(): Promise<Judged[]> {
    const judgedNow = waiting;
    waiting = [];
    const killers = new Map(judgedNow.flatMap(({ by, killer }) => (by && killer ? [[by, killer]] : [])));
    const unproven = new Set<string>();
    for (const [by, { file, test }] of killers) {
      // A hook of a block, or the file itself, failed: the file is run whole.
      const tests = first.ms.has(key(file, test)) ? [test] : null;
      const question = { file, tests, mutant: null, hitLimit: Infinity, firstFailureIsEnough: true };
      const answer = await judge.ask(question, (name) => 10 * (first.ms.get(key(file, name)) ?? 0));
      if (typeof answer === 'string' || answer.tests.some(({ failure }) => failure !== undefined))
        unproven.add(by);
    }
    return judgedNow.map(({ mutant, verdict, by }) => ({
      mutant,
      verdict: by !== undefined && unproven.has(by) ? 'doubtful' : verdict,
      ...(by !== undefined && { by }),
    }));
  }
}
