import type { LinkCause } from '../../domain/causes.ts';
import { explainCause, whatProves } from '../causes.ts';
import { maySync, type ConnectionState } from '../../domain/connection.ts';
import { statusWord } from './status.ts';
import type { Moment } from '../../domain/master-data.ts';

/** What an operator reads as the current details of a connection in Temporal UI (Markdown). No secrets, no rows. */
export function describeForOperator(state: ConnectionState): string {
  const lines = [
    `**${state.name}: ${statusWord(state)}** since ${readable(state.link.since)}`,
    ...linkWords(state),
  ];
  if (state.pausedBy) lines.push(`Paused by ${state.pausedBy}: no round runs until somebody resumes it.`);
  if (state.health.state === 'delayed')
    lines.push(
      `The accounting system ${state.health.reason === 'outage' ? 'does not answer' : 'limits us'} since ${readable(state.health.since)}. Nothing for a human to do.`,
    );
  if (state.health.state === 'doubtful')
    lines.push(
      `An odd answer of the accounting system about the login, since ${readable(state.health.since)}, is looked at again at ${readable(state.health.until)}. Nothing for a human to do.`,
    );
  if (state.changingTo) lines.push(`A change of synchronisation user to ${state.changingTo} is under way.`);
  lines.push(
    `${state.companies} companies · ${state.round} rounds · last good round ${state.lastSuccessAt ? readable(state.lastSuccessAt) : 'none yet'} · next ${state.nextSyncAt && maySync(state) ? readable(state.nextSyncAt) : 'not planned'}`,
  );
  return lines.join('\n\n');
}

function linkWords(state: ConnectionState): string[] {
  switch (state.link.state) {
    case 'connecting':
      return [`Waits for ${state.synchronisationUserId} to log in to the accounting system.`];
    case 'connected':
      return [
        `Synchronisation user ${state.synchronisationUserId}, logged in as ${state.login?.accountingUserName ?? 'unknown'}.`,
      ];
    case 'disconnected':
      return [
        `No round runs: ${why(state.link.cause, state.login?.accountingUserName ?? 'the synchronisation user')}`,
        `Incident ${state.incident ?? 'is being opened'}: waits for a human to log in again; then the sync goes on where it was.`,
      ];
    case 'abandoned':
      return ['The set-up ended without a login.'];
  }
}

/** A broken login that a human has to mend, and who takes care of it. */
export interface WaitForLogin {
  cause: LinkCause;
  since: Moment;
  /** The user of the accounting system. */
  account: string;
  onIt: { by: string; since: Moment } | null;
  snoozes: readonly { by: string; until: Moment; everybody: boolean }[];
  next: { summary: string; at: Moment };
}

/** What an operator reads while somebody is waited for who mends a login (Markdown). */
export function describeWait({ cause, since, account, onIt, snoozes, next }: WaitForLogin): string {
  return [
    `**Disconnected** since ${readable(since)}: ${why(cause, account)}`,
    `Waits for somebody to log in again as ${account}, for as long as it takes.`,
    ...(onIt ? [`${onIt.by} is on it since ${readable(onIt.since)}.`] : []),
    ...snoozes.map(
      ({ by, until, everybody }) =>
        `${by} wants no reminders ${everybody ? 'for anybody ' : ''}until ${readable(until)}.`,
    ),
    `Now waits ${next.summary}: ${readable(next.at)}.`,
  ].join('\n\n');
}

function why(cause: LinkCause, login: string): string {
  const { what } = explainCause(cause, { system: 'the accounting system', login });
  return `${what}. Seen before anybody was told: ${whatProves(cause)}.`;
}

/** For eyes; the history beside it has the seconds. */
const readable = (moment: Moment): string => `${moment.slice(0, 16).replace('T', ' ')} UTC`;
