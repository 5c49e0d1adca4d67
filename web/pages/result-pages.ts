import { html } from 'ghtml';
import type { FormField } from '../../accounting/port.ts';
import type { SignInOutcome, SignInPurpose } from '../../domain/logins/sign-in.ts';
import type { Screens } from '../../domain/screens.ts';
import { callout, heading } from './blocks.ts';
import { layout } from './layout.ts';

/** What every page about the end of a login knows. */
export interface ResultFrame {
  officeName: string;
  connectionName: string;
  systemName: string;
  /** Where in it people mend things. */
  screens: Screens;
  purpose: SignInPurpose;
  /** What is asked on our pages; null when the package has a login page of its own, and so may know the browser already. */
  fields: readonly FormField[] | null;
  /** What of it was entered for this login, and is not secret. */
  typed: Readonly<Record<string, string>>;
  /** Set when what was entered for the next attempt cannot be used. */
  problem?: string;
  /** Where a new attempt begins. */
  againAction: string;
  /** Where a superuser says that the user who came shall be used from now on; null for everybody else. */
  takeOverAction: string | null;
}

export type Outcome<R extends SignInOutcome['result']> = Extract<SignInOutcome, { result: R }>;

/** While the login is being verified; loads itself again. */
export function verifyingPage(
  frame: ResultFrame,
  progress: { trouble: 'not-handed-over' | 'slow' | null; renew: { url: string; seconds: number } },
): string {
  const trouble = {
    'not-handed-over': callout(
      'attention',
      'This takes longer than usual',
      'Your login has arrived and is kept safe. Syncuser is busy at the moment and takes it up by itself; you do not have to log in again. Leave this page open, or come back to it later.',
    ),
    slow: callout(
      'calm',
      'This takes longer than usual',
      html`${frame.systemName} answers slowly. You can leave this page open or close it; Slack will tell you
      the result.`,
    ),
  };
  const body = html`<span class="waiting" aria-hidden="true"></span>
    <p class="eyebrow">${frame.connectionName}</p>
    <h1>Checking your login</h1>
    <div role="status">
      <p class="lead">
        Syncuser looks who is logged in to ${frame.systemName} and which companies that user reaches.
      </p>
      !${progress.trouble ? trouble[progress.trouble] : ''}
    </div>
    <p class="fine">This page renews itself; or <a href="${progress.renew.url}">look again now</a>.</p>`;
  return layout({ title: 'Checking your login', officeName: frame.officeName, body, renew: progress.renew });
}

export function linkedPage(frame: ResultFrame, outcome: Outcome<'linked'>): string {
  const { login, reachable, total, environment } = outcome;
  const next = {
    reconnect: 'The synchronisation goes on where it was; the alert in Slack is closed by itself.',
    change:
      'Syncuser now compares what this login may read with what the present one may; Slack tells you what comes of it.',
    'set-up': 'The synchronisation starts by itself.',
    personal:
      'This is your own link; the synchronisation goes on as it was. Only if you are chosen as synchronisation user does it work with this login, and you are told.',
  };
  const body = html`!${heading({
      tone: 'good',
      eyebrow: `${frame.connectionName} · ${environment}`,
      title: `Linked to ${login}, reaches ${reachable} of ${total} companies`,
      lead: html`${next[frame.purpose]}`,
    })}
    !${
      reachable < total
        ? callout(
            'attention',
            `${total - reachable} ${total - reachable === 1 ? 'company is' : 'companies are'} not reached`,
            html`Ask an administrator of ${frame.systemName} to give ${login} access to them. Syncuser notices
            by itself.`,
          )
        : ''
    }
    <p class="fine">You can close this page.</p>`;
  return layout({ title: `Linked to ${login}`, officeName: frame.officeName, body });
}

export function noLongerNeededPage(frame: ResultFrame): string {
  const body = html`!${heading({
      tone: 'good',
      eyebrow: frame.connectionName,
      title: 'This is settled already',
      lead: 'Somebody else was quicker, or the request was withdrawn. Your login was not used and nothing was changed.',
    })}
    <p class="fine">You can close this page.</p>`;
  return layout({ title: 'Settled already', officeName: frame.officeName, body });
}
