import { condition, getExternalWorkflowHandle } from '@temporalio/workflow';
import * as contract from './contract.ts';
import type { Answer } from './contract.ts';
import type { ConnectionId } from '../domain/ids.ts';

/** What a child says to what its connection passed on to it, in order and beside what it does. */
export interface Answers {
  give(answer: Answer): void;
  /** What nobody is known to have read: a fresh history gives it again, and the connection hears each once. */
  notGiven(): Answer[];
  allGiven(): Promise<void>;
}

/** Answers go to the connection; `carried` are those that the former history had not given yet. */
export function openAnswers(connectionId: ConnectionId, carried: readonly Answer[] = []): Answers {
  const waiting = [...carried];
  let isGiving = false;

  async function giveAll(): Promise<void> {
    isGiving = true;
    // By its id: a child that outlived the history it was begun in, and began afresh itself, knows of no parent any more.
    const asks = getExternalWorkflowHandle(contract.workflowIds.connection(connectionId));
    for (let answer = waiting[0]; answer; answer = waiting[0]) {
      await asks.signal(contract.answered, answer).catch(() => undefined); // it has ended
      waiting.shift();
    }
    isGiving = false;
  }
  const begin = () => {
    if (!isGiving && waiting.length > 0) void giveAll();
  };
  begin();

  return {
    give(answer) {
      waiting.push(answer);
      begin();
    },
    notGiven: () => [...waiting],
    async allGiven() {
      if (isGiving) await condition(() => !isGiving, '1 minute', { summary: 'until everybody is answered' });
    },
  };
}
