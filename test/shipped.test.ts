import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import getPort from 'get-port';
import { startWorkspace, type Workspace } from './bot/workspace.ts';
import { eventually, until } from './until.ts';
import { quietRuntime, realLimits } from './workflows/servers.ts';

/**
 * The two programs and the operators' commands, as the image has them: the files that .dockerignore lets through, packages
 * for production only, made ready as the Dockerfile says, and run by a user who may write nothing but temporary files.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);
let folder: string;
let app: string;
let temporal: TestWorkflowEnvironment;
let slack: Workspace;
const programs: ChildProcess[] = [];
/** Root may write everywhere. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

beforeAll(async () => {
  quietRuntime();
  folder = await mkdtemp(join(tmpdir(), 'syncuser-shipped-'));
  app = join(folder, 'app');
  [temporal, slack] = await Promise.all([realLimits(), startWorkspace()]);
  await ship();
});
afterAll(async () => {
  for (const program of programs) {
    program.kill('SIGKILL');
    if (program.exitCode === null && program.signalCode === null) await once(program, 'exit');
  }
  await slack?.stop();
  await temporal?.teardown();
  await run('chmod', ['-R', 'u+w', folder]);
  await rm(folder, { recursive: true, force: true });
});

async function ship(): Promise<void> {
  const ignored = readIgnore(await readFile(join(root, '.dockerignore'), 'utf8'));
  const { stdout } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  });
  for (const file of stdout
    .trim()
    .split('\n')
    .filter((one) => !ignored(one))) {
    await mkdir(dirname(join(app, file)), { recursive: true });
    await cp(join(root, file), join(app, file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error; // deleted, and not committed yet
    });
  }
  await installForProduction();
  for (const name of ['tmp', 'data']) await mkdir(join(folder, name), { mode: 0o777 });
  await cp(join(root, 'start/demo-office.json'), join(folder, 'data', 'office.json'));
  const dockerfile = await readFile(join(root, 'Dockerfile'), 'utf8');
  for (const [, command = ''] of dockerfile.matchAll(/^RUN (node .*)$/gm)) {
    const [program = '', ...args] = command.split(' ');
    await run(program, args, { cwd: app });
  }
  await run('chmod', ['a+rwx', join(folder, 'tmp'), join(folder, 'data')]);
  await run('chmod', ['a+rx', folder]);
  await run('chmod', ['-R', 'a-w,a+rX', app]);
}

/** What `npm ci --omit=dev` would leave where no sandboxes are, from the packages that are here. */
interface Locked {
  dev?: boolean;
  link?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** What only the packages below sandboxes/ ask for; the product would fail here if it needed any of it. */
function onlyForSandboxes(packages: Record<string, Locked>): string[] {
  const product = packages['']?.dependencies ?? {};
  return Object.entries(packages)
    .filter(([path]) => path.startsWith('sandboxes/'))
    .flatMap(([, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies }),
    )
    .filter((name) => !(name in product));
}

async function installForProduction(): Promise<void> {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const sandboxes = onlyForSandboxes(packages);
  const wanted = Object.entries(packages)
    .filter(([path, { dev, link }]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && !dev && !link)
    .map(([path]) => path)
    .filter((path) => !sandboxes.includes(path.slice('node_modules/'.length)));
  // One command for each folder: an optional package of another machine is not here.
  const here = wanted.filter((path) => existsSync(join(root, path)));
  for (const [into, paths] of Object.entries(byFolder(here))) {
    await mkdir(join(app, into), { recursive: true });
    await run('cp', ['-rl', ...paths.map((path) => join(root, path)), join(app, into)]);
  }
  const installed = Object.fromEntries(Object.entries(packages).filter(([, { dev }]) => !dev));
  await writeFile(join(app, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: installed }));
}

function byFolder(paths: string[]): Record<string, string[]> {
  const folders: Record<string, string[]> = {};
  for (const path of paths) (folders[dirname(path)] ??= []).push(path);
  return folders;
}

/** https://docs.docker.com/build/concepts/context/#dockerignore-files: the last line that matches counts, for what is below it too. */
function readIgnore(text: string): (file: string) => boolean {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const isKept = line.startsWith('!');
      const pattern = (isKept ? line.slice(1) : line)
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replace(/\*\*\//g, '(?:.*/)?')
        .replace(/(?<![.)])\*/g, '[^/]*');
      return { isKept, matches: new RegExp(`^${pattern}(?:/|$)`) };
    });
  return (file) => !(rules.findLast(({ matches }) => matches.test(file))?.isKept ?? true);
}

