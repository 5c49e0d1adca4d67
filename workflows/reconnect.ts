import { condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import { judgeReconnect } from '../domain/login.ts';
import type { ReconnectInput, ReconnectResult } from './contract.ts';
import { openInbox, type Inbox } from './inbox.ts';
import { ask, remember, tell } from './steps.ts';
import { openTalk, type Talk } from './talk.ts';
import { Vigil, type Due } from './vigil.ts';

/**
 * Tell everybody who is hit, wait for a human to log in again, make sure that he is who he was, and hand the mended
 * login back to the connection. It never gives up: reminders go on until somebody mends it, here or elsewhere.
 */
export async function reconnect(input: ReconnectInput): Promise<ReconnectResult> {
  const inbox = openInbox({ reminders: [], lapsesAfter: null });
  const talk = openTalk();
  if (!input.carried) sayHowItStands(input, talk, 'Tell the office and the teams that are hit');
  const result = await waitUntilMended(input, inbox, talk);
  await talk.settled();
  await inbox.close();
  return result;
}

async function waitUntilMended(input: ReconnectInput, inbox: Inbox, talk: Talk): Promise<ReconnectResult> {
  const { incident } = input;
  const vigil = new Vigil(input);
  for (;;) {
    if (workflowInfo().continueAsNewSuggested) await beginFreshHistory(input, { vigil, inbox, talk });
    const due = await vigil.next();
    const event = await inbox.next(due);
    switch (event.kind) {
      case 'due': {
        vigil.done(due);
        const result = await doWhatIsDue(input, due, talk);
        if (result) return result;
        break;
      }
      case 'acknowledged': {
        const { by, actionId } = event;
        if (!vigil.takenUp(by)) break;
        await remember(`Note that ${by} is on it`).takeUpIncident({ incident, by, actionId });
        sayHowItStands(input, talk, `Say that ${by} is on it`);
        break;
      }
      case 'snoozed': {
        const { by, actionId, until, everybody } = event;
        vigil.snoozed({ by, until: Date.parse(until), everybody });
        await remember(`Note that ${by} snoozed it`).snoozeIncident({
          incident,
          by,
          actionId,
          until,
          everybody,
        });
        sayHowItStands(input, talk, `Say that ${by} snoozed it`);
        break;
      }
      case 'signed-in': {
        const result = await tryLogin(input, event.signInId, talk);
        if (result) return result;
        vigil.tried();
        break;
      }
      case 'mended-elsewhere':
        return { kind: 'mended-elsewhere', by: event.by };

      case 'companies-chosen':
      case 'cancelled':
      case 'reminder-due':
      case 'lapsed':
        break;
    }
  }
}

/** Weeks of reminders make a long history. Returns when something happens, or Slack does not listen: next time then. */
async function beginFreshHistory(
  input: ReconnectInput,
  { vigil, inbox, talk }: { vigil: Vigil; inbox: Inbox; talk: Talk },
): Promise<void> {
  await condition(() => talk.isSilent() || inbox.hasNews(), '1 minute', { summary: 'until all is said' });
  if (!talk.isSilent() || inbox.hasNews()) return;
  await continueAsNew<typeof reconnect>({ ...input, carried: { vigil: vigil.memory } });
}

async function doWhatIsDue(input: ReconnectInput, due: Due, talk: Talk): Promise<ReconnectResult | null> {
  const { connectionId, incident } = input;
  const at = new Date(due.at).toISOString();
  const remind = (only: string | null) =>
    talk.say(
      () =>
        tell(only ? `Remind ${only}` : 'Remind whose turn it is').remindOfIncident({
          connectionId,
          incident,
          at,
          only,
        }),
      `reminder/${only ?? 'all'}`,
    );
  switch (due.what) {
    case 'remind':
      remind(due.only);
      return null;
    case 'lapse':
      await remember(`Nothing happened although ${due.by} is on it`).letGoOfIncident({
        incident,
        by: due.by,
        at,
      });
      sayHowItStands(input, talk, `Say that ${due.by} is no longer on it`);
      remind(null);
      return null;
    case 'look-again': {
      const { login } = await ask('Look whether the login works again').lookAgain({ connectionId });
      return login && { kind: 'works-again', login };
    }
  }
}

/** However much happened while Slack was down, it is told once how it stands. */
function sayHowItStands({ connectionId, incident }: ReconnectInput, talk: Talk, summary: string): void {
  talk.say(() => tell(summary).tellDisconnection({ connectionId, incident }), 'how it stands');
}

/** The mended login, or null when this one does not do; then the thread says why. */
async function tryLogin(
  { connectionId, synchronisationUserId, incident, expected, companies }: ReconnectInput,
  signInId: string,
  talk: Talk,
): Promise<ReconnectResult | null> {
  const sayWhyNot = (summary: string) =>
    talk.say(() => tell(summary).tellRefusedLogin({ connectionId, incident, signInId }));

  const found = await ask('Look who logged in and what he reaches').redeemSignIn({ connectionId, signInId });
  if (found.result === 'refused') {
    sayWhyNot('Say in the thread that a login failed');
    return null;
  }
  const verdict = judgeReconnect(found, expected, companies);
  if (verdict !== 'fits') {
    const refused = { connectionId, signInId, verdict, found, expected };
    await remember(`Refuse this login: ${verdict}`).refuseSignIn(refused);
    sayWhyNot('Say in the thread why the login was refused');
    return null;
  }
  const { person, login } = found;
  await ask('Keep the new login').acceptSignIn({
    connectionId,
    signInId,
    person: synchronisationUserId,
    found,
  });
  return { kind: 'reconnected', login, by: person, signInId };
}
