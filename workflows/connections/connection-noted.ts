import { isCancellation, TemporalFailure, Trigger } from '@temporalio/workflow';
import type { DeletionVerdict } from '../../domain/sync/deletion-guard.ts';
import { now } from '../clock.ts';
import type { ConnectionEntity } from './connection-entity.ts';
import { refuseIf } from './connection-objections.ts';
import { everythingIsDue } from './connection-rounds.ts';
import type { Action } from '../contract.ts';
import { remember, tell } from '../steps.ts';
import type { SignInId } from '../../domain/ids.ts';

/** What somebody asked for and the main loop does. */
export type Todo =
  | (Action & { what: 'link-companies'; companies: string[] | 'all' })
  | (Action & { what: 'unlink-companies'; companies: string[] })
  | (Action & { what: 'settle-deletions'; question: number; verdict: DeletionVerdict })
  /** Nobody waits for this login any more. */
  | { what: 'dismiss-sign-in'; signInId: SignInId };

/**
 * What was noted and is not done yet, in the order in which it was asked for. It is done before a fresh history begins, so
 * none of it is carried over.
 */
export class Noted {
  private readonly waiting: { todo: Todo; answer: Trigger<void> }[] = [];

  /** Notes it; settles as the work does, for whoever waits for that. */
  note(todo: Todo): PromiseLike<void> {
    const answer = new Trigger<void>();
    answer.then(undefined, () => undefined); // where nobody waits for it
    this.waiting.push({ todo, answer });
    return answer;
  }

  isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  /** Does what was noted first. Whoever waits for it hears why it could not be done, and the others are served. */
  async doFirst(work: (todo: Todo) => Promise<void>): Promise<void> {
    const [first] = this.waiting;
    if (!first) return;
    try {
      await work(first.todo);
      first.answer.resolve();
    } catch (error) {
      if (!(error instanceof TemporalFailure) || isCancellation(error)) throw error;
      first.answer.reject(error);
    }
    this.waiting.shift();
  }
}

/** The first of what people asked for and was noted. */
export function doNoted(entity: ConnectionEntity): Promise<void> {
  return entity.noted.doFirst((todo) => carryOut(entity, todo));
}

/** @throws ApplicationFailure with why it is refused after all, which the person who asked reads */
async function carryOut(entity: ConnectionEntity, todo: Todo): Promise<void> {
  const { id: connectionId } = entity.state;
  switch (todo.what) {
    case 'link-companies': {
      const { companies, by, actionId } = todo;
      const choice = { connectionId, companies, by, actionId };
      const linked = await remember('Link the chosen companies').linkCompanies(choice);
      entity.change({ companies: linked.companies });
      everythingIsDue(entity, now());
      return entity.logins.allDue();
    }
    case 'unlink-companies': {
      const { companies, by, actionId } = todo;
      const choice = { connectionId, companies, by, actionId };
      const left = await remember('Unlink the chosen companies').unlinkCompanies(choice);
      return entity.change({ companies: left.companies });
    }
    case 'settle-deletions': {
      const { question, verdict, by } = todo;
      const answer = { connectionId, question, verdict, by };
      const { counts } = await remember(`About deletions: ${verdict}`).settleDeletions(answer);
      entity.outbox.say(() =>
        tell('Say how a question about deletions ended').tellDeletions({ connectionId }),
      );
      return refuseIf(counts ? null : 'answered-already');
    }
    case 'dismiss-sign-in': {
      const { signInId } = todo;
      return remember('Say that this login is no longer needed').dismissSignIn({ signInId });
    }
  }
}
