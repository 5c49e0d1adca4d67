import { AccountingFailure, type FailureMeaning } from '../../accounting/failure.ts';

/** What the failure of this promise means. @throws whatever else happened */
export async function failureOf(work: Promise<unknown>): Promise<FailureMeaning> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AccountingFailure) return error.meaning;
    throw error;
  }
  throw new Error('it did not fail');
}
