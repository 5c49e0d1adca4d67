import type { LinkCause } from '../domain/causes.ts';
import type { FormerFate } from '../domain/connection.ts';
import { weigh, type Weighed } from '../domain/change.ts';
import type { Moment } from '../domain/master-data.ts';
import { findUser, isActive, superusers } from '../domain/office.ts';
import type { ActivityDeps } from './deps.ts';
import { letGoUnlessUsed } from './unused-grants.ts';

/** What is compared and done when the synchronisation user changes. */
export function createChangeActivities({ store, office, now }: ActivityDeps) {
  return {
    /** What a change would gain and lose, by what is known of both logins; in counts. */
    async weighChange(logins: { connectionId: string; inUse: string; candidate: string }): Promise<Weighed> {
      const { connectionId, inUse, candidate } = logins;
      const [before, after, linked] = await Promise.all([
        store.rights.matrix({ connectionId, grantId: inUse }),
        store.rights.matrix({ connectionId, grantId: candidate }),
        store.companies.linked(connectionId),
      ]);
      const ids = new Set(linked.map(({ externalId }) => externalId));
      const { verdict, lost, gained, uncertain, reachBefore, reachAfter } = weigh(before, after, ids);
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
     * Whoever keeps a broken one is asked to log in again, as with any login of his own. Nobody who left the office stands in.
     */
    async settleFormerLogin(former: {
      connectionId: string;
      change: number;
      person: string;
      fate: FormerFate;
      /** What broke the former login, or null while it works. */
      brokenBy: LinkCause | null;
      at: Moment;
    }): Promise<{ standsIn: boolean }> {
      const { connectionId, change, person, fate, brokenBy, at } = former;
      const user = findUser(office, person);
      const standsIn = fate === 'stand-in' && user !== undefined && isActive(user);
      const link = await store.userLinks.find(connectionId, person);
      const state = await store.connections.get(connectionId);
      await store.history.append({
        id: `former-login/${connectionId}/${change}`,
        at,
        connectionId,
        officeUserId: null,
        what: standsIn ? 'former-stands-in' : 'former-login-let-go',
        data: { person, login: link?.login?.accountingUserName ?? null },
      });
      const isInUse =
        state?.synchronisationUserId === person || state?.login?.grantId === link?.login?.grantId;
      if (!link?.login || isInUse) return { standsIn };
      if (standsIn) {
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
