import { judgeSuccessor } from '../domain/login.ts';
import type { ChangeInput, ChangeResult } from './contract.ts';
import { openInbox } from './inbox.ts';
import { ask, remember, tell } from './steps.ts';

/**
 * Let a successor log in beside the running synchronisation user and compare what both reach. Only a successor who
 * reaches every linked company is handed over to the connection, which switches at one moment; until then, and after
 * a refusal, everything stays as it was.
 */
export async function changeSynchronisationUser(input: ChangeInput): Promise<ChangeResult> {
  const { connectionId, person, askedBy, current, change } = input;
  const invitation = {
    connectionId,
    person,
    askedBy,
    purpose: 'change',
    invitation: `change/${change}`,
  } as const;
  const tellResult = (result: Parameters<ReturnType<typeof tell>['tellChangeResult']>[0]['result']) =>
    tell(`Tell ${askedBy} what came of it`).tellChangeResult({
      connectionId,
      change,
      person,
      askedBy,
      current,
      result,
    });

  const known = await ask(`See whether ${person} has a login already and what it reaches`).examineLogin({
    connectionId,
    person,
  });
  if (known.result === 'found') {
    const verdict = judgeSuccessor(known, current);
    if (verdict === 'fits') return { kind: 'changed', login: known.login, person };
    if (verdict === 'missing-companies') {
      await tellResult({
        kind: 'missing-companies',
        login: known.login.accountingUserName,
        missing: known.missing,
      });
      return { kind: 'unchanged' };
    }
  }

  const inbox = openInbox({ reminders: input.waits.reminders, lapsesAfter: input.waits.invitationLapses });
  await tell(`Ask ${person} to connect`).tellInvitation({
    ...invitation,
    reminded: 0,
    progress: { step: 'waiting' },
  });

  for (;;) {
    const event = await inbox.next();
    switch (event.kind) {
      case 'reminder-due':
        await tell(`Remind ${person} to connect`).tellInvitation({
          ...invitation,
          reminded: event.count,
          progress: { step: 'waiting' },
        });
        break;

      case 'signed-in': {
        const { signInId } = event;
        const found = await ask('Look who logged in and what he reaches').redeemSignIn({
          connectionId,
          signInId,
        });
        if (found.result === 'refused') break;
        const verdict = judgeSuccessor(found, current);
        if (verdict === 'fits') {
          await ask('Keep the login and list its companies').acceptSignIn({
            connectionId,
            signInId,
            person,
            found,
          });
          await tell('Thank for the login').tellInvitation({
            ...invitation,
            reminded: 0,
            progress: { step: 'done', login: found.login.accountingUserName, companies: found.reachable },
          });
          return { kind: 'changed', login: found.login, person };
        }
        await remember(`Refuse this login: ${verdict}`).refuseSignIn({
          connectionId,
          signInId,
          verdict,
          found,
          expected: current,
        });
        if (verdict === 'missing-companies') {
          const login = found.login.accountingUserName;
          await tell('Say what is missing').tellInvitation({
            ...invitation,
            reminded: 0,
            progress: { step: 'refused', login, missing: found.missing },
          });
          await tellResult({ kind: 'missing-companies', login, missing: found.missing });
          return { kind: 'unchanged' };
        }
        break;
      }

      case 'cancelled':
      case 'lapsed': {
        const ended =
          event.kind === 'cancelled'
            ? ({ step: 'cancelled', by: event.by } as const)
            : ({ step: 'lapsed' } as const);
        await tell('Say that the login is no longer needed').tellInvitation({
          ...invitation,
          reminded: 0,
          progress: ended,
        });
        await tellResult(
          event.kind === 'cancelled' ? { kind: 'cancelled', by: event.by } : { kind: 'lapsed' },
        );
        return { kind: 'unchanged' };
      }

      case 'acknowledged':
      case 'companies-chosen':
      case 'mended-elsewhere':
        break;
    }
  }
}
