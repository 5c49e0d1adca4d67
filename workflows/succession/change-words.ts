import type { Weighed } from '../../domain/succession/change.ts';
import type { Login } from '../../domain/connection.ts';
import type { Approval } from '../../domain/succession/change.ts';
import type { ChangeInput, ChangeResult } from '../contract.ts';
import { tell, type Steps } from '../steps.ts';
import type { Outbox } from '../outbox.ts';
import type { PersonId } from '../../domain/ids.ts';

type Progress = Parameters<Steps['tellInvitation']>[0]['progress'];
type Outcome = Parameters<Steps['tellChangeResult']>[0]['result'];
type Ended = { kind: 'cancelled'; by: PersonId } | { kind: 'lapsed' };

export type Words = ReturnType<typeof changeWords>;

/** What is said during a change: one message to the successor and one to who asked, both edited as the story goes on. */
export function changeWords(input: ChangeInput, outbox: Outbox) {
  const { connectionId, person, from, askedBy, current, change } = input;
  const about = { connectionId, change, person, from, askedBy, current };
  let isInvited = false;
  let secondAsked: Approval | null = null;

  function invitation(summary: string, progress: Progress, reminded = 0): void {
    isInvited = true;
    const asked = {
      connectionId,
      person,
      askedBy,
      purpose: 'change',
      invitation: `change/${change}`,
      change,
    } as const;
    outbox.say(() => tell(summary).tellInvitation({ ...asked, reminded, progress }));
  }

  return {
    invitation,

    /** The successor hears that nothing is asked of them any more. */
    invitationEnded(end: Ended): void {
      if (isInvited)
        invitation(
          'Say that it came to nothing',
          end.kind === 'lapsed' ? { step: 'lapsed' } : { step: 'cancelled', by: end.by },
        );
    },

    /** The successor hears that their login does not do. */
    notTaken({ accountingUserName: login }: Login): void {
      if (isInvited) invitation('Say that the login does not do', { step: 'not-taken', login });
    },

    /** Shows who asked what is gained and lost, and asks a second superuser once the first wants it all the same. */
    decision(login: Login, stage: 'undecided' | 'confirmed', approval: Approval | null = null): void {
      if (stage === 'confirmed') secondAsked = approval;
      outbox.say(() =>
        tell('Show what is gained and lost').tellChangeDecision({ ...about, login, stage, approval }),
      );
    },

    /** Tells how it ended without a change; gives the same in the words of the connection. */
    unchanged(result: Exclude<Outcome, { kind: 'decided' }>): ChangeResult {
      outbox.say(() => tell(`Tell ${askedBy} what came of it`).tellChangeResult({ ...about, result }));
      settleSecond();
      return { kind: 'unchanged', because: { kind: result.kind, by: 'by' in result ? result.by : null } };
    },

    done(login: Login, { reachAfter }: Weighed): void {
      if (isInvited)
        invitation('Say that they took over', {
          step: 'done',
          login: login.accountingUserName,
          companies: reachAfter,
        });
      outbox.say(() =>
        tell('Say that it is decided').tellChangeResult({ ...about, result: { kind: 'decided', login } }),
      );
      settleSecond();
    },
  };

  function settleSecond(): void {
    const approval = secondAsked;
    if (approval)
      outbox.say(() =>
        tell('Say that it is settled').settleChangeQuestion({ connectionId, change, approval }),
      );
  }
}
