import { setTimeout as sleep } from 'node:timers/promises';
import type { HomeView } from '@slack/types';
import { SlackError } from '@slack/web-api';
import { sortRefusal } from '../deliveries/slack-refusals.ts';
import { findUserBySlackId, isActive } from '../domain/offices/office.ts';
import type { Logger } from '../logger.ts';
import { isDatabaseUnavailable } from '../store/database/unavailable.ts';
import { noteWhoMetIt } from './affected.ts';
import type { BotDeps } from './deps.ts';
import { home, homeOfStranger, homeWithoutDatabase } from './messages/offices/home.ts';
import { unknownPerson } from './asking/refusals.ts';
import type { SilentDatabase } from './asking/silent-database.ts';

/** How long an action may take until it is seen in the store. */
const patience = { tries: 10, pauseMs: 200 };

/** What passes is waited for, longer and longer, but not for ever: whoever wants to see it opens it again. */
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
const mostTries = 120;

export interface Homes {
  /**
   * Shows a person the App Home as it is now. While the database or Slack does not let it, it is tried again and again:
   * Slack tells once that somebody opens it, and nobody opens it a second time for what does not appear.
   * @throws what does not pass by waiting, and what did not pass within the hour
   */
  show(slackUserId: string): Promise<void>;
  /** Shows it again once what the person did to this connection has reached the store. */
  refresh(slackUserId: string, before: { id: string; revision: number } | null): Promise<void>;
  /** Nobody waits for it any more. */
  stop(): void;
}

export function createHomes(
  bot: Pick<BotDeps, 'facts' | 'office' | 'slack' | 'store' | 'now'>,
  {
    silentDatabase,
    logger,
  }: { silentDatabase: Pick<SilentDatabase, 'during'>; logger: Pick<Logger, 'warn'> },
): Homes {
  const { facts, office, slack } = bot;
  const ended = new AbortController();
  /** By person: a later request to see it takes over from the ones before. */
  const newest = new Map<string, symbol>();
  /** By person: what Slack is being told. */
  const underWay = new Map<string, Promise<unknown>>();

  async function show(slackUserId: string): Promise<void> {
    const request = Symbol(slackUserId);
    newest.set(slackUserId, request);
    const isRequested = () => newest.get(slackUserId) === request && !ended.signal.aborted;
    try {
      for (let tries = 1; isRequested(); tries += 1) {
        try {
          return await showOnce(slackUserId, isRequested);
        } catch (error) {
          if (!passes(error) || tries === mostTries) throw error;
          if (tries === 1) await saidWhy(slackUserId, error, isRequested);
          const pauseMs = Math.min(firstPauseMs * 2 ** (tries - 1), longestPauseMs);
          const askedForMs = isDatabaseUnavailable(error) ? 0 : (sortRefusal(error).retryAfterMs ?? 0);
          await sleep(Math.max(pauseMs, askedForMs), undefined, { signal: ended.signal, ref: false }).catch(
            () => undefined,
          );
        }
      }
    } finally {
      if (newest.get(slackUserId) === request) newest.delete(slackUserId);
    }
  }

  async function showOnce(slackUserId: string, isRequested: () => boolean): Promise<void> {
    const known = findUserBySlackId(office, slackUserId);
    const user = known && isActive(known) ? known : null;
    const show = (view: HomeView) => publish(slackUserId, view, isRequested);
    if (!user) return show(homeOfStranger(unknownPerson(office, slackUserId).message));
    const { connections, view } = await silentDatabase.during(
      async () => {
        const all = await facts.connections();
        return { connections: all, view: home(await facts.about(all), user) };
      },
      () => show(homeWithoutDatabase),
    );
    await show(view);
    await noteWhoMetIt(bot, user, connections);
  }

  async function saidWhy(slackUserId: string, error: unknown, isRequested: () => boolean): Promise<void> {
    logger.warn({ error: String(error) }, 'App Home cannot be shown now; it is tried again');
    // Where Slack does not take this either, it takes the page itself later.
    if (isDatabaseUnavailable(error))
      await publish(slackUserId, homeWithoutDatabase, isRequested).catch(() => undefined);
  }

  /** One after the other, and only while it is still requested: what is older never takes the place of what is newer. */
  async function publish(slackUserId: string, view: HomeView, isRequested: () => boolean): Promise<void> {
    const turn = (underWay.get(slackUserId) ?? Promise.resolve()).then(async () => {
      if (isRequested()) await slack.views.publish({ user_id: slackUserId, view });
    });
    const over = turn.catch(() => undefined);
    underWay.set(slackUserId, over);
    try {
      await turn;
    } finally {
      if (underWay.get(slackUserId) === over) underWay.delete(slackUserId);
    }
  }

  return {
    show,
    async refresh(slackUserId, before) {
      for (let tries = 0; before && tries < patience.tries; tries++) {
        const now = await facts.connection(before.id).catch(nullWithoutDatabase);
        if (now?.revision !== before.revision) break;
        await sleep(patience.pauseMs);
      }
      await show(slackUserId);
    },
    stop: () => ended.abort(),
  };
}

/** Its own codes stay: sortRefusal knows those of messages. */
function passes(error: unknown): boolean {
  if (isDatabaseUnavailable(error)) return true;
  if (!(error instanceof SlackError)) return false;
  const { code, isDefinite } = sortRefusal(error);
  return !isDefinite || code === 'ratelimited';
}

/** `show` waits for it. */
function nullWithoutDatabase(error: unknown): null {
  if (isDatabaseUnavailable(error)) return null;
  throw error;
}
