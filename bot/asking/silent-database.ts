import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { Logger } from '../../logger.ts';
import type { AskFrom } from './ask.ts';
import { databaseIsSilent } from '../messages/refusal.ts';
import { originOf } from './origins.ts';

/** Whoever asked for something reads within three seconds that it takes longer, when it is the database. */
const usualWaitMs = 1_000;
/** Looked at step by step, so that a busy process gives the database no less: a step that comes late is one step. */
const probeSteps = 30;
const stepMs = 50;
/** How many of the newest are remembered; a failure is answered within a minute. */
const remembered = 1_000;

export interface SilentDatabase {
  /** For Bolt: watches over everything that people ask for. */
  watch: Middleware<AnyMiddlewareArgs>;
  /** Watches over one thing that somebody waits for; `say` is told at most once, and is over when this is. */
  during<T>(work: () => Promise<T>, say: () => Promise<void>): Promise<T>;
  /** Tells it, unless that was told already for this action. */
  tell(origin: NonNullable<ReturnType<typeof originOf>>): Promise<void>;
}

/**
 * What takes long is asked about: when the database takes nothing meanwhile, the person reads so, and what was asked for
 * goes on all the same.
 */
export function createSilentDatabase(deps: {
  askFrom: AskFrom;
  /** Ends when the database takes something; may never end. */
  probe: () => Promise<unknown>;
  /** How long something takes before the database is asked whether it is there; a second when absent. */
  waitMs?: number | undefined;
  logger: Pick<Logger, 'warn'>;
}): SilentDatabase {
  const { askFrom, probe, waitMs = usualWaitMs, logger } = deps;
  const told = new Set<string>();

  async function tell(origin: NonNullable<ReturnType<typeof originOf>>): Promise<void> {
    if (told.has(origin.actionId)) return;
    told.add(origin.actionId);
    const [oldest] = told;
    if (told.size > remembered && oldest !== undefined) told.delete(oldest);
    await askFrom(origin).answer(databaseIsSilent);
  }

  async function answers(): Promise<boolean> {
    let took: boolean | undefined;
    void probe().then(
      () => (took = true),
      () => (took = false),
    );
    for (let step = 0; step < probeSteps && took === undefined; step += 1)
      await sleep(stepMs, undefined, { ref: false });
    return took === true;
  }

  async function during<T>(work: () => Promise<T>, say: () => Promise<void>): Promise<T> {
    let isOver = false;
    let said: Promise<void> | undefined;
    const look = async () => {
      if ((await answers()) || isOver) return;
      logger.warn('the database does not answer while a person waits');
      said = say().catch((error: unknown) =>
        logger.warn({ error: String(error) }, 'nobody could be told that the database does not answer'),
      );
    };
    const timer = setTimeout(() => void look(), waitMs);
    try {
      return await work();
    } finally {
      isOver = true;
      clearTimeout(timer);
      await said; // so that it does not come after what it was waited for
    }
  }

  return {
    tell,
    during,
    async watch({ body, next }) {
      const origin = originOf(body);
      return origin ? during(next, () => tell(origin)) : next();
    },
  };
}
