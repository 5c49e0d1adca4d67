import { judgeReconnect } from '../domain/login.ts';
import type { ReconnectInput, ReconnectResult } from './contract.ts';
import { openInbox, type Inbox } from './inbox.ts';
import { ask, remember, tell } from './steps.ts';
import { openTalk, type Talk } from './talk.ts';

/**
 * Tell everybody who is hit, wait for a human to log in again, make sure that he is who he was, and hand the mended
 * login back to the connection. It never gives up: reminders go on until somebody mends it, here or elsewhere.
 */
export async function reconnect(input: ReconnectInput): Promise<ReconnectResult> {
  const inbox = openInbox({ reminders: input.waits.reminders, lapsesAfter: null });
  const talk = openTalk();
  const { connectionId, incident } = input;
  talk.say(() =>
    tell('Tell the office and the teams that are hit').tellDisconnection({ connectionId, incident }),
  );
  const result = await waitUntilMended(input, inbox, talk);
  await talk.settled();
  await inbox.close();
  return result;
}

async function waitUntilMended(input: ReconnectInput, inbox: Inbox, talk: Talk): Promise<ReconnectResult> {
  const { connectionId, incident } = input;
  for (;;) {
    const event = await inbox.next();
    switch (event.kind) {
      case 'reminder-due': {
        const { count } = event;
        talk.say(() => tell('Remind in the thread').remindOfIncident({ connectionId, incident, count }));
        break;
      }
      case 'acknowledged': {
        const { by } = event;
        await remember(`Note that ${by} is on it`).takeUpIncident({ incident, by });
        talk.say(() => tell(`Say that ${by} is on it`).tellDisconnection({ connectionId, incident }));
        break;
      }
      case 'signed-in': {
        const result = await tryLogin(input, event.signInId, talk);
        if (result) return result;
        break;
      }
      case 'mended-elsewhere':
        return { kind: 'mended-elsewhere', by: event.by };

      case 'companies-chosen':
      case 'cancelled':
      case 'lapsed':
        break;
    }
  }
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
  return { kind: 'reconnected', login, by: person };
}
