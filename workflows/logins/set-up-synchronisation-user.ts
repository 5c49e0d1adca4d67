import { judgeFirstLogin, type FoundLogin } from '../../domain/logins/login.ts';
import type { SetUpNews } from '../../domain/announcements/logins.ts';
import { asChild, type HandOn } from '../as-child.ts';
import type { InvitationInput, SetUpResult } from '../contract.ts';
import { openInbox, type Inbox } from '../inbox.ts';
import { redeem } from '../redeem.ts';
import { ask, remember, tell, type Steps } from '../steps.ts';
import { openOutbox, type Outbox } from '../outbox.ts';
import type { SignInId } from '../../domain/ids.ts';

/**
 * Ask the chosen office user to log in to the accounting system, see who that is and what they reach, let them choose
 * the companies, and hand the verified login over to the connection.
 */
export async function setUpSynchronisationUser(input: InvitationInput): Promise<SetUpResult> {
  return asChild(input.connectionId, (handOn) => getFirstLogin(input, handOn));
}

async function getFirstLogin(input: InvitationInput, handOn: HandOn<SetUpResult>): Promise<SetUpResult> {
  const { reminders, invitationLapses } = input.waits;
  const inbox = openInbox(input.connectionId, { reminders, lapsesAfter: invitationLapses });
  const outbox = openOutbox();
  const words = setUpWords(input, outbox);
  words.invitation(`Ask ${input.person} to connect`, { step: 'waiting' });
  words.news(`Tell ${input.askedBy} that ${input.person} was asked`, { kind: 'asked' });
  const result = await waitUntilLinked(input, inbox, words);
  await handOn(result);
  await outbox.settled();
  await inbox.close();
  return result;
}

async function waitUntilLinked(input: InvitationInput, inbox: Inbox, words: Words): Promise<SetUpResult> {
  const { connectionId, person, askedBy } = input;
  let linked: FoundLogin | null = null;
  inbox.refusesChoices('nobody-logged-in');
  for (;;) {
    const event = await inbox.next();
    switch (event.kind) {
      case 'reminder-due':
        if (!linked) words.invitation(`Remind ${person} to connect`, { step: 'waiting' }, event.count);
        break;

      case 'signed-in':
        inbox.refusesChoices(null);
        linked = (await tryLogin(input, event.signInId, { inbox, words })) ?? linked;
        if (!linked) inbox.refusesChoices('nobody-logged-in');
        break;

      case 'companies-chosen': {
        if (!linked || inbox.isCancelled()) break;
        inbox.decides('companies-chosen-already');
        const { companies: chosen, by } = event;
        const link = { connectionId, companies: chosen, by };
        const { companies } = await remember('Link the chosen companies').linkCompanies(link);
        if (companies === 0) {
          inbox.decides(null);
          break;
        }
        const { login } = linked;
        words.invitation('Say that the set-up is done', {
          step: 'done',
          login: login.accountingUserName,
          companies,
        });
        return { kind: 'connected', login, companies };
      }

      case 'cancelled':
      case 'lapsed': {
        inbox.decides('set-up-has-ended');
        const { kind } = event;
        const by = kind === 'cancelled' ? event.by : null;
        await remember('Let go of the login').forgetLogin({ connectionId, person });
        words.invitation(
          'Say that the set-up ended without a login',
          by === null ? { step: 'lapsed' } : { step: 'cancelled', by },
        );
        words.news(
          `Tell ${askedBy} that the set-up ended`,
          by === null ? { kind: 'lapsed' } : { kind: 'cancelled', by },
        );
        return { kind: 'abandoned', because: kind, by };
      }

      case 'acknowledged':
      case 'snoozed':
      case 'due':
      case 'mended-elsewhere':
        break;
    }
  }
}

/** Who logged in, kept for the connection; null when this login does not do. */
async function tryLogin(
  { connectionId, person }: InvitationInput,
  signInId: SignInId,
  { inbox, words }: { inbox: Inbox; words: Words },
): Promise<FoundLogin | null> {
  const found = await redeem({ connectionId, signInId }, inbox);
  if (found === null || found.result === 'refused') return null;
  const verdict = judgeFirstLogin(found);
  if (verdict !== 'fits') {
    const refused = { connectionId, signInId, verdict, found };
    await remember(`Refuse this login: ${verdict}`).refuseSignIn(refused);
    return null;
  }
  await ask('Keep the login').acceptSignIn({ connectionId, signInId, person, found });
  const { login, reachable, total } = found;
  words.invitation('Say what the login reaches and ask for the companies', {
    step: 'linked',
    login: login.accountingUserName,
    reachable,
    total,
  });
  return found;
}

type Progress = Parameters<Steps['tellInvitation']>[0]['progress'];
type Words = ReturnType<typeof setUpWords>;

/** What is said during a set-up: one message to who was asked and one to who asked, edited as the story goes on. */
function setUpWords(input: InvitationInput, outbox: Outbox) {
  const { connectionId, person, askedBy } = input;
  const invitation = { connectionId, person, askedBy, purpose: 'set-up', invitation: 'set-up' } as const;
  let reminded = 0;
  return {
    invitation(summary: string, progress: Progress, reminder?: number): void {
      reminded = reminder ?? reminded;
      const told = { ...invitation, reminded, progress };
      outbox.say(() => tell(summary).tellInvitation(told));
    },
    news(summary: string, news: SetUpNews['news']): void {
      outbox.say(() => tell(summary).tellSetUpNews({ connectionId, person, askedBy, news }));
    },
  };
}
