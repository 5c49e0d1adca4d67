import { html } from 'ghtml';
import type { SignInOutcome, SignInPurpose } from '../../domain/sign-in.ts';
import { callout, heading } from './blocks.ts';
import { layout } from './layout.ts';

/** What every page about the end of a login knows. */
export interface ResultFrame {
  officeName: string;
  connectionName: string;
  systemName: string;
  purpose: SignInPurpose;
  /** Whether the package has a login page of its own, and so may know the browser already. */
  ownLoginPage: boolean;
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
  const body = html`<span class="waiting"></span>
    <p class="eyebrow">${frame.connectionName}</p>
    <h1>Checking your login</h1>
    <p class="lead">
      Syncuser looks who is logged in to ${frame.systemName} and which companies that user reaches.
    </p>
    !${progress.trouble ? trouble[progress.trouble] : ''}
    <p class="fine">This page renews itself.</p>`;
  return layout({ title: 'Checking your login', officeName: frame.officeName, body, renew: progress.renew });
}

export function linkedPage(frame: ResultFrame, outcome: Outcome<'linked'>): string {
  const { login, reachable, total, environment } = outcome;
  const next = {
    reconnect: 'The synchronisation goes on where it was; the alert in Slack is closed by itself.',
    change:
      'Syncuser now compares what this login may read with what the present one may; Slack tells you what comes of it.',
    'set-up': 'The synchronisation starts by itself.',
    personal: 'This is your own link; the synchronisation goes on as it was.',
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
