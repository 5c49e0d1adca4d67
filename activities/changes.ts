import type { LinkCause } from '../domain/causes.ts';
import type { FormerFate } from '../domain/connection.ts';
import type { Weighed } from '../domain/change.ts';
import type { Moment } from '../domain/master-data.ts';
import { findUser, isActive, superusers } from '../domain/office.ts';
import type { ActivityDeps } from './deps.ts';
import { weighLogins, type TwoLogins } from './gains-and-losses.ts';
import { letGoUnlessUsed } from './unused-grants.ts';

/** What is compared and done when the synchronisation user changes. */
export function createChangeActivities({ store, office, now }: ActivityDeps) {
  return {
    /** What a change would gain and lose, by what is known of both logins; in counts. */
    async weighChange(logins: TwoLogins): Promise<Weighed> {
      const weighed = await weighLogins({ store }, logins);
      const { verdict, lost, gained, uncertain, reachBefore, reachAfter } = weighed;
      return {
        verdict,
        lost: lost.length,
        gained: gained.length,
        uncertain: uncertain.length,
        reachBefore,
        reachAfter,
        superusers: superusers(office).length,
      };
    },

    /**
     * A change can not be undone, or no longer: the former login is kept for a stand-in, or our copy of it is forgotten.
     * Whoever keeps a broken one is asked to log in again, as with any login of his own. Nobody who left the office stands
     * in; whoever would, but finds the place taken, keeps his login for himself.
     */
    async settleFormerLogin(former: {
      connectionId: string;
      change: number;
      person: string;
      fate: FormerFate;
      /** What broke the former login, or null while it works. */
      brokenBy: LinkCause | null;
      /** Who was chosen to stand in since the change, if anybody. */
      placeTakenBy?: string | null;
      at: Moment;
    }): Promise<{ standsIn: boolean }> {
      const { connectionId, change, person, fate, brokenBy, placeTakenBy = null, at } = former;
      const user = findUser(office, person);
      const isKept = fate === 'stand-in' && user !== undefined && isActive(user);
      const standsIn = isKept && placeTakenBy === null;
      const link = await store.userLinks.find(connectionId, person);
      const state = await store.connections.get(connectionId);
      await store.history.append({
        id: `former-login/${connectionId}/${change}`,
        at,
        connectionId,
        officeUserId: null,
        what: standsIn ? 'former-stands-in' : isKept ? 'former-login-kept' : 'former-login-let-go',
        data: { person, login: link?.login?.accountingUserName ?? null, standIn: placeTakenBy },
      });
      const isInUse =
        state?.synchronisationUserId === person || state?.login?.grantId === link?.login?.grantId;
      if (!link?.login || isInUse) return { standsIn };
      if (isKept) {
        if (brokenBy !== null) await store.userLinks.broke(link, brokenBy, at);
        return { standsIn };
      }
      await store.userLinks.save({
        ...link,
        state: 'not-connected',
        cause: null,
        since: now().toISOString(),
      });
      await letGoUnlessUsed(store, connectionId, link.login.grantId);
      return { standsIn };
    },
  };
}
