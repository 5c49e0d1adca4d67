import { setTimeout as sleep } from 'node:timers/promises';
import { WebAPIPlatformError } from '@slack/web-api';
import type { Logger } from '../logger.ts';

/** How long is waited between two tries: a person invites the bot, or Slack comes back. */
const usualPauseMs = 15_000;

/**
 * Connects to Slack and greets until it succeeds, in the background: pages, API and bookings need no Slack. The first time that it
 * fails, the log says it in one sentence; then only when it fails in another way.
 */
export function createStarting(deps: { logger: Logger; pauseMs?: number }) {
  const { logger, pauseMs = usualPauseMs } = deps;
  const ended = new AbortController();

  /** Resolves when it succeeded, or when the bot is stopped. */
  async function untilDone(act: () => Promise<unknown>): Promise<void> {
    for (let said = ''; !ended.signal.aborted;) {
      try {
        await act();
        return;
      } catch (error) {
        const why = whyNot(error);
        if (why !== said) logger.warn(why);
        said = why;
        await sleep(pauseMs, undefined, { signal: ended.signal, ref: false }).catch(() => undefined);
      }
    }
  }
  return { untilDone, stop: () => ended.abort() };
}

/** What whoever runs Syncuser does about it. */
function whyNot(error: unknown): string {
  const code = error instanceof WebAPIPlatformError ? error.data.error : null;
  return code === null
    ? `Slack does not answer yet (${String(error)}). Pages and API work; Syncuser tries again by itself.`
    : `Slack refuses Syncuser: ${code}. Look at the tokens and docs/slack-app.md; pages and API work meanwhile.`;
}
