import { judgeSuccessor } from '../domain/login.ts';
import type { ChangeInput, ChangeResult } from './contract.ts';
import { openInbox, type Inbox } from './inbox.ts';
import { ask, remember, tell, type Steps } from './steps.ts';
import { openTalk, type Talk } from './talk.ts';

/**
 * Let a successor log in beside the running synchronisation user and compare what both reach. Only a successor who
 * reaches every linked company is handed over to the connection, which switches at one moment; until then, and after
 * a refusal, everything stays as it was.
 */
export async function changeSynchronisationUser(input: ChangeInput): Promise<ChangeResult> {
  const { reminders, invitationLapses } = input.waits;
  const inbox = openInbox({ reminders, lapsesAfter: invitationLapses });
  const talk = openTalk();
  const words = changeWords(input, talk);
  const result = (await judgeKnownLogin(input, words)) ?? (await waitForLogin(input, inbox, words));
  await talk.settled();
  await inbox.close();
  return result;
}

/** A successor whose own login works already need not log in again; null when he has none that can be judged. */
async function judgeKnownLogin(input: ChangeInput, words: Words): Promise<ChangeResult | null> {
  const { connectionId, person, current } = input;
  const known = await ask(`See whether ${person} has a login already and what it reaches`).examineLogin({
    connectionId,
    person,
  });
  if (known.result === 'none') return null;
  const { login, missing } = known;
  switch (judgeSuccessor(known, current)) {
    case 'fits':
      return { kind: 'changed', login, person };
    case 'missing-companies':
      words.result({ kind: 'missing-companies', login: login.accountingUserName, missing });
      return { kind: 'unchanged' };
    case 'wrong-user':
    case 'wrong-environment':
    case 'no-companies':
    case 'login-in-use':
      return null;
  }
}

async function waitForLogin(input: ChangeInput, inbox: Inbox, words: Words): Promise<ChangeResult> {
  words.invitation(`Ask ${input.person} to connect`, { step: 'waiting' });
  for (;;) {
    const event = await inbox.next();
    switch (event.kind) {
      case 'reminder-due':
        words.invitation(`Remind ${input.person} to connect`, { step: 'waiting' }, event.count);
        break;

      case 'signed-in': {
        const result = await tryLogin(input, event.signInId, words);
        if (result) return result;
        break;
      }
      case 'cancelled':
      case 'lapsed': {
        const by = event.kind === 'cancelled' ? event.by : null;
        words.invitation(
          'Say that the login is no longer needed',
          by === null ? { step: 'lapsed' } : { step: 'cancelled', by },
        );
        words.result(by === null ? { kind: 'lapsed' } : { kind: 'cancelled', by });
        return { kind: 'unchanged' };
      }
      case 'acknowledged':
      case 'snoozed':
      case 'due':
      case 'companies-chosen':
      case 'mended-elsewhere':
        break;
    }
  }
}

/** How the change ends with this login, or null when another one may come. */
async function tryLogin(input: ChangeInput, signInId: string, words: Words): Promise<ChangeResult | null> {
  const { connectionId, person, current: expected } = input;
  const found = await ask('Look who logged in and what he reaches').redeemSignIn({ connectionId, signInId });
  if (found.result === 'refused') return null;
  const { login, missing, reachable } = found;
  const loginName = login.accountingUserName;
  const verdict = judgeSuccessor(found, expected);
  if (verdict === 'fits') {
    const accepted = { connectionId, signInId, person, found };
    await ask('Keep the login').acceptSignIn(accepted);
    words.invitation('Thank for the login', { step: 'done', login: loginName, companies: reachable });
    return { kind: 'changed', login, person };
  }
  const refused = { connectionId, signInId, verdict, found, expected };
  await remember(`Refuse this login: ${verdict}`).refuseSignIn(refused);
  if (verdict !== 'missing-companies') return null;
  words.invitation('Say what is missing', { step: 'refused', login: loginName, missing });
  words.result({ kind: 'missing-companies', login: loginName, missing });
  return { kind: 'unchanged' };
}

type Progress = Parameters<Steps['tellInvitation']>[0]['progress'];
type Outcome = Parameters<Steps['tellChangeResult']>[0]['result'];
type Words = ReturnType<typeof changeWords>;

/** What is said during a change: one message to the successor, edited as the story goes on, and the result. */
function changeWords(input: ChangeInput, talk: Talk) {
  const { connectionId, person, askedBy, current, change } = input;
  const invitation = {
    connectionId,
    person,
    askedBy,
    purpose: 'change',
    invitation: `change/${change}`,
  } as const;
  return {
    invitation(summary: string, progress: Progress, reminded = 0): void {
      talk.say(() => tell(summary).tellInvitation({ ...invitation, reminded, progress }));
    },
    result(result: Outcome): void {
      const told = { connectionId, change, person, askedBy, current, result };
      talk.say(() => tell(`Tell ${askedBy} what came of it`).tellChangeResult(told));
    },
  };
}
