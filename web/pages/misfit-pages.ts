import { html } from 'ghtml';
import type { LinkCause } from '../../domain/causes.ts';
import { explainCause } from '../../words/causes.ts';
import { callout, heading, postButton } from './blocks.ts';
import { layout } from './layout.ts';
import { loginForm } from './login-form.ts';
import type { Outcome, ResultFrame } from './result-pages.ts';

export function wrongUserPage(frame: ResultFrame, outcome: Outcome<'wrong-user'>): string {
  const body = html`!${heading({
    tone: 'bad',
    eyebrow: frame.connectionName,
    title: 'That was another user',
    lead: html`Nothing was changed: the connection still belongs to <strong>${outcome.expected}</strong>.`,
  })}
  !${sideBySide('You logged in as', outcome.login, 'This connection needs', outcome.expected)}
  !${logOutFirst(frame, outcome.expected)} !${again(frame, `Log in as ${outcome.expected}`, 'another-user')}
  !${takeOver(frame, outcome)}`;
  return layout({ title: 'That was another user', officeName: frame.officeName, body });
}

/** Whoever may change the synchronisation user can do it from here; the change itself looks what would be lost. */
function takeOver(frame: ResultFrame, { login }: Outcome<'wrong-user'>): string {
  if (frame.takeOverAction === null)
    return html`<p class="fine">
      Should another user take over for good? A superuser does that in Slack with /syncuser change, which
      checks first that nothing is lost.
    </p>`;
  return html`<p class="fine">
      Should ${login} be used from now on? Syncuser asks you to log in as ${login} once more, looks what that
      user may read in every company, and shows you in Slack what would be lost before anything is switched.
    </p>
    !${postButton(frame.takeOverAction, `Use ${login} from now on`)}`;
}

export function wrongEnvironmentPage(frame: ResultFrame, outcome: Outcome<'wrong-environment'>): string {
  const body = html`!${heading({
    tone: 'bad',
    eyebrow: frame.connectionName,
    title: `That was another environment of ${frame.systemName}`,
    lead: html`Nothing was changed. Its companies are other companies, so Syncuser does not mix the two.`,
  })}
  !${sideBySide('You logged in to', outcome.environment, 'This connection needs', outcome.expected)}
  !${logOutFirst(frame, `a user of ${outcome.expected}`)} !${again(frame, 'Log in again', 'another-user')}`;
  return layout({ title: 'That was another environment', officeName: frame.officeName, body });
}

export function noCompaniesPage(frame: ResultFrame, outcome: Outcome<'no-companies'>): string {
  const { what, mend } = {
    what: `${outcome.login} reaches no company`,
    mend: `Nothing was changed. Ask an administrator of ${frame.systemName} to give ${outcome.login} access to the companies, or log in as a user who has it.`,
  };
  const body = html`!${heading({ tone: 'attention', eyebrow: frame.connectionName, title: what, lead: html`${mend}` })}
  !${logOutFirst(frame, 'a user who reaches the companies')} !${again(frame, 'Log in again', 'another-user')}`;
  return layout({ title: what, officeName: frame.officeName, body });
}

export function refusedPage(
  frame: ResultFrame,
  cause: Outcome<'refused'>['cause'],
  login: string | null,
): string {
  const { title, lead } = refusalWords(frame.systemName, cause, login ?? 'this user');
  const body = html`!${heading({
      tone: cause === 'cancelled' ? 'calm' : 'attention',
      eyebrow: frame.connectionName,
      title,
      lead: html`${lead}`,
    })}
    !${again(frame, 'Start again', 'same-user')}
    <p class="fine">Nothing was changed.</p>`;
  return layout({ title, officeName: frame.officeName, body });
}

/**
 * Where the package has no login page, the next attempt is made right here: by the same user after a refusal, else by another.
 */
function again(frame: ResultFrame, button: string, asWhom: 'same-user' | 'another-user'): string {
  const { fields, againAction: action, problem } = frame;
  if (!fields) return postButton(action, button);
  const typed = asWhom === 'same-user' || problem ? frame.typed : {};
  return loginForm({ fields, typed, action, button: 'Log in', ...(problem && { problem }) });
}

interface Words {
  title: string;
  lead: string;
}

/** Refusals that have words of their own on this page, where the person can start again at once. */
function wordsHere(system: string): Partial<Record<Outcome<'refused'>['cause'], Words>> {
  return {
    cancelled: {
      title: 'You stopped the login',
      lead: `${system} says that the login was cancelled or that permission was not given. Start again when you are ready.`,
    },
    'login-failed': {
      title: `${system} did not complete the login`,
      lead: 'It may have taken too long, or the page was opened twice. Start again; usually that is all it takes.',
    },
    'login-in-use': {
      title: 'This login is in use already',
      lead: `Another connection of your office uses this user of ${system}, and a second one would break the first. Log in as another user.`,
    },
    'not-allowed': {
      title: 'This login is no longer yours to make',
      lead: 'Whoever got the link may not do this any more. The login was let go of.',
    },
    'credentials-refused': {
      title: `${system} refused the user name or password`,
      lead: 'Check both and enter them once more. Syncuser does not try the same ones twice, so the account is not locked.',
    },
  };
}

function refusalWords(system: string, cause: Outcome<'refused'>['cause'], login: string): Words {
  const here = wordsHere(system)[cause];
  if (here) return here;
  const { opening, mend } = explainCause(cause as LinkCause, { system, login });
  return { title: opening, lead: mend };
}

function sideBySide(nowLabel: string, now: string, neededLabel: string, needed: string): string {
  return html`<div class="sides">
    <div class="now">
      <p class="eyebrow">${nowLabel}</p>
      <p class="login">${now}</p>
    </div>
    <div>
      <p class="eyebrow">${neededLabel}</p>
      <p class="login">${needed}</p>
    </div>
  </div>`;
}

function logOutFirst(frame: ResultFrame, asWhom: string): string {
  if (frame.fields) return '';
  return callout(
    'attention',
    `Log out of ${frame.systemName} first`,
    html`Open ${frame.systemName} in this browser, log out, and come back; or use a private window. Then log
    in as ${asWhom}.`,
  );
}
