import { ApplicationFailure } from '@temporalio/common';
import { AccountingFailure } from '../accounting/failure.ts';

/** Wait when the package gave no time of its own. */
const shortWait = '15 seconds';

/**
 * The single place where an error of ours becomes what Temporal keeps: type, words and the wait until the next try.
 * Causes stay out, because they may carry what must not be in a history.
 */
export function asApplicationFailure(error: unknown): unknown {
  if (error instanceof AccountingFailure) {
    const { meaning } = error;
    if (meaning.about === 'delay')
      return ApplicationFailure.create({
        type: 'Delayed',
        message: error.message,
        category: 'BENIGN',
        nextRetryDelay: meaning.until ? Math.max(1_000, meaning.until.getTime() - Date.now()) : shortWait,
      });
    return ApplicationFailure.create({ type: `Accounting: ${meaning.about}`, message: error.message });
  }
  if (error instanceof Error && 'retryAfterMs' in error && typeof error.retryAfterMs === 'number')
    return ApplicationFailure.create({
      type: 'SlackBusy',
      message: error.message,
      category: 'BENIGN',
      nextRetryDelay: error.retryAfterMs,
    });
  return error;
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
