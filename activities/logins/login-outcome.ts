import { AccountingFailure } from '../../accounting/failure.ts';
import type { Login } from '../../domain/connection.ts';
import type { FoundLogin, Verdict } from '../../domain/logins/login.ts';
import type { SignInOutcome } from '../../domain/logins/sign-in.ts';

/** The refusal a failed login means, or null when it may succeed on a retry. */
export function refusalOf(error: unknown): Extract<SignInOutcome, { result: 'refused' }>['cause'] | null {
  if (!(error instanceof AccountingFailure)) return null;
  switch (error.meaning.about) {
    case 'login':
      return error.meaning.reason === 'login-cancelled' ? 'cancelled' : error.meaning.reason;
    case 'link':
      return error.meaning.cause;
    case 'delay':
      return null;
    // Whoever waits for it has waited long enough (logins.ts).
    case 'doubt':
    case 'company':
    case 'right':
    case 'booking':
    case 'reply':
      return 'login-failed';
  }
}

/** What the result page says of a login that does not fit. */
export function outcomeOf(
  verdict: Exclude<Verdict, 'fits'>,
  found: FoundLogin,
  expected: Login | undefined,
): SignInOutcome {
  const login = found.login.accountingUserName;
  switch (verdict) {
    case 'wrong-user':
      return { result: 'wrong-user', login, expected: expected?.accountingUserName ?? '' };
    case 'wrong-environment':
      return {
        result: 'wrong-environment',
        environment: found.login.environmentName,
        expected: expected?.environmentName ?? '',
      };
    case 'no-companies':
      return { result: 'no-companies', login };
    case 'login-in-use':
      return { result: 'refused', cause: 'login-in-use' };
  }
}
