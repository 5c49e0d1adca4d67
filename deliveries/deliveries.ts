import type { Announcement } from '../domain/announcements/index.ts';
import {
  recipientId,
  type Deliveries,
  type Delivery,
  type Outcome,
  type Refusal,
} from '../domain/deliveries.ts';
import type { Moment } from '../domain/master-data.ts';
import type { Logger } from '../logger.ts';
import type { DeliveryStore } from '../store/deliveries.ts';
import { holdOf } from './hold.ts';
import { contentHash, plainer, type Message, type SlackMessages } from './slack-messages.ts';
import {
  meansThatItCannotBeEdited,
  meansThatThreadIsClosed,
  sortRefusal,
  type Sorted,
} from './slack-refusals.ts';

/** `isNewest`: nothing else came to be said meanwhile. `again`: something did before it was sent, or it was found. */
type Attempted = Exclude<Outcome, { kind: 'said' }> | { kind: 'said'; isNewest: boolean } | { kind: 'again' };

/** So long a message that may be there is looked for, where Slack refuses that for a moment; then it is posted. */
const lookedForMs = 30_000;
/** Somebody may be waiting for whoever says something. */
const usualFirstAttemptMs = 4_000;

export interface DeliveryDeps {
  store: DeliveryStore;
  messages: SlackMessages;
  /** Facts become words. */
  inWords: (announcement: Announcement) => Promise<Message>;
  /** Sees to it that this is tried until it is said: the workflow `deliver`. Safe to be asked twice. */
  later: (delivery: Delivery) => Promise<void>;
  /** Somebody knows of these incidents from this moment on. */
  incidentsTold: (numbers: readonly number[], at: Moment) => Promise<void>;
  /** Hears of every outcome, so that somebody is told whom Slack does not let us reach. */
  heard: (delivery: Delivery, refusal: Refusal | null) => Promise<void>;
  /** How long whoever says something waits for the first attempt; four seconds when absent. */
  firstAttemptMs?: number | undefined;
  now: () => Date;
  logger: Pick<Logger, 'error'>;
}

/**
 * Carries out what people are to be told. The row is written first; before it is sent that is noted, so that after an
 * answer that was lost the message is looked for; where looking is not possible it is posted: twice is better than never.
 */
