import {
  recipientId,
  type Delivery,
  type Recipient,
  type Refusal,
  type Statement,
} from '../domain/deliveries.ts';
import { isActive, nameInSlack, superusers, type Office } from '../domain/offices/office.ts';
import type { Logger } from '../logger.ts';
import type { Unreachable, UnreachableStore } from '../store/unreachable.ts';

/** The installation, as it is known among those who cannot be reached: what it may do in channels and to persons differs. */
const installation = (to: Recipient) => ('channel' in to ? 'slack/channels' : 'slack/persons');

/**
 * Whom Slack does not let us reach: noted until something reaches them, and told to the superusers once. What concerns the
 * installation cannot be told in Slack; it is logged, and whoever watches `/health` sees it.
 */
export function createReach(deps: {
  store: UnreachableStore;
  office: Office;
  say: (statement: Statement) => Promise<unknown>;
  /** Tries what is owed to them at once. */
  catchUp: (recipient: string) => Promise<void>;
  now: () => Date;
  logger: Pick<Logger, 'error'>;
}) {
  const { store, office, say, catchUp, now, logger } = deps;

  async function tell(one: Unreachable, over: boolean): Promise<void> {
    const others = superusers(office).filter((user) => isActive(user) && user.slackUserId !== one.recipient);
    await Promise.all(
      others.map(({ id, slackUserId }) =>
        say({
          key: `cannot-reach/${one.recipient}/${one.since}/${id}`,
          to: { slackUser: slackUserId },
          ...(over && { onlyIfSaid: true }),
          announcement: {
            what: 'cannot-reach',
            kind: one.kind === 'person' ? 'person' : 'channel',
            recipient: one.recipient,
            name: nameInSlack(office, one.recipient),
            code: one.code,
            since: one.since,
            over,
          },
        }),
      ),
    );
  }

  async function refused(to: Recipient, { code, about }: Refusal): Promise<void> {
    const isOurs = about === 'installation';
    const kind = isOurs ? 'installation' : 'channel' in to ? 'channel' : 'person';
    const one: Unreachable = {
      ...{ recipient: isOurs ? installation(to) : recipientId(to), kind, code },
      since: now().toISOString(),
    };
    const { since, isNews } = await store.note(one);
    if (isNews) logger.error({ recipient: one.recipient, code }, whatHelps(one));
    // Also what is known already: whoever noted it may have died before it was told, and it is said once.
    if (!isOurs) await tell({ ...one, since }, false);
  }

  /** For whoever runs Syncuser; people in Slack read it in more words. */
  function whatHelps({ kind, recipient, code }: Unreachable): string {
    const whose = nameInSlack(office, recipient) ?? recipient;
    switch (kind) {
      case 'channel':
        return `Slack does not let Syncuser post in the channel of ${whose}: type "/invite @Syncuser" there, or correct its id in the office file`;
      case 'person':
        return `Slack does not let Syncuser write to ${whose}`;
      case 'installation':
        return `Slack takes nothing from Syncuser (${code}): look at the tokens and scopes, docs/slack-app.md`;
    }
  }

  return {
    /** Takes note of what became of an attempt; `refusal` is null when it stands in Slack. */
    async heard({ to }: Pick<Delivery, 'to'>, refusal: Refusal | null): Promise<void> {
      if (refusal?.about === 'recipient' || refusal?.about === 'installation') return refused(to, refusal);
      if (refusal !== null) return;
      const known = await store.all();
      const mended = known.find(({ recipient }) => recipient === recipientId(to));
      if (mended) await tell(mended, true);
      for (const { recipient } of known)
        if ([recipientId(to), installation(to)].includes(recipient)) await store.clear(recipient);
      if (mended) await catchUp(mended.recipient);
    },
  };
}
