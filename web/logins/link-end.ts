import type { ConnectionState } from '../../domain/connection.ts';
import type { Moment } from '../../domain/master-data.ts';
import { historySentence } from '../../words/connections/history.ts';
import type { ToldEntry } from '../../domain/connections/history-kinds.ts';
import { isAwaited, mayUseLink } from '../../domain/logins/sign-in-link.ts';
import { endOfChange } from '../../domain/succession/change-facts.ts';
import type { SignIn } from '../../store/logins/sign-ins.ts';
import { personName, systemName } from '../connection-facts.ts';
import type { WebDeps } from '../deps.ts';
import { createSayMoment } from '../moments.ts';
import { deadLinks, type Notice } from '../pages/notice-page.ts';

/**
 * Why a link leads nowhere by now although it was not used, or null while it may be: asked at every step, before anybody logs
 * in anywhere. What it was for may be settled (then it says what happened, who did it and when), or its holder may not do it
 * any more.
 */
export type FindLinkEnd = (signIn: SignIn, connection: ConnectionState) => Promise<Notice | null>;

export function createFindLinkEnd(
  deps: Pick<WebDeps, 'store' | 'systems' | 'office' | 'now' | 'timeZone'>,
): FindLinkEnd {
  const { store, systems, office } = deps;
  const sayMoment = createSayMoment(deps);

  /** What settled it, as the history tells it; null where that is not written down yet. */
  async function whatHappened(
    { purpose, about }: SignIn,
    id: string,
  ): Promise<(ToldEntry & { at: Moment }) | null> {
    switch (purpose) {
      case 'set-up': {
        const ended = await store.history.get(`set-up-ended/${id}`);
        return (
          ended ?? (await store.history.ofConnection(id)).findLast(({ what }) => what === 'logged-in') ?? null
        );
      }
      case 'reconnect':
        return about === null ? null : store.history.get(`mended/${about}`);
      case 'change': {
        const change = about === null ? null : await store.changes.get(id, about);
        return change && endOfChange(change);
      }
      case 'personal':
        return null;
    }
  }

  return async (signIn, connection) => {
    if (isAwaited(signIn, connection))
      return mayUseLink(signIn, connection, office) ? null : deadLinks.notAllowed;
    const entry = await whatHappened(signIn, connection.id);
    const names = {
      systemName: systemName(systems, connection.system),
      userName: (id: string) => personName(office, id),
    };
    const story = entry
      ? `${historySentence(entry, names)} That was ${at(sayMoment(entry.at))}.`
      : 'What this link was for is over.';
    const { link } = connection;
    const isBrokenAgain = signIn.purpose === 'reconnect' && link.state === 'disconnected';
    const next = isBrokenAgain
      ? `It is disconnected again since ${sayMoment(link.since)}: Slack gives a new link.`
      : 'There is nothing to do, and no need to log in.';
    return {
      status: 410,
      tone: isBrokenAgain ? 'attention' : 'good',
      eyebrow: connection.name,
      title: 'This is settled already',
      lead: `${story} ${next} Nothing was changed.`,
    };
  };
}

const at = (moment: string) => (/^\d/.test(moment) && moment.includes(' ') ? `on ${moment}` : `at ${moment}`);