export function createDeliveries(deps: DeliveryDeps): Deliveries {
  const { store, messages, inWords, later, incidentsTold, heard, now, logger } = deps;
  const firstAttemptMs = deps.firstAttemptMs ?? usualFirstAttemptMs;
  const underWay = new Map<string, Promise<unknown>>();

  /** In this process one after the other, so that nobody has to wait for a claim of our own. */
  function carryOut(key: string): Promise<Outcome> {
    const before = underWay.get(key) ?? Promise.resolve();
    const turn = before.then(() => carryOutAlone(key));
    const over = turn.then(
      () => forget(),
      () => forget(),
    );
    const forget = () => {
      if (underWay.get(key) === over) underWay.delete(key);
    };
    underWay.set(key, over);
    return turn;
  }

  async function carryOutAlone(key: string): Promise<Outcome> {
    const delivery = await store.get(key);
    if (!delivery) return { kind: 'over' };
    const before = await whatComesBefore(delivery);
    if (before) return before;
    const hold = await holdOf(store, key);
    if (hold === null) return { kind: 'waits', refusal: elsewhere };
    try {
      for (;;) {
        const current = await store.get(key);
        if (!current || !['due', 'said'].includes(current.state)) return { kind: 'over' };
        const attempted = await attempt(current);
        if (attempted.kind === 'waits' || attempted.kind === 'over') return attempted;
        if (attempted.kind === 'said') {
          await heard(current, null);
          if (attempted.isNewest) return { kind: 'said' };
        }
        if (!(await hold.isHeld())) return { kind: 'waits', refusal: elsewhere };
      }
    } finally {
      await hold.letGo();
    }
  }

  /** Lines of a thread keep their order, and stand below what they are about: what has to wait for those before it. */
  async function whatComesBefore(delivery: Delivery): Promise<Outcome | null> {
    for (const earlier of await store.dueBefore(delivery)) {
      const outcome = await carryOut(earlier);
      // The same channel refuses this one as well; and lines of a thread keep their order.
      if (outcome.kind === 'waits' && outcome.refusal.about !== 'message') return outcome;
    }
    const root = delivery.inThreadOf === null ? null : await store.get(delivery.inThreadOf);
    // Below words that Slack refuses for good it goes without its thread.
    const isToCome = root?.state === 'due' && root.ts === null && root.refusal?.about !== 'message';
    return isToCome ? { kind: 'waits', refusal: { ...elsewhere, ...root.refusal } } : null;
  }

  async function attempt(delivery: Delivery): Promise<Attempted> {
    try {
      return await send(delivery);
    } catch (error) {
      const { isDefinite: _, ...refusal } =
        error instanceof LookedForAgain ? error.refusal : sortRefusal(error);
      await store.refused(delivery.key, refusal);
      await heard(delivery, refusal);
      return { kind: 'waits', refusal };
    }
  }

  /** @throws the errors of Slack's client */
  async function send(delivery: Delivery): Promise<Attempted> {
    const { key, announcement, channel, ts } = delivery;
    const message = await inWords(announcement);
    if (channel && ts) {
      if (delivery.contentHash === contentHash(message)) return noted(delivery, ts, message);
      if (await edited(delivery, message, { channel, ts })) return noted(delivery, ts, message);
      if (delivery.onlyIfSaid) return over(delivery);
    }
    const place = await placeOf(delivery);
    const lost = delivery.sentAt === null ? null : await find(delivery, place, delivery.sentAt);
    if (lost) {
      await store.found(key, { channel: place.channel, ...lost });
      return { kind: 'again' };
    }
    if (delivery.onlyIfSaid) return over(delivery);
    if (!(await store.sending(key, place.channel, delivery.version))) return { kind: 'again' };
    const posted = await postInSomeForm(delivery, message, place);
    return noted(delivery, posted, message);
  }

  async function over({ key, version }: Delivery): Promise<Attempted> {
    return (await store.end(key, 'overtaken', version)) ? { kind: 'over' } : { kind: 'again' };
  }

  async function noted({ key, version, tellsOf }: Delivery, ts: string, message: Message) {
    await incidentsTold(tellsOf, now().toISOString());
    const isNewest = await store.said(key, { ts, contentHash: contentHash(message), version });
    return { kind: 'said', isNewest } as const;
  }

  async function placeOf(delivery: Delivery): Promise<{ channel: string; threadTs: string | null }> {
    const { to, inThreadOf, channel } = delivery;
    const thread = inThreadOf === null ? null : await store.get(inThreadOf);
    return {
      channel: 'channel' in to ? to.channel : (thread?.channel ?? channel ?? (await messages.channelOf(to))),
      threadTs: thread?.ts ?? null,
    };
  }

  /** False when there is nothing to edit any more, or what there is to say does not go into an edit. */
  async function edited(
    { key }: Delivery,
    message: Message,
    place: { channel: string; ts: string },
  ): Promise<boolean> {
    try {
      await messages.edit(key, message, place);
      return true;
    } catch (error) {
      const refusal = sortRefusal(error);
      if (refusal.about !== 'message') throw error;
      if (!meansThatItCannotBeEdited(refusal)) {
        logForm(key, refusal, error);
        if (await editedPlainly(key, message, place)) return true;
      }
      await store.forgetMessage(key);
      return false;
    }
  }

  async function editedPlainly(
    key: string,
    message: Message,
    place: { channel: string; ts: string },
  ): Promise<boolean> {
    try {
      await messages.edit(key, plainer(message), place);
      return true;
    } catch (error) {
      if (sortRefusal(error).about !== 'message') throw error;
      return false;
    }
  }

  /** A lost message, or null also where looking is not possible. */
  async function find(
    { key }: Delivery,
    place: { channel: string; threadTs: string | null },
    since: Moment,
  ): Promise<{ ts: string; contentHash: string } | null> {
    try {
      return await messages.find(key, { ...place, since });
    } catch (error) {
      // Without an answer the next attempt looks again, and for a while after a refusal that passes: mostly it is there.
      const refusal = sortRefusal(error);
      if (!refusal.isDefinite) throw error;
      const leftMs = Date.parse(since) + lookedForMs - now().getTime();
      if (refusal.about === 'passing' && leftMs > 0) throw new LookedForAgain(refusal, leftMs);
      return null; // no reason to keep silent
    }
  }

  /** As it should look; or, where Slack refuses that for its form, as plain words. */
  async function postInSomeForm(
    delivery: Delivery,
    message: Message,
    place: { channel: string; threadTs: string | null },
  ): Promise<string> {
    try {
      return await messages.post(delivery, message, place);
    } catch (error) {
      const refusal = sortRefusal(error);
      if (refusal.isDefinite) await store.notSent(delivery.key);
      if (refusal.about !== 'message') throw error;
      if (meansThatThreadIsClosed(refusal))
        return messages.post(delivery, message, { ...place, threadTs: null });
      logForm(delivery.key, refusal, error);
      return messages.post(delivery, plainer(message), place);
    }
  }

  function logForm(key: string, { code }: Sorted, error: unknown): void {
    logger.error({ err: error, key, code }, 'Slack refuses the form of a message; it is said in plain words');
  }

  return {
    carryOut,

    async takeUp(dueForMs) {
      const before = new Date(now().getTime() - dueForMs).toISOString();
      for (const delivery of await store.dueSince(before)) await later(delivery);
    },

    async say(statement) {
      const delivery = await store.write(statement);
      if (!delivery) return 'nothing';
      if (delivery.state === 'said') return 'said';
      // It was tried and refused: whoever carries it out goes on, and nobody waits for Slack once more.
      if (delivery.refusal !== null) {
        await later(delivery);
        return 'later';
      }
      const outcome = await Promise.race([carryOut(delivery.key), afterAWhile(firstAttemptMs)]);
      if (outcome.kind === 'said') return 'said';
      if (outcome.kind === 'over') return 'nothing';
      await later(delivery);
      return 'later';
    },

    async giveUp(key) {
      const delivery = await store.get(key);
      if (delivery?.state !== 'due') return;
      if (!(await store.end(key, 'given-up', delivery.version))) return;
      const { code } = delivery.refusal ?? { code: 'no_answer' };
      logger.error(
        { key, recipient: recipientId(delivery.to), code },
        'something could not be said in Slack',
      );
    },
  };
}

/** Slack wants to be asked later whether it is there; then it is posted at the latest, however long Slack would wait. */
class LookedForAgain extends Error {
  override name = 'LookedForAgain';
  readonly refusal: Sorted;

  constructor(refusal: Sorted, leftMs: number) {
    super('It may be there already');
    const { retryAfterMs } = refusal;
    this.refusal = {
      ...refusal,
      retryAfterMs: retryAfterMs === null ? null : Math.min(retryAfterMs, leftMs),
    };
  }
}

/** Another process is at it; it will be seen soon whether it succeeded. */
const elsewhere: Refusal = { code: 'under_way', about: 'passing', retryAfterMs: 2_000 };

async function afterAWhile(ms: number): Promise<Outcome> {
  await new Promise((resolve) => setTimeout(resolve, ms).unref());
  return { kind: 'waits', refusal: { code: 'no_answer', about: 'passing', retryAfterMs: null } };
}
