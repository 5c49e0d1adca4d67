import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningSyncuser } from '../syncuser.ts';
import type { Sandbox } from '../sandbox.ts';
import type { Closure } from './facts.ts';
import type { Trouble } from './plan.ts';

/** Whoever is reached must be somebody: so many conversations are closed at once, and no more. */
const mostClosed = 2;

/** Lets things go wrong, and takes them back. */
export interface Troubles {
  /** @returns takes it back, where it does not pass by itself */
  begin(trouble: Trouble): Promise<() => Promise<void>>;
  closures: readonly Closure[];
  /** How often each thing went wrong. */
  counts: Record<string, number>;
}

const nothing = async () => {};

export function createTroubles(
  { strict, worker }: Pick<RunningSyncuser, 'strict' | 'worker'>,
  sandbox: Sandbox,
  /** The direct messages of a person. */
  directMessagesOf: (slackUserId: string) => string,
): Troubles {
  const closures: Closure[] = [];
  const counts: Record<string, number> = {};
  const underWay = new Set<string>();

  async function begin(trouble: Trouble): Promise<() => Promise<void>> {
    switch (trouble.what) {
      case 'slack': {
        await strict.turn('misfortune', trouble.misfortune);
        const { then } = trouble.misfortune;
        count('connection' in then ? then.connection : (Object.keys(then)[0] ?? ''));
        return nothing;
      }
      case 'closed': {
        const { how, channel } = trouble;
        return close(channel, how, (on) => strict.turn(how, { channel, on }));
      }
      case 'disabled': {
        const { user } = trouble;
        return close(directMessagesOf(user), 'disabled', (on) => strict.turn('disable-user', { user, on }));
      }
      case 'odd-answers':
        return oddAnswers(trouble);
      case 'outage':
        return once('outage', async () => {
          await sandbox.turn('outage', { on: true });
          await sleep(trouble.forMs);
          await sandbox.turn('outage', { on: false });
        });
      case 'kill':
        return once('kill', async () => {
          await sleep(trouble.afterMs);
          await worker.killAndStartAgain();
        });
    }
  }

  async function close(
    conversation: string,
    how: string,
    turn: (on: boolean) => Promise<unknown>,
  ): Promise<() => Promise<void>> {
    const closed = closures.filter(({ until }) => until === null);
    if (closed.length >= mostClosed || closed.some((one) => one.conversation === conversation))
      return nothing;
    const closure: Closure = { conversation, from: Date.now(), until: null };
    closures.push(closure);
    count(how);
    await turn(true);
    return async () => {
      await turn(false);
      closure.until = Date.now();
    };
  }

  async function oddAnswers({ how, times }: Extract<Trouble, { what: 'odd-answers' }>) {
    const isKnown = await sandbox.canTurn('replies', { how, times, path: 'current/Me' });
    if (isKnown) count(how);
    return nothing;
  }

  /** It goes on by itself; what it takes back is that it is waited for. */
  async function once(what: string, happen: () => Promise<void>): Promise<() => Promise<void>> {
    if (underWay.has(what)) return nothing;
    underWay.add(what);
    count(what);
    const over = happen().finally(() => underWay.delete(what));
    over.catch(() => undefined); // whoever takes it back hears of it
    return () => over;
  }

  const count = (what: string) => void (counts[what] = (counts[what] ?? 0) + 1);

  return { begin, closures, counts };
}
