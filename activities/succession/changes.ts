import type { LinkCause } from '../../domain/causes.ts';
import type { FormerFate, Login } from '../../domain/connection.ts';
import type { Weighed } from '../../domain/succession/change.ts';
import type { FormerSettled } from '../../domain/succession/change-facts.ts';
import type { Moment } from '../../domain/master-data.ts';
import { findUser, isActive, superusers } from '../../domain/offices/office.ts';
import type { ActivityDeps } from '../deps.ts';
import { weighLogins, type TwoLogins } from './gains-and-losses.ts';
import { letGoUnlessUsed } from '../unused-grants.ts';
import type { ConnectionId, PersonId } from '../../domain/ids.ts';

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
     * A change can not be undone, or no longer: the former login, which is handed over, is kept for a stand-in, or our copy
     * of it is forgotten. What its person linked for themselves since the change stays as it is, also where it is the same
     * login anew. Whoever keeps a broken one is asked to log in again, as with any login of their own. Nobody who left the
     * office stands in; whoever would, but finds the place taken, keeps the login for themselves.
     */
    async settleFormerLogin(former: {
      connectionId: ConnectionId;
      change: number;
      person: PersonId;
      login: Login;
      /** When the change was made. */
      changedAt: Moment;
      fate: FormerFate;
      /** What broke the former login and when, or null while it works. */
      broken: { cause: LinkCause; since: Moment } | null;
      /** Who was chosen to stand in since the change, if anybody. */
      placeTakenBy?: string | null;
      at: Moment;
    }): Promise<{ standsIn: boolean }> {
      const {
        connectionId,
        change,
        person,
        login,
        changedAt,
        fate,
        broken,
        placeTakenBy = null,
        at,
      } = former;
      const user = findUser(office, person);
      const link = await store.userLinks.find(connectionId, person);
      const state = await store.connections.get(connectionId);
      const isTheirs = link?.login?.grantId === login.grantId;
      const isAnew = isTheirs && link.state === 'connected' && link.since > changedAt;
      const isKept = fate === 'stand-in' && user !== undefined && isActive(user);
      const standsIn = isKept && placeTakenBy === null;
      const became = standsIn ? 'stand-in' : isKept || isAnew ? 'kept' : 'let-go';
      await store.history.append({
        id: `former-login/${connectionId}/${change}`,
        at,
        connectionId,
        officeUserId: null,
        what: whatBecame[became],
        data: { person, login: login.accountingUserName, standIn: placeTakenBy },
      });
      const settled = { fate: became, standIn: placeTakenBy } as const;
      await store.changes.keep(connectionId, [{ number: change, fact: 'settled', at, settled }]);
      if (isAnew || state?.login?.grantId === login.grantId) return { standsIn };
      if (isTheirs && isKept) {
        const isOlder = broken !== null && link.since <= broken.since;
        if (isOlder) await store.userLinks.broke(link, broken.cause, at);
        return { standsIn };
      }
      if (isTheirs)
        await store.userLinks.save({
          ...link,
          state: 'not-connected',
          cause: null,
          since: now().toISOString(),
        });
      await letGoUnlessUsed(store, connectionId, login.grantId);
      return { standsIn };
    },
  };
}

const whatBecame = {
  'stand-in': 'former-stands-in',
  kept: 'former-login-kept',
  'let-go': 'former-login-let-go',
} as const satisfies Record<FormerSettled['fate'], string>;
