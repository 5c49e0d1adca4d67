import type { Objection } from '../../domain/objections.ts';
import { ApplicationFailure, condition, setHandler } from '@temporalio/workflow';
import type { Approval, Weighed } from '../../domain/succession/change.ts';
import * as contract from '../contract.ts';
import type { Inbox } from '../inbox.ts';
import { remember } from '../steps.ts';
import type { PersonId } from '../../domain/ids.ts';

export type Decision =
  { kind: 'approved'; approval: Approval } | { kind: 'cancelled'; by: PersonId } | { kind: 'lapsed' };

export interface Decisions {
  /** Waits for who may decide. `confirmed` is called when a second person is needed. */
  made(weighed: Weighed, lapsesAfter: number, confirmed: (approval: Approval) => void): Promise<Decision>;
}

/**
 * A change that may lose something is decided by a superuser, and one that loses something by two of them. Validators
 * refuse; that somebody is a superuser is seen before.
 */
export function listenToDecisions(inbox: Inbox): Decisions {
  let weighed: Weighed | null = null;
  let approval: Approval = { confirmedBy: null, reason: null, agreedBy: null };
  let declinedBy: string | null = null;
  const isOver = () => weighed === null || approval.agreedBy !== null || declinedBy !== null;
  const needsSecond = () => weighed?.verdict === 'loses';
  const isApproved = () => (needsSecond() ? approval.agreedBy : approval.confirmedBy) !== null;

  setHandler(
    contract.confirmChange,
    ({ by, reason }) => void (approval = { confirmedBy: by, reason, agreedBy: null }),
    {
      validator({ reason }: contract.Action & { reason: string | null }) {
        if (isOver() || approval.confirmedBy !== null) refuse('nothing-to-decide');
        if (needsSecond() && !reason?.trim()) refuse('reason-is-missing');
      },
    },
  );
  setHandler(contract.agreeToChange, ({ by }) => void (approval = { ...approval, agreedBy: by }), {
    validator({ by }) {
      if (isOver() || approval.confirmedBy === null) refuse('nothing-to-decide');
      if (by === approval.confirmedBy) refuse('needs-somebody-else');
    },
  });
  setHandler(contract.declineChange, ({ by }) => void (declinedBy = by), {
    validator({ by }: contract.Action) {
      if (isOver() || by === '') refuse('nothing-to-decide');
    },
  });

  return {
    async made(known, lapsesAfter, confirmed) {
      weighed = known;
      let told = false;
      const untilTold = () => !told && needsSecond() && approval.confirmedBy !== null;
      const happened = () => isApproved() || declinedBy !== null || untilTold() || inbox.hasNews();
      try {
        for (;;) {
          const inTime = await condition(happened, lapsesAfter, { summary: 'until the decision lapses' });
          if (!inTime) return { kind: 'lapsed' };
          if (isApproved()) return { kind: 'approved', approval };
          if (declinedBy !== null) return { kind: 'cancelled', by: declinedBy };
          if (untilTold()) {
            told = true;
            confirmed(approval);
          }
          if (!inbox.hasNews()) continue;
          const event = await inbox.next();
          if (event.kind === 'cancelled') return event;
          if (event.kind === 'signed-in')
            await remember('Say that this login is no longer needed').dismissSignIn({
              signInId: event.signInId,
            });
        }
      } finally {
        weighed = null; // whoever decides after that reads that it is over
      }
    },
  };
}

function refuse(why: Objection): never {
  throw ApplicationFailure.nonRetryable(why, contract.refusal);
}
