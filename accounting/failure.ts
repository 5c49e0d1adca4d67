import type { CompanyStatus } from '../domain/connections/company.ts';
import type { Gate } from '../domain/connections/gates.ts';
import type { DoubtedCause, LinkCause } from '../domain/causes.ts';
import type { DelayReason } from '../domain/connection.ts';

/**
 * The one error an adapter throws. Each failure is classified once, here, into what it means for people:
 * - `link`: a human must log in or mend the login; never retried with the same grant.
 * - `doubt`: an answer that may have another cause than it seems to have. It is looked at twice before it counts, and
 *   becomes the cause `of` only when it lasts (domain/causes.ts says how long); nothing for a human to do until then.
 * - `delay`: the package is down or limits us; nothing for a human to do, tried again later. `within`: a limit of this
 *   company, or of this kind in it, only; the others may go on. `said`: its words, where it answered with a fault of its own.
 * - `company`: only this company is not to be had.
 * - `right`: only this kind of data in this company is not to be had.
 *   Both may say which `gate` is closed, and so on which screen it is opened (domain/connections/gates.ts).
 * - `login`: the login that a human just tried did not succeed.
 * - `booking`: the package did not take this booking, and says why in its own words; others may go on.
 * - `reply`: the package answered something we do not understand; never guessed.
 */
export type FailureMeaning =
  | { about: 'link'; cause: LinkCause }
  | { about: 'doubt'; of: DoubtedCause }
  | {
      about: 'delay';
      reason: DelayReason;
      until: Date | null;
      within?: 'company' | 'endpoint';
      said?: string;
    }
  | { about: 'company'; status: Exclude<CompanyStatus, 'reachable' | 'unverified'>; gate?: Gate }
  | { about: 'right'; gate?: Gate }
  | { about: 'login'; reason: 'login-cancelled' | 'login-failed' | 'credentials-refused' }
  | { about: 'booking'; said: string }
  | { about: 'reply' };

/** What was to be written was written no more, for it is too late: the process stood still in between. */
export class TooLate extends Error {
  override name = 'TooLate';
}

export class AccountingFailure extends Error {
  override name = 'AccountingFailure';
  readonly meaning: FailureMeaning;

  /** `message`: what was seen, for an operator: status, path, the package's words; never a secret. */
  constructor(meaning: FailureMeaning, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.meaning = meaning;
  }
}
