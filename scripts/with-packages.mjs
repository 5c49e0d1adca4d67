// Installs the packages when they are missing or older than package-lock.json, then runs the given command. With
// --installed it never installs anything: for whatever runs beside, or is, a worker or server in production.
// Plain Node without any package, because it runs before there are any.
import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const needed = [20, 19];

const [first, ...rest] = process.argv.slice(2);
checkNode();
if (first === '--installed') {
  checkPackages();
  runCommand(rest);
} else {
  installPackages();
  runCommand(process.argv.slice(2));
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return;
  console.error(`Syncuser needs Node ${needed.join('.')} or newer; this is Node ${process.versions.node}.`);
  console.error('Get a newer one from https://nodejs.org, or with "nvm install".');
  process.exit(1);
}

function checkPackages() {
  if (readPackages(join('node_modules', '.package-lock.json'))) return;
  console.error(
    'The packages are not there yet: npm ci --omit=dev --workspaces=false, or npm ci for everything.',
  );
  process.exit(1);
}

function installPackages() {
  const difference = firstDifference();
  if (!difference) return;
  if (isForProduction()) {
    console.error('Only the packages for production are here, and a worker or server may be using them.');
    console.error('This needs the others too: end what runs from this folder, then npm ci.');
    process.exit(1);
  }
  console.error(`${difference}; installing the packages (npm ci, a minute or two) …`);
  console.error(
    'Where sqlite3 has to be compiled it takes some minutes more, and npm says nothing meanwhile.',
  );
  const npm = spawnSync('npm', ['ci'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    env: { JOBS: 'max', ...process.env }, // for node-gyp, where sqlite3 has to be compiled
  });
  if (npm.status === 0) return;
  console.error('The packages could not be installed; what npm says about it is above.');
  process.exit(1);
}

/** npm notes in node_modules what it installed; what it left out because of the platform is not a difference. */
function firstDifference() {
  const wanted = readPackages('package-lock.json') ?? {};
  const installed = readPackages(join('node_modules', '.package-lock.json'));
  if (!installed) return 'The packages are not there yet';
  for (const [path, { version, optional }] of Object.entries(wanted)) {
    if (path === '' || (optional && !installed[path])) continue;
    if (installed[path]?.version !== version) return `${path} is not of version ${version}`;
  }
  return undefined;
}

/** Whether what the product itself needs is here, and nothing that is only for development (npm ci --omit=dev). */
function isForProduction() {
  const wanted = readPackages('package-lock.json') ?? {};
  const installed = readPackages(join('node_modules', '.package-lock.json')) ?? {};
  const development = Object.keys(wanted).filter((path) => wanted[path].dev && !wanted[path].optional);
  const product = Object.keys(wanted['']?.dependencies ?? {}).map((name) => `node_modules/${name}`);
  return (
    development.length > 0 &&
    development.every((path) => !installed[path]) &&
    product.every((path) => installed[path])
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function runCommand([command, ...args]) {
  if (!command) return;
  const PATH = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: { ...process.env, PATH },
    shell: process.platform === 'win32',
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event) whenParentIsGone(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(`${command} could not be started: ${error.message}`);
    process.exit(127);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

/** npm hands signals on (the scripts say `exec`, because the shell between would not), but cannot when it is killed. */
function whenParentIsGone(then) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    then();
  }, 250);
  timer.unref();
}
