import { programOf } from '../../start/parts.ts';
import type { BenchRun } from '../bench.ts';
import { root, startPart } from './processes.ts';

/** The Exact Online sandbox, in a process of its own. */
export interface Sandbox {
  url: string;
  /** Turns a switch. @throws Error with what it says when it refuses */
  turn: (name: string, body?: object) => Promise<void>;
  /** Turns a switch, unless this sandbox does not have it: false then. */
  canTurn: (name: string, body?: object) => Promise<boolean>;
  /** Division codes of all companies. */
  divisions: () => Promise<number[]>;
  /** How often each resource was asked so far. */
  requests: () => Promise<Record<string, number>>;
  /** The last thousand calls, the oldest first. */
  lastCalls: () => Promise<{ at: string; user: string | null; status: number }[]>;
}

interface SandboxOptions {
  companies: number;
  /** As `--rows` of the sandbox: how many rows the long lists have per company. */
  rows: number;
  /** How many users there are besides those of the demo: `User1` … */
  users?: number;
}

/**
 * What Exact Online allows is 60 calls a minute and 5,000 a day for each company; no bench would end today. Every
 * rendered page is kept, for the making of rows must not be what is measured.
 */
const unhurried = ['--minute-limit', '10000000', '--day-limit', '10000000', '--page-cache', '4096'];
export const limitsRaised = 'sandbox allows 10,000,000 calls a minute and company (Exact Online: 60)';

export async function startSandbox(run: BenchRun, options: SandboxOptions): Promise<Sandbox> {
  let url = '';
  const args = ['--companies', `${options.companies}`, '--rows', `${options.rows}`];
  args.push('--users', `${options.users ?? 0}`, ...unhurried);
  const ready = /^Exact Online sandbox on (\S+)/;
  const part = {
    name: 'Exact Online',
    command: process.execPath,
    args: ['--import', 'tsx', programOf('@syncuser/exact-online-sandbox'), ...args],
    env: process.env,
    cwd: root,
    ready,
  };
  await startPart(run, part, (line) => (url = ready.exec(line)?.[1] ?? url));
  run.say(`Exact Online sandbox on ${url}: ${options.companies} companies; ${limitsRaised}`);
  const ask = async (path: string, init?: RequestInit) => {
    const reply = await fetch(`${url}/control/${path}`, init);
    if (!reply.ok) throw new Error(`the sandbox refused ${path}: ${await reply.text()}`);
    return reply.json();
  };
  const posted = (body: object): RequestInit => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return {
    url,
    lastCalls: async () =>
      ((await ask('log?limit=1000')) as { at: string; user: string | null; status: number }[]).toReversed(),
    requests: async () => (await ask('counts')) as Record<string, number>,
    async turn(name, body = {}) {
      await ask(name, posted(body));
    },
    canTurn: async (name, body = {}) => (await fetch(`${url}/control/${name}`, posted(body))).ok,
    async divisions() {
      const { companies } = (await ask('state')) as { companies: { division: number }[] };
      return companies.map(({ division }) => division);
    },
  };
}

/** How long the long lists must be for this many rows in one company: seven of the ten kinds grow with them. */
export function longListFor(rowsPerCompany: number): number {
  return Math.max(1, Math.round(rowsPerCompany / 4.9));
}
