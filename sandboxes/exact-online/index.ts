/** What the package offers; everything else is its own affair. */
export { createBooks } from './books/books.ts';
export { createRandom, guidFrom, type Random } from './books/random.ts';
export { logIn } from './login/log-in.ts';
export { createExactOnlineSandbox } from './server.ts';
export type { ExactOnlineSandbox, ExactOnlineSandboxOptions } from './server.ts';
