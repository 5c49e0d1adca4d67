import { randomBytes } from 'node:crypto';
import { RefusedError } from './refused.ts';
import { ObjectionError, UnavailableError } from '../../gateway/errors.ts';
import type { Logger } from '../../logger.ts';
import { isDatabaseUnavailable } from '../../store/database/unavailable.ts';
import { cannotPassOn, whyNot } from '../../words/objections.ts';
import type { AskFrom } from './ask.ts';
import { fault, refusal } from '../messages/refusal.ts';
import { originOf } from './origins.ts';
import type { SilentDatabase } from './silent-database.ts';

/**
 * The one place where a failed request is answered. A refusal is not a fault: the person reads why; everything else is
 * logged with a reference that the person gets too.
 */
export function createErrorHandler(deps: {
  askFrom: AskFrom;
  /** See acts.ts. */
  mayBeDone: (actionId: string) => boolean;
  silentDatabase: Pick<SilentDatabase, 'tell'>;
  logger: Logger;
}): (failed: { error: Error; body: object }) => Promise<void> {
  const { askFrom, mayBeDone, silentDatabase, logger } = deps;
  return async ({ error: wrapped, body }) => {
    const error = cause(wrapped);
    const origin = originOf(body);
    const why = wordsOf(error);
    const reference = randomBytes(4).toString('hex');
    if (why === null) logger.error({ err: error, reference }, 'a request from Slack failed');
    else if (error instanceof UnavailableError) logger.warn({ err: error }, 'the gateway does not answer');
    if (!origin) return;
    const said = isDatabaseUnavailable(error)
      ? silentDatabase.tell(origin)
      : askFrom(origin).answer(
          why === null ? fault(reference, { mayBeDone: mayBeDone(origin.actionId) }) : refusal(why),
        );
    await said.catch((failed: unknown) =>
      logger.error({ err: failed, reference }, 'the person could not be told'),
    );
  };
}

/** Why not, where it is no fault. */
function wordsOf(error: Error): string | null {
  if (error instanceof RefusedError) return error.message;
  if (error instanceof ObjectionError) return whyNot(error.objection);
  return error instanceof UnavailableError ? cannotPassOn : null;
}

/** Bolt wraps what a listener throws (errors.ts of @slack/bolt: `original`, or `originals` of several listeners). */
function cause(error: Error & { original?: Error; originals?: Error[] }): Error {
  const inner = error.original ?? error.originals?.[0];
  return inner ? cause(inner) : error;
}
