import { judgeReconnect } from '../domain/login.ts';
import type { ReconnectInput, ReconnectResult } from './contract.ts';
import { openInbox } from './inbox.ts';
import { ask, remember, tell } from './steps.ts';

/**
 * Tell everybody who is hit, wait for a human to log in again, make sure that he is who he was, and hand the mended
 * login back to the connection. It never gives up: reminders go on until somebody mends it, here or elsewhere.
 */
export async function reconnect(input: ReconnectInput): Promise<ReconnectResult> {
  const { connectionId, incident, expected } = input;
  const inbox = openInbox({ reminders: input.waits.reminders, lapsesAfter: null });

  await tell('Tell the office and the teams that are hit').tellDisconnection({ connectionId, incident });

  for (;;) {
    const event = await inbox.next();
    switch (event.kind) {
      case 'reminder-due':
        await tell('Remind in the thread').remindOfIncident({ connectionId, incident, count: event.count });
        break;

      case 'acknowledged':
        await remember(`Note that ${event.by} is on it`).takeUpIncident({ incident, by: event.by });
        await tell(`Say that ${event.by} is on it`).tellDisconnection({ connectionId, incident });
        break;

      case 'signed-in': {
        const { signInId } = event;
        const found = await ask('Look who logged in and what he reaches').redeemSignIn({
          connectionId,
          signInId,
        });
        if (found.result === 'refused') {
          await tell('Say in the thread that a login failed').tellRefusedLogin({
            connectionId,
            incident,
            signInId,
          });
          break;
        }
        const verdict = judgeReconnect(found, expected, input.companies);
        if (verdict !== 'fits') {
          await remember(`Refuse this login: ${verdict}`).refuseSignIn({
            connectionId,
            signInId,
            verdict,
            found,
            expected,
          });
          await tell('Say in the thread why the login was refused').tellRefusedLogin({
            connectionId,
            incident,
            signInId,
          });
          break;
        }
        await ask('Keep the new login and list its companies').acceptSignIn({
          connectionId,
          signInId,
          person: found.person,
          found,
        });
        return { kind: 'reconnected', login: found.login, by: found.person };
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
