import type { CompanyStatus } from '../domain/company.ts';
import type { Gate } from '../domain/gates.ts';
import type { LinkCause } from '../domain/causes.ts';
import type { DelayReason } from '../domain/connection.ts';

/**
 * The one error an adapter throws. Each failure is classified once, here, into what it means for people:
 * - `link`: a human must log in or mend the login; never retried with the same grant.
 * - `delay`: the package is down or limits us; nothing for a human to do, tried again later. `within`: a limit of this
 *   company, or of this kind in it, only; the others may go on.
 * - `company`: only this company is not to be had.
 * - `right`: only this kind of data in this company is not to be had.
 *   Both may say which `gate` is closed, and so on which screen it is opened (domain/gates.ts).
 * - `login`: the login that a human just tried did not succeed.
 * - `booking`: the package did not take this booking, and says why in its own words; others may go on.
 * - `reply`: the package answered something we do not understand; never guessed.
 */
export type FailureMeaning =
  | { about: 'link'; cause: LinkCause }
  | { about: 'delay'; reason: DelayReason; until: Date | null; within?: 'company' | 'endpoint' }
  | { about: 'company'; status: Exclude<CompanyStatus, 'reachable' | 'unverified'>; gate?: Gate }
  | { about: 'right'; gate?: Gate }
  | { about: 'login'; reason: 'login-cancelled' | 'login-failed' | 'credentials-refused' }
  | { about: 'booking'; said: string }
  | { about: 'reply' };

export class AccountingFailure extends Error {
  override name = 'AccountingFailure';
  readonly meaning: FailureMeaning;

  /** `message`: what was seen, for an operator: status, path, the package's words; never a secret. */
  constructor(meaning: FailureMeaning, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.meaning = meaning;
  }
}
