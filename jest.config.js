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
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.local/'],
  testSequencer: '<rootDir>/test/longest-first.js',
  maxWorkers: Math.max(2, availableParallelism() - 1), // many a test waits for servers and their timers
  testTimeout: 240_000, // a limit for a machine that is busy with other things, not an expectation
};
