import { statusWord, type ConnectionState } from './connection.ts';

/** What an operator reads as the current details of a connection in Temporal UI (Markdown). No secrets, no rows. */
export function describeForOperator(state: ConnectionState): string {
  const lines = [`**${state.name}: ${statusWord(state)}** since ${state.link.since}`, ...linkWords(state)];
  if (state.pausedBy) lines.push(`Paused by ${state.pausedBy}: no round runs until somebody resumes it.`);
  if (state.health.state === 'delayed')
    lines.push(
      `The accounting system ${state.health.reason === 'outage' ? 'does not answer' : 'limits us'} since ${state.health.since}. Nothing for a human to do.`,
    );
  if (state.changingTo) lines.push(`A change of synchronisation user to ${state.changingTo} is under way.`);
  lines.push(
    `${state.companies} companies · ${state.round} rounds · last good round ${state.lastSuccessAt ?? 'none yet'} · next ${state.nextSyncAt ?? 'not planned'}`,
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
        `No round runs, because the login of ${state.login?.accountingUserName ?? 'the synchronisation user'} is broken (${state.link.cause}).`,
        `Incident ${state.incident ?? 'is being opened'}: waits for a human to log in again; then the sync goes on where it was.`,
      ];
    case 'abandoned':
      return ['The set-up ended without a login.'];
  }
}
