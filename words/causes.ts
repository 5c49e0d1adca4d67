import type { LinkCause } from '../domain/causes.ts';
import { capital } from './sentence.ts';

interface CauseWords {
  what: string;
  mend: string;
}

interface CauseRule extends CauseWords {
  /** For an operator: what was seen before anybody is alarmed. */
  provenBy: string;
}

const causes: Record<LinkCause, CauseRule> = {
  'consent-withdrawn': {
    what: 'the consent of {login} was withdrawn in {system}',
    mend: 'Click Reconnect and log in to {system} as {login}.',
    provenBy:
      'the renewal of the grant was refused, in words that speak of a withdrawal; a refused access token alone proves nothing',
  },
  'consent-expired': {
    what: 'the consent of {login} in {system} has expired',
    mend: 'Click Reconnect and log in to {system} as {login}.',
    provenBy: 'the renewal of the grant was refused, in words that say it is too old',
  },
  'user-blocked': {
    what: '{login} is blocked in {system}',
    mend: 'Ask an administrator of {system} to unblock {login} (user management), then click Reconnect.',
    provenBy: 'the package gives it as its reason (BlockedUser)',
  },
  'user-inactive': {
    what: '{login} is no longer active in {system}',
    mend: 'Ask an administrator of {system} to activate {login} (user management), or choose another synchronisation user with /syncuser change.',
    provenBy: 'the package gives it as its reason (InactiveUser)',
  },
  'credentials-refused': {
    what: '{system} refused {login}: the password is another one now, or {login} is no longer active; it does not say which',
    mend: 'If the password was changed, click Reconnect and enter the current one. If not, ask an administrator of {system} to activate {login} again; Syncuser looks every six hours whether that was done, so seldom that no account is locked.',
    provenBy: 'the login with the stored password was refused, once',
  },
  'grant-lost': {
    what: 'the login of {login} at {system} can no longer be used by Syncuser',
    mend: 'Click Reconnect and log in to {system} as {login}.',
    provenBy: 'the renewal of the grant was refused as invalid or used before, or no grant is stored',
  },
  'wrong-user': {
    what: '{system} answers for another user than {login}',
    mend: 'Click Reconnect and log in to {system} as {login}, and as nobody else.',
    provenBy: 'the package, asked who is logged in, names another user',
  },
  'no-company-access': {
    what: '{login} reaches none of the linked companies in {system}',
    mend: 'Ask an administrator of {system} to give {login} access to the companies (company access rights), then click Reconnect.',
    provenBy:
      'the whole list of companies came, and none that is linked can be reached; or the package gives it as its reason',
  },
  'licence-expired': {
    what: 'the licence of {system} has expired',
    mend: 'Renew the licence of {system}, then click Reconnect.',
    provenBy: 'the package gives it as its reason, in a call about the login',
  },
  'not-accepted': {
    what: '{system} has not accepted the login of {login} for a quarter of an hour, and does not say why',
    mend: 'Syncuser goes on trying every quarter of an hour. If it is urgent, click Reconnect and log in to {system} as {login}.',
    provenBy: 'every look in a quarter of an hour was refused without a reason, also by another call',
  },
  'app-refused': {
    what: '{system} refuses Syncuser itself: the client id or the client secret of this installation is not right',
    mend: 'Nobody in the office can mend this by logging in. Tell whoever runs Syncuser; it goes on by itself once they have set it right.',
    provenBy:
      'the token endpoint refused the client of this installation (invalid_client), again half a minute later',
  },
};

/** In words for people: what happened, within a sentence and as its `opening`, and the next step. */
export function explainCause(
  cause: LinkCause,
  names: { system: string; login: string },
): CauseWords & { opening: string } {
  const fill = (text: string) => text.replaceAll('{system}', names.system).replaceAll('{login}', names.login);
  const { what, mend } = causes[cause];
  return { what: fill(what), opening: fill(capital(what)), mend: fill(mend) };
}

/** What was seen before this cause alarmed anybody, in words for an operator. */
export function whatProves(cause: LinkCause): string {
  return causes[cause].provenBy;
}
