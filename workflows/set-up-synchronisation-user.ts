import { judgeFirstLogin } from '../domain/login.ts';
import type { InvitationInput, SetUpResult } from './contract.ts';
import { openInbox } from './inbox.ts';
import { ask, remember, tell } from './steps.ts';

/**
 * Ask the chosen office user to log in to the accounting system, see who that is and what he reaches, let him choose
 * the companies, and hand the verified login over to the connection.
 */
export async function setUpSynchronisationUser(input: InvitationInput): Promise<SetUpResult> {
  const { connectionId, person, askedBy } = input;
  const invitation = { connectionId, person, askedBy, purpose: 'set-up', invitation: 'set-up' } as const;
  const inbox = openInbox({
    reminders: input.waits.reminders,
    lapsesAfter: input.waits.invitationLapses,
  });
  let reminded = 0;
  let linked: { login: SetUpLogin; reachable: number; total: number } | null = null;

  await tell(`Ask ${person} to connect`).tellInvitation({
    ...invitation,
    reminded,
    progress: { step: 'waiting' },
  });
  await tell(`Tell ${askedBy} that ${person} was asked`).tellSetUpNews({
    connectionId,
    person,
    askedBy,
    news: { kind: 'asked' },
  });

  for (;;) {
    const event = await inbox.next();
    switch (event.kind) {
      case 'reminder-due':
        reminded = event.count;
        if (!linked)
          await tell(`Remind ${person} to connect`).tellInvitation({
            ...invitation,
            reminded,
            progress: { step: 'waiting' },
          });
        break;

      case 'signed-in': {
        const found = await ask('Look who logged in and what he reaches').redeemSignIn({
          connectionId,
          signInId: event.signInId,
        });
        if (found.result === 'refused') break;
        const verdict = judgeFirstLogin(found);
        if (verdict !== 'fits') {
          await remember(`Refuse this login: ${verdict}`).refuseSignIn({
            connectionId,
            signInId: event.signInId,
            verdict,
            found,
          });
          break;
        }
        await ask('Keep the login and list its companies').acceptSignIn({
          connectionId,
          signInId: event.signInId,
          person,
          found,
        });
        linked = found;
        await tell('Say what the login reaches and ask for the companies').tellInvitation({
          ...invitation,
          reminded,
          progress: {
            step: 'linked',
            login: found.login.accountingUserName,
            reachable: found.reachable,
            total: found.total,
          },
        });
        break;
      }

      case 'companies-chosen': {
        if (!linked) break;
        const { companies } = await remember('Link the chosen companies').linkCompanies({
          connectionId,
          companies: event.companies,
          by: event.by,
        });
        if (companies === 0) break;
        await tell('Say that the set-up is done').tellInvitation({
          ...invitation,
          reminded,
          progress: { step: 'done', login: linked.login.accountingUserName, companies },
        });
        return { kind: 'connected', login: linked.login, companies };
      }

      case 'cancelled':
      case 'lapsed': {
        const how =
          event.kind === 'cancelled'
            ? ({ step: 'cancelled', by: event.by } as const)
            : ({ step: 'lapsed' } as const);
        await remember('Let go of the login').forgetLogin({ connectionId, person });
        await tell('Say that the set-up ended without a login').tellInvitation({
          ...invitation,
          reminded,
          progress: how,
        });
        await tell(`Tell ${askedBy} that the set-up ended`).tellSetUpNews({
          connectionId,
          person,
          askedBy,
          news: event.kind === 'cancelled' ? { kind: 'cancelled', by: event.by } : { kind: 'lapsed' },
        });
        return { kind: 'abandoned' };
      }

      case 'acknowledged':
      case 'mended-elsewhere':
        break;
    }
  }
}

type SetUpLogin = Extract<SetUpResult, { kind: 'connected' }>['login'];
