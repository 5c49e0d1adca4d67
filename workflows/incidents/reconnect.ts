import { condition, continueAsNew, setCurrentDetails } from '@temporalio/workflow';
import { judgeReconnect } from '../../domain/logins/login.ts';
import { iso, nowMs } from '../clock.ts';
import { asChild, type HandOn } from '../as-child.ts';
import type { Break, ReconnectInput, ReconnectResult } from '../contract.ts';
import { historyIsLong } from '../history.ts';
import { openInbox, type Inbox } from '../inbox.ts';
import { ask, remember, tell } from '../steps.ts';
import { openOutbox, type Outbox } from '../outbox.ts';
import { IncidentWatch, type Due } from './incident-watch.ts';
import type { SignInId } from '../../domain/ids.ts';

/**
 * Tell everybody who is hit, wait for a human to log in again, make sure that they are who they were, and hand the
 * mended login back to the connection. It never gives up: reminders go on until somebody mends it, here or elsewhere.
 */
export async function reconnect(input: ReconnectInput): Promise<ReconnectResult> {
  return asChild(input.connectionId, (handOn) => getItMended(input, handOn));
}

async function getItMended(input: ReconnectInput, handOn: HandOn<ReconnectResult>): Promise<ReconnectResult> {
  const inbox = openInbox(input.connectionId, { reminders: [], lapsesAfter: null }, input.carried?.inbox);
  const outbox = openOutbox();
  const result = await waitUntilMended(input, inbox, outbox);
  inbox.decides('mended-already');
  await handOn(result);
  await outbox.settled();
  await inbox.close();
  return result;
}

async function waitUntilMended(
  input: ReconnectInput,
  inbox: Inbox,
  outbox: Outbox,
): Promise<ReconnectResult> {
  const { incident } = input;
  const watch = new IncidentWatch(input);
  if (input.carried?.isUnsaid) sayHowItStands(input, outbox, 'Say how it stands');
  for (;;) {
    if (historyIsLong()) await beginFreshHistory(input, { watch, inbox, outbox });
    const due = await watch.next();
    setCurrentDetails(watch.inWords(due));
    const event = await inbox.next(due);
    switch (event.kind) {
      case 'due': {
        watch.done(due);
        const result = await doWhatIsDue(input, due, outbox);
        if (result) return result;
        break;
      }
      case 'acknowledged': {
        const { by, actionId, at } = event;
        if (!watch.takenUp(by, Date.parse(at))) break;
        await remember(`Note that ${by} is on it`).takeUpIncident({ incident, by, actionId });
        sayHowItStands(input, outbox, `Say that ${by} is on it`);
        break;
      }
      case 'snoozed': {
        const { by, actionId, until, everybody } = event;
        watch.snoozed({ by, until: Date.parse(until), everybody });
        await remember(`Note that ${by} snoozed it`).snoozeIncident({
          incident,
          by,
          actionId,
          until,
          everybody,
        });
        sayHowItStands(input, outbox, `Say that ${by} snoozed it`);
        break;
      }
      case 'signed-in': {
        const result = await tryLogin(input, event.signInId, { inbox, outbox });
        if (result) return result;
        watch.tried(nowMs());
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

/**
 * Weeks of reminders make a long history. What is to be said is written down first, which Slack does not hold up; while
 * even that fails, the fresh history says how it stands.
 */
async function beginFreshHistory(
  input: ReconnectInput,
  { watch, inbox, outbox }: { watch: IncidentWatch; inbox: Inbox; outbox: Outbox },
): Promise<void> {
  await condition(() => outbox.isSilent(), '3 seconds', { summary: 'until all is written down' });
  const carried = { watch: watch.memory, inbox: inbox.memory(), isUnsaid: !outbox.isSilent() };
  await continueAsNew<typeof reconnect>({ ...input, carried });
}

async function doWhatIsDue(input: ReconnectInput, due: Due, outbox: Outbox): Promise<ReconnectResult | null> {
  const { connectionId, incident } = input;
  const at = iso(due.at);
  const remind = (only: string | null) =>
    outbox.say(
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
    case 'tell':
      sayHowItStands(input, outbox, 'Tell the office and the teams that are hit');
      return null;
    case 'remind':
      remind(due.only);
      return null;
    case 'lapse':
      await remember(`Nothing happened although ${due.by} is on it`).letGoOfIncident({
        incident,
        by: due.by,
        at,
      });
      sayHowItStands(input, outbox, `Say that ${due.by} is no longer on it`);
      remind(null);
      return null;
    case 'look-again': {
      const { login } = await ask('Look whether the login works again').checkAgain({ connectionId });
      return login && { kind: 'works-again', login, mends: breakOf(input) };
    }
  }
}

/** However much happened while Slack was down, it is told once how it stands. */
function sayHowItStands({ connectionId, incident }: ReconnectInput, outbox: Outbox, summary: string): void {
  outbox.say(() => tell(summary).tellDisconnection({ connectionId, incident }), 'how it stands');
}

/** The mended login, or null when this one does not do; then the thread says why. */
async function tryLogin(
  input: ReconnectInput,
  signInId: SignInId,
  { inbox, outbox }: { inbox: Inbox; outbox: Outbox },
): Promise<ReconnectResult | null> {
  const { connectionId, synchronisationUserId, incident, expected } = input;
  const sayWhyNot = (summary: string) =>
    outbox.say(() => tell(summary).tellRefusedLogin({ connectionId, incident, signInId }));

  const found = await ask('Look who logged in and what they reach').redeemSignIn({ connectionId, signInId });
  if (found.result === 'refused') {
    sayWhyNot('Say in the thread that a login failed');
    return null;
  }
  const verdict = judgeReconnect(found, expected);
  if (verdict !== 'fits') {
    const refused = { connectionId, signInId, verdict, found, expected };
    await remember(`Refuse this login: ${verdict}`).refuseSignIn(refused);
    sayWhyNot('Say in the thread why the login was refused');
    return null;
  }
  if (inbox.isMendedElsewhere()) {
    await remember('Say that this login is no longer needed').dismissSignIn({ signInId });
    sayWhyNot('Say in the thread that a login was not needed');
    return null;
  }
  const { person, login } = found;
  await ask('Keep the new login').acceptSignIn({
    connectionId,
    signInId,
    person: synchronisationUserId,
    found,
  });
  if (inbox.isMendedElsewhere()) sayWhyNot('Say in the thread that a login was not needed');
  return { kind: 'reconnected', login, by: person, signInId, mends: breakOf(input) };
}

const breakOf = ({ incident, since, expected }: ReconnectInput): Break => ({
  incident,
  since,
  grantId: expected.grantId,
});
