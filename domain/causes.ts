/**
 * Why a link is broken and a human must act. Every cause has words for people and the place where it is mended;
 * `{system}` and `{login}` are filled in by `explainCause`.
 */
export const linkCauses = [
  'consent-withdrawn',
  'consent-expired',
  'user-blocked',
  'user-inactive',
  'credentials-refused',
  'grant-lost',
  'wrong-user',
  'no-company-access',
  'licence-expired',
] as const;
export type LinkCause = (typeof linkCauses)[number];

interface CauseWords {
  what: string;
  mend: string;
}

const words: Record<LinkCause, CauseWords> = {
  'consent-withdrawn': {
    what: 'the consent of {login} was withdrawn in {system}',
    mend: 'Click Reconnect and log in to {system} as {login}.',
  },
  'consent-expired': {
    what: 'the consent of {login} in {system} has expired',
    mend: 'Click Reconnect and log in to {system} as {login}.',
  },
  'user-blocked': {
    what: '{login} is blocked in {system}',
    mend: 'Ask an administrator of {system} to unblock {login} (user management), then click Reconnect.',
  },
  'user-inactive': {
    what: '{login} is no longer active in {system}',
    mend: 'Ask an administrator of {system} to activate {login} (user management), or choose another synchronisation user with /syncuser change.',
  },
  'credentials-refused': {
    what: '{system} refused the user name or password of {login}',
    mend: 'Click Reconnect and enter the current password of {login}. Syncuser does not try the old one again, so the account is not locked.',
  },
  'grant-lost': {
    what: 'the login of {login} at {system} can no longer be used by Syncuser',
    mend: 'Click Reconnect and log in to {system} as {login}.',
  },
  'wrong-user': {
    what: '{system} answers for another user than {login}',
    mend: 'Click Reconnect, log out of {system} first, and log in as {login}.',
  },
  'no-company-access': {
    what: '{login} reaches none of the linked companies in {system}',
    mend: 'Ask an administrator of {system} to give {login} access to the companies (company access rights), then click Reconnect.',
  },
  'licence-expired': {
    what: 'the licence of {system} has expired',
    mend: 'Renew the licence of {system}, then click Reconnect.',
  },
};

/** `{ what, mend }` in words for people: what happened, and the next step. */
export function explainCause(cause: LinkCause, names: { system: string; login: string }): CauseWords {
  const fill = (text: string) => text.replaceAll('{system}', names.system).replaceAll('{login}', names.login);
  return { what: fill(words[cause].what), mend: fill(words[cause].mend) };
}
