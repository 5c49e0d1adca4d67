import { randomUUID } from 'node:crypto';

/** Five answers within half an hour: https://docs.slack.dev/interactivity/handling-user-interaction */
const lifeMs = 30 * 60_000;
const mostUses = 5;

/** Where an answer goes: an address of the local Slack, and who would see it. */
export interface AnswerPlace {
  target: string;
  channel: string | undefined;
  user: string | undefined;
}

/** The addresses to answer at: each leads to one of the local Slack, for as long as Slack would take it. */
export interface ResponseUrls {
  /** @returns the path of ours */
  handOut(place: AnswerPlace): string;
  /** @returns where it leads, or null when it never was, has expired or was used up */
  find(id: string): AnswerPlace | null;
  used(id: string): void;
}

export function createResponseUrls(now: () => number = Date.now): ResponseUrls {
  const known = new Map<string, AnswerPlace & { until: number; left: number }>();
  return {
    handOut(place) {
      for (const [old, { until }] of known) if (until < now()) known.delete(old);
      const id = randomUUID();
      known.set(id, { ...place, until: now() + lifeMs, left: mostUses });
      return `/hooks/${id}`;
    },
    find(id) {
      const address = known.get(id);
      return address && address.until >= now() && address.left > 0 ? address : null;
    },
    used(id) {
      const address = known.get(id);
      if (address) address.left -= 1;
    },
  };
}
