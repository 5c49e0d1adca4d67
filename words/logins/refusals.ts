import type { SignInOutcome } from '../../domain/logins/sign-in.ts';

type RefusalCause = Extract<SignInOutcome, { result: 'refused' }>['cause'];

const refusalWords: Record<RefusalCause, string> = {
  cancelled: 'the login was cancelled',
  'login-failed': 'the login did not succeed',
  'login-in-use': 'another connection uses this login already',
  'not-allowed': 'whoever got the link may not do this any more',
  'credentials-refused': 'the user name or password was refused',
  'user-blocked': 'this user is blocked',
  'user-inactive': 'this user is no longer active',
  'wrong-user': 'another user was logged in',
  'no-company-access': 'this user reaches no company',
  'licence-expired': 'the licence has expired',
  'consent-withdrawn': 'the consent was withdrawn again',
  'consent-expired': 'the login took too long',
  'grant-lost': 'the login took too long',
  'not-accepted': 'the login was not accepted',
  'app-refused': 'Syncuser itself was refused, not the user: whoever runs it has to set it right',
};

/** Why a login was not taken, in a few words for the thread of an incident. */
export function whyRefused(outcome: SignInOutcome): string {
  switch (outcome.result) {
    case 'wrong-user':
      return `logged in as ${outcome.login}, but this connection uses ${outcome.expected}`;
    case 'wrong-environment':
      return `logged in to ${outcome.environment}, but this connection uses ${outcome.expected}`;
    case 'no-companies':
      return `${outcome.login} reaches none of the linked companies`;
    case 'refused':
      return refusalWords[outcome.cause];
    case 'linked':
    case 'no-longer-needed':
      return 'the login was not needed';
  }
}