const settings = (database: string, ports: { web: number; health: number }) => ({
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  TMPDIR: join(folder, 'tmp'),
  NODE_ENV: 'production',
  TEMPORAL_ADDRESS: temporal.address,
  DATABASE_FILE: join(folder, 'data', database),
  OFFICE_FILE: join(folder, 'data', 'office.json'),
  SLACK_BOT_TOKEN: 'xoxb-local-syncuser',
  SLACK_APP_TOKEN: 'xapp-local-syncuser',
  SLACK_API_URL: slack.slack.apiUrl,
  EXACT_ONLINE_CLIENT_ID: 'syncuser',
  EXACT_ONLINE_CLIENT_SECRET: 'syncuser-secret',
  SECRET_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  API_TOKEN: 'token-of-this-test-0123456789abcdef0123456789',
  WEB_PORT: String(ports.web),
  WORKER_HEALTH_PORT: String(ports.health),
});

function start(
  command: string[],
  env: ReturnType<typeof settings>,
): { child: ChildProcess; said: () => string } {
  const [program = '', ...args] = command;
  const child = spawn(program === 'node' ? process.execPath : program, args, { cwd: app, env, ...nobody });
  programs.push(child);
  let said = '';
  for (const output of [child.stdout, child.stderr]) output?.on('data', (chunk) => (said += String(chunk)));
  return { child, said: () => said };
}

async function ready({ child, said }: ReturnType<typeof start>, words: string): Promise<void> {
  await until(words, () => {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended: ${said()}`);
    return said().includes(words) || undefined;
  });
}

async function ended({
  child,
  said,
}: ReturnType<typeof start>): Promise<{ code: number | null; said: string }> {
  if (child.exitCode === null) await once(child, 'exit');
  return { code: child.exitCode, said: said() };
}

test('what ships starts and works: worker, server, and what operators type', async () => {
  const env = settings('shipped.sqlite', { web: await getPort(), health: await getPort() });
  const compose = await readFile(join(root, 'docker-compose.yml'), 'utf8');
  const [, worker = ''] = /command: \[(.*worker\.ts)\]/.exec(compose) ?? [];
  const [, server = ''] = /^CMD (\[.*\])$/m.exec(await readFile(join(root, 'Dockerfile'), 'utf8')) ?? [];
  const running = [start(worker.split(', '), env), start(JSON.parse(server) as string[], env)] as const;
  await ready(running[0], 'worker ready');
  await ready(running[1], 'server ready');

  const health = await fetch(`http://127.0.0.1:${env.WEB_PORT}/health`);
  expect(await health.json()).toMatchObject({ database: true, temporal: true, worker: true });
  expect((await fetch(`http://127.0.0.1:${env.WORKER_HEALTH_PORT}/health`)).status).toBe(200);

  const operate = (command: string, ...args: string[]) =>
    ended(start(['npm', 'run', '--silent', command, '--', ...args], { ...env, HOME: join(folder, 'tmp') }));
  expect(await operate('check-office', env.OFFICE_FILE)).toMatchObject({
    code: 0,
    said: expect.stringContaining('can be used') as unknown,
  });
  await eventually(async () => {
    expect(await operate('replay', '--query', "WorkflowType = 'audit'")).toMatchObject({
      code: 0,
      said: expect.stringMatching(/1 replay, 0 do not/) as unknown,
    });
  });

  const stranger = settings('stranger.sqlite', { web: await getPort(), health: await getPort() });
  const refused = await ended(start(worker.split(', '), stranger));
  expect(refused.code).toBe(1);
  const lines = refused.said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { level: number; msg: string });
  expect(lines.filter(({ level }) => level >= 50).map(({ msg }) => msg)).toEqual([
    expect.stringMatching(/^Syncuser cannot start: the namespace default .* belongs to another installation/),
  ]);

  const lost = await ended(
    start(worker.split(', '), { ...env, TEMPORAL_ADDRESS: `127.0.0.1:${await getPort()}` }),
  );
  expect(lost.code).toBe(1);
  const words = lost.said
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { msg: string }).msg);
  expect(
    words.filter((msg) => msg.startsWith('Syncuser cannot start: Temporal does not answer')),
  ).toHaveLength(1);
  for (const { said } of running)
    for (const line of said().trim().split('\n'))
      if (!/^(worker|server) ready/.test(line)) expect(() => void JSON.parse(line)).not.toThrow();
});
