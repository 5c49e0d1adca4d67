import type { Logger } from './logger.ts';

/**
 * Until the returned function is called, whatever ends the program is said in one sentence, in the log like all else, and
 * the exit code is 1.
 */
export function sayingWhyItCannotStart(logger: Logger): () => void {
  const say = (error: unknown) => {
    logger.fatal(`Syncuser cannot start: ${reasons(error).join(': ')}.`);
    process.exit(1);
  };
  process.once('uncaughtException', say);
  return () => void process.off('uncaughtException', say);
}

/** From the outermost to the innermost, each once. */
function reasons(error: unknown): string[] {
  const found: string[] = [];
  for (let one = error; one !== undefined && one !== null; one = (one as { cause?: unknown }).cause) {
    const { message, code } = one as { message?: string; code?: string };
    const words = (message || code || 'no reason given').replace(/\.$/, '');
    if (!found.some((known) => known.includes(words))) found.push(words);
  }
  return found;
}
