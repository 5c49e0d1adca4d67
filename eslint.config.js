import { readdirSync } from 'node:fs';
import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Which folders a folder must not import. Read with docs/architecture.md, "Imports point one way". */
const never = {
  domain: ['accounting', 'store', 'deliveries', 'workflows', 'activities', 'gateway', 'bot', 'web', 'words'],
  words: ['accounting', 'store', 'deliveries', 'workflows', 'activities', 'gateway', 'bot', 'web'],
  accounting: ['words', 'store', 'deliveries', 'workflows', 'activities', 'gateway', 'bot', 'web'],
  store: ['words', 'deliveries', 'workflows', 'activities', 'gateway', 'bot', 'web'],
  deliveries: ['words', 'accounting', 'workflows', 'activities', 'gateway', 'bot', 'web'],
  workflows: ['accounting', 'store', 'deliveries', 'gateway', 'bot', 'web'],
  activities: ['deliveries', 'gateway', 'bot', 'web'],
  gateway: ['words', 'accounting', 'store', 'deliveries', 'activities', 'bot', 'web'],
  bot: ['accounting', 'activities', 'web'],
  web: ['deliveries', 'activities', 'bot'],
};
/** What may be known of the workflows outside them: what one says to them, and what they are found by. */
const spoken = {
  activities: ['./contract.ts'],
  bot: ['./contract.ts'],
  web: ['./contract.ts'],
  gateway: ['./contract.ts', './search-attributes.ts'],
};
const roots = [
  'cannot-start.ts',
  'config.ts',
  'namespace-claim.ts',
  'server.ts',
  'start.ts',
  'temporal-access.ts',
  'temporal-log.ts',
  'worker-health.ts',
  'worker.ts',
  'workflow-bundle.ts',
];
/** In each layer the rooms in their order: a room imports from rooms before it, and from the root of the layer. */
export const rooms = {
  domain: ['offices', 'logins', 'connections', 'verification', 'bookings', 'sync', 'incidents', 'succession'],
  words: ['bookings', 'connections', 'logins'],
  store: [
    'database',
    'sync',
    'bookings',
    'calls',
    'succession',
    'connections',
    'incidents',
    'logins',
    'offices',
    'verification',
  ],
  workflows: ['bookings', 'incidents', 'logins', 'sync', 'verification', 'succession', 'connections'],
  activities: [
    'sync',
    'bookings',
    'verification',
    'connections',
    'offices',
    'succession',
    'logins',
    'incidents',
  ],
  'bot/messages': [
    'verification',
    'bookings',
    'sync',
    'logins',
    'connections',
    'incidents',
    'succession',
    'offices',
  ],
  'bot/verbs': ['logins', 'incidents', 'connections', 'offices', 'succession', 'sync', 'verification'],
  web: ['pages', 'logins', 'bookings', 'sync', 'api', 'door', 'routes'],
  'web/api': ['connections', 'bookings', 'offices', 'sync'],
  'sandboxes/exact-online': ['books', 'login', 'api', 'control'],
};
/** The packages below sandboxes/. */
const sandboxes = readdirSync(new URL('sandboxes', import.meta.url));
const zones = [
  ...Object.entries(rooms).flatMap(([layer, order]) =>
    order.flatMap((room, place) =>
      order.slice(place + 1).map((later) => ({ target: `./${layer}/${room}`, from: `./${layer}/${later}` })),
    ),
  ),
  ...Object.entries(never).flatMap(([folder, others]) =>
    [...others, 'start', 'sandboxes', ...roots, 'test', 'bench'].map((from) => ({
      target: `./${folder}`,
      from: `./${from}`,
    })),
  ),
  ...Object.entries(spoken).map(([folder, except]) => ({
    target: `./${folder}`,
    from: './workflows',
    except,
  })),
  // The programs of the product do not know what stands in for the world outside; start.ts starts both.
  ...['start', 'sandboxes'].map((from) => ({ target: './!(start).ts', from: `./${from}` })),
  // A sandbox knows neither the product nor another sandbox: anybody may run it by itself.
  ...sandboxes.map((sandbox) => ({
    target: `./sandboxes/${sandbox}`,
    from: '.',
    except: [`./sandboxes/${sandbox}`, './node_modules'],
  })),
  // Benches stand on the product and on the local parts, and nothing on them.
  { target: './bench', from: './test' },
  ...['start', 'installation.ts', ...roots].map((target) => ({ target: `./${target}`, from: './bench' })),
];

/** From outside a sandbox is its package: what its `exports` offer, and no file of it. */
const insideOfSandboxes = {
  regex: '(^|/)sandboxes/|^@syncuser/[^/]+/',
  message: 'Import the package, e.g. @syncuser/slack-sandbox, and what it offers.',
};

/** What workflows and domain are made of runs in Temporal's sandbox. */
const outsideTheSandbox = [
  'node:*',
  'kysely',
  '@slack/*',
  '@temporalio/client',
  '@temporalio/worker',
  '@temporalio/activity',
];

/** What would make a history come out otherwise when it is read again; why is in workflows/clock.ts. */
const clock = 'CallExpression[callee.name=/^now(Ms)?$/]';
const change = ':matches(AssignmentExpression, UpdateExpression)';
const replayable = [
  {
    selector:
      ':matches(CallExpression[callee.object.name="Date"][callee.property.name="now"], NewExpression[callee.name="Date"][arguments.length=0])',
    message: 'Ask workflows/clock.ts for the time.',
  },
  ...[
    ['A predicate of condition', 'CallExpression[callee.name="condition"] > :function'],
    [
      'A validator',
      ':matches(Property[key.name="validator"], CallExpression[callee.name="validator"]) :function',
    ],
  ].flatMap(([who, where]) => [
    { selector: `${where} ${clock}`, message: `${who} asks no clock.` },
    { selector: `${where} ${change}`, message: `${who} changes nothing.` },
  ]),
  {
    selector: 'CallExpression[callee.name="condition"][arguments.length=1]',
    message: 'A wait has a time limit, so that whoever falls asleep sets a timer.',
  },
];

export default tseslint.config(
  { ignores: ['node_modules', '.local', '.built', 'coverage'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.js', 'scripts/*.mjs'] } },
    },
    plugins: { 'import-x': importX },
    settings: {
      // Without this the rules that follow imports do not read .ts files, and find nothing in them.
      'import-x/extensions': ['.ts', '.js', '.mjs'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts', '.js', '.mjs'] })],
    },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['test', 'describe'] }] },
      ],
      '@typescript-eslint/require-await': 'off',
      // What is left out of an object, or is there for its type alone, is named with an underscore.
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
    },
  },
  { rules: { 'no-restricted-imports': ['error', { patterns: [insideOfSandboxes] }] } },
  {
    files: ['domain/**', 'words/**', 'workflows/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: outsideTheSandbox }] },
  },
  { files: ['workflows/**'], rules: { 'no-restricted-syntax': ['error', ...replayable] } },
  { files: ['workflows/clock.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    // Predicates and validators ask these.
    files: ['workflows/connections/connection-agenda.ts', 'workflows/connections/connection-objections.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [...outsideTheSandbox, '**/clock.ts'] }] },
  },
  {
    files: ['domain/**', 'words/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: ['node:*', 'kysely', '@slack/*', '@temporalio/*'] }],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['start.ts', 'start/**', 'sandboxes/**', 'scripts/**', 'bench/**'],
    rules: { 'no-console': 'off' },
  },
);
