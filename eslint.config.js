import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Which folders a folder must not import. Read with docs/architecture.md, "Imports point one way". */
const never = {
  domain: ['accounting', 'store', 'workflows', 'activities', 'gateway', 'bot', 'web', 'sandbox'],
  accounting: ['store', 'workflows', 'activities', 'gateway', 'bot', 'web', 'sandbox'],
  store: ['workflows', 'activities', 'gateway', 'bot', 'web', 'sandbox'],
  workflows: ['accounting', 'store', 'gateway', 'bot', 'web', 'sandbox'],
  activities: ['gateway', 'bot', 'web', 'sandbox'],
  gateway: ['accounting', 'store', 'activities', 'bot', 'web', 'sandbox'],
  bot: ['accounting', 'activities', 'web', 'sandbox'],
  web: ['activities', 'bot', 'sandbox'],
};
/** What may be known of the workflows outside them: what one says to them, and what they are found by. */
const spoken = {
  activities: ['./contract.ts'],
  bot: ['./contract.ts'],
  web: ['./contract.ts'],
  gateway: ['./contract.ts', './search-attributes.ts'],
};
const roots = ['config.ts', 'worker.ts', 'server.ts', 'start.ts'];
const zones = [
  ...Object.entries(never).flatMap(([folder, others]) =>
    [...others, ...roots, 'test', 'bench'].map((from) => ({ target: `./${folder}`, from: `./${from}` })),
  ),
  ...Object.entries(spoken).map(([folder, except]) => ({
    target: `./${folder}`,
    from: './workflows',
    except,
  })),
  // Benches stand on the product and on the local parts, and nothing on them.
  { target: './bench', from: './test' },
  ...['sandbox', 'installation.ts', ...roots].map((target) => ({ target: `./${target}`, from: './bench' })),
];

export default tseslint.config(
  { ignores: ['node_modules', '.local', 'coverage'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['*.js', 'scripts/*.mjs'] } },
    },
    plugins: { 'import-x': importX },
    settings: {
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
  {
    files: ['domain/**', 'workflows/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            'node:*',
            'kysely',
            '@slack/*',
            '@temporalio/client',
            '@temporalio/worker',
            '@temporalio/activity',
          ],
        },
      ],
    },
  },
  {
    files: ['domain/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: ['node:*', 'kysely', '@slack/*', '@temporalio/*'] }],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-console': 'off' },
  },
  { files: ['start.ts', 'sandbox/**', 'scripts/**', 'bench/**'], rules: { 'no-console': 'off' } },
);
