import { ApplicationFailure, TemporalFailure } from '@temporalio/common';
import { AccountingFailure } from '../accounting/failure.ts';

/** Wait when the package gave no time of its own. */
const shortWait = '15 seconds';

/**
 * The single place where an error of ours becomes what Temporal keeps: type, words and the wait until the next try.
 * Causes stay out, and so do the queries of addresses, because both may carry what must not be in a history.
 */
export function asApplicationFailure(error: unknown): unknown {
  if (error instanceof AccountingFailure) return kept(error, accountingFailure(error));
  if (!(error instanceof Error) || error instanceof TemporalFailure || error.name === 'AbortError')
    return error;
  if ('retryAfterMs' in error && typeof error.retryAfterMs === 'number')
    return kept(error, { type: error.name, category: 'BENIGN', nextRetryDelay: error.retryAfterMs });
  return kept(error, { type: error.name });
}

type Options = Parameters<typeof ApplicationFailure.create>[0] & object;

function accountingFailure({ meaning }: AccountingFailure): Options {
  if (meaning.about === 'doubt') return { type: 'Doubted', category: 'BENIGN', nextRetryDelay: shortWait };
  if (meaning.about !== 'delay') return { type: `Accounting: ${meaning.about}` };
  const wait = meaning.until ? Math.max(1_000, meaning.until.getTime() - Date.now()) : shortWait;
  return { type: 'Delayed', category: 'BENIGN', nextRetryDelay: wait };
}

function kept(error: Error, options: Options): ApplicationFailure {
  const message = wordsOf(error);
  const failure = ApplicationFailure.create({ ...options, message });
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  failure.stack = [`${failure.name}: ${message}`, ...frames].join('\n');
  return failure;
}

/** What JSON.parse says quotes what it read; an address may hold the code of a login. */
function wordsOf(error: Error): string {
  if (error instanceof SyntaxError) return 'something that was read is not JSON';
  return error.message.replaceAll(/https?:\/\/[^\s"']+/g, (address) => address.split(/[?#]/, 1).join(''));
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any activity, whatever it takes
type AnyActivities = Record<string, (...args: any[]) => Promise<unknown>>;

/** The same activities, each of which throws what Temporal should keep. */
export function withKnownFailures<A extends AnyActivities>(activities: A): A {
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await activity(...args);
      } catch (error) {
        throw asApplicationFailure(error);
      }
    },
  ]);
  return Object.fromEntries(wrapped) as A;
}
