import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/sandboxes/*/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.local/'],
  globalSetup: '<rootDir>/test/postgres-of-run.js',
  globalTeardown: '<rootDir>/test/end-postgres-of-run.js',
  testSequencer: '<rootDir>/test/longest-first.js',
  maxWorkers: Math.max(2, availableParallelism() - 1), // many a test waits for servers and their timers
  testTimeout: 420_000, // a limit for a machine that is busy with other things, not an expectation
};
