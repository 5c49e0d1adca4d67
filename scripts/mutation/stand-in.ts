import { jestExpect } from '@jest/expect';
import { bind } from 'jest-each';
import { SnapshotState } from 'jest-snapshot';

type Step = () => unknown;
type Hook = 'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll';

interface Block {
  name: string;
  above: Block | null;
  hooks: Record<Hook, Step[]>;
  inside: (Block | Test)[];
}

interface Test {
  name: string;
  above: Block;
  body: Step;
}

/** What jest itself uses of its expectations, beside what tests do. */
interface Expecting {
  setState(state: object): void;
  getState(): { suppressedErrors: unknown[] };
}

/** How one test went: `failure` is what it threw. */
export interface Outcome {
  name: string;
  ms: number;
  failure?: unknown;
}

/** What the runner says while tests run; `began` comes with null for a hook of a whole block. */
export interface Listener {
  began(test: string | null): void;
  ended(outcome: Outcome): void;
}

/**
 * Stands for jest while a test file is loaded: notes its tests, and runs any of them. The expectations and the snapshots
 * are those of jest itself; a snapshot is never written. Blocks called "PostgreSQL" are skipped, because the same tests
 * run on SQLite.
 */
export function createStandIn(testFile: string) {
  const root = block('', null);
  let current = root;
  const names = new Map<string, number>();

  const describe = (name: string, fill: () => void) => {
    if (name === 'PostgreSQL') return;
    const above = current;
    current = block(name, above);
    above.inside.push(current);
    try {
      fill();
    } finally {
      current = above;
    }
  };
  const test = (title: string, body: Step) => {
    const plain = [...above(current), title].join(' ');
    const count = (names.get(plain) ?? 0) + 1;
    names.set(plain, count);
    current.inside.push({ name: count === 1 ? plain : `${plain} (${count})`, above: current, body });
  };
  const hook = (kind: Hook) => (step: Step) => void current.hooks[kind].push(step);

  const globals = {
    describe: Object.assign(describe, { each: bind(describe as never, false) }),
    test: Object.assign(test, { each: bind(test as never, false) }),
    expect: jestExpect,
    beforeAll: hook('beforeAll'),
    beforeEach: hook('beforeEach'),
    afterEach: hook('afterEach'),
    afterAll: hook('afterAll'),
  };

  /** Runs the chosen tests, all of them when none is named, and ends after the first failure if that is enough. */
  async function run(chosen: ReadonlySet<string> | null, listener: Listener, firstFailureIsEnough: boolean) {
    const folder = testFile.slice(0, testFile.lastIndexOf('/'));
    const snapshots = `${folder}/__snapshots__/${testFile.slice(folder.length + 1)}.snap`;
    const snapshotState = new SnapshotState(snapshots, {
      updateSnapshot: 'none',
      snapshotFormat: { escapeString: false, printBasicPrototype: false },
      rootDir: process.cwd(),
      prettierPath: null,
    } as never);
    const expecting = jestExpect as unknown as Expecting;
    let failed = false;
    const enough = () => failed && firstFailureIsEnough;
    const isChosen = (one: Block | Test): boolean =>
      'body' in one ? (chosen?.has(one.name) ?? true) : one.inside.some(isChosen);

    async function runBlock(one: Block): Promise<void> {
      listener.began(null);
      const before = await attempt(one.hooks.beforeAll);
      for (const child of one.inside.filter(isChosen)) {
        if (enough()) break;
        if (!('body' in child)) await runBlock(child);
        else if (before.failure === undefined) await runTest(child);
        else fail(child.name, before.failure);
      }
      listener.began(null);
      const { failure } = await attempt(one.hooks.afterAll, true);
      if (failure !== undefined) fail(`${above(one).join(' ')} (afterAll)`, failure);
    }

    async function runTest(one: Test): Promise<void> {
      listener.began(one.name);
      const start = performance.now();
      expecting.setState({
        snapshotState,
        testPath: testFile,
        currentTestName: one.name,
        suppressedErrors: [],
      });
      const blocks = lineage(one.above);
      let { failure } = await attempt(blocks.flatMap(({ hooks }) => hooks.beforeEach));
      if (failure === undefined) ({ failure } = await attempt([one.body]));
      const after = await attempt(
        blocks.toReversed().flatMap(({ hooks }) => hooks.afterEach),
        true,
      );
      // A snapshot that differs does not throw; jest looks for it after the test, too.
      failure ??= after.failure ?? expecting.getState().suppressedErrors[0];
      if (failure !== undefined) failed = true;
      listener.ended({
        name: one.name,
        ms: performance.now() - start,
        ...(failure !== undefined && { failure }),
      });
    }

    function fail(name: string, failure: unknown): void {
      failed = true;
      listener.ended({ name, ms: 0, failure });
    }

    if (isChosen(root)) await runBlock(root);
  }
  return { globals, run };
}

async function attempt(steps: readonly Step[], evenAfterFailure = false): Promise<{ failure?: unknown }> {
  let outcome: { failure?: unknown } = {};
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      outcome = { failure: error ?? new Error('threw nothing') };
      if (!evenAfterFailure) break;
    }
  }
  return outcome;
}

function block(name: string, above: Block | null): Block {
  return { name, above, hooks: { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] }, inside: [] };
}

function lineage(one: Block): Block[] {
  return one.above ? [...lineage(one.above), one] : [one];
}

const above = (one: Block): string[] =>
  lineage(one)
    .map(({ name }) => name)
    .filter((name) => name !== '');
