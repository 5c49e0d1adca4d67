import { AccountingFailure } from '../accounting/failure.ts';
import type { AccountingSystem, Credential } from '../accounting/port.ts';
import type { Login } from '../domain/connection.ts';
import type { FoundLogin, Verdict } from '../domain/login.ts';
import { returnedLoginSchema } from '../domain/sign-in.ts';
import type { SignIn } from '../store/sign-ins.ts';
import type { ActivityDeps } from './deps.ts';
import { examine } from './login-reach.ts';
import { outcomeOf, refusalOf } from './login-outcome.ts';
import { connectionWithNames } from './names.ts';

export type Redeemed = (FoundLogin & { result: 'found'; person: string }) | { result: 'refused' };
type Examined = (FoundLogin & { result: 'found' }) | { result: 'none' };

/** Where the grant of a login waits until it is judged. */
const candidateIdOf = (signInId: string) => `sign-in/${signInId}`;
const userLinkIdOf = (connectionId: string, person: string) => `${connectionId}/${person}`;

export function createLoginActivities(deps: ActivityDeps) {
  const { store, systems, now } = deps;

  async function redeem(signIn: SignIn, system: AccountingSystem): Promise<Credential> {
    const returned = returnedLoginSchema.nullable().parse(await store.signIns.takeReturn(signIn.id));
    if (!returned) throw new Error(`Nothing was returned for sign-in ${signIn.id}`);
    if (system.signIn.kind === 'form' && returned.kind === 'form')
      return system.signIn.redeem({ values: returned.values });
    if (system.signIn.kind === 'redirect' && returned.kind === 'redirect')
      return system.signIn.redeem({ ...returned, callback: new URL(returned.callback) });
    throw new Error(`A ${returned.kind} login does not fit ${system.name}`);
  }

  return {
    /**
     * Redeems what a human brought back from the login page, once, and reads back who he is and what he reaches.
     * A login that did not succeed is concluded here, so that the result page can say so.
     */
    async redeemSignIn({
      connectionId,
      signInId,
    }: {
      connectionId: string;
      signInId: string;
    }): Promise<Redeemed> {
      const signIn = await store.signIns.get(signInId);
      if (!signIn || signIn.status === 'ended') return { result: 'refused' };
      const { state } = await connectionWithNames(deps, connectionId);
      const system = systems.get(state.system);
      const candidate = candidateIdOf(signInId);
      try {
        if (!(await store.grants.has(candidate)))
          await store.grants.put(candidate, await redeem(signIn, system));
        const found = await examine(deps, connectionId, system, candidate);
        // A new login of the same user ends the old one in most packages, so the running grant is replaced at once.
        if (state.login?.grantId === found.login.grantId)
          await store.grants.put(
            found.login.grantId,
            (await store.grants.vault(candidate).read()).credential,
          );
        return { result: 'found', person: signIn.officeUserId, ...found };
      } catch (error) {
        const cause = refusalOf(error);
        if (cause === null) throw error;
        await store.grants.discard(candidate);
        await store.signIns.conclude(signInId, { result: 'refused', cause });
        return { result: 'refused' };
      }
    },

    /** Makes a judged login the one of this person: grant, user link, company list; the result page says "linked". */
    async acceptSignIn(accepted: {
      connectionId: string;
      signInId: string;
      person: string;
      found: FoundLogin;
    }): Promise<void> {
      const { connectionId, signInId, person, found } = accepted;
      const { login } = found;
      const { state } = await connectionWithNames(deps, connectionId);
      const candidate = candidateIdOf(signInId);
      const isCurrent = state.login?.grantId === login.grantId;
      if (!isCurrent && (await store.grants.has(candidate)))
        await store.grants.put(login.grantId, (await store.grants.vault(candidate).read()).credential);
      await store.userLinks.save({
        id: userLinkIdOf(connectionId, person),
        connectionId,
        officeUserId: person,
        login,
        state: 'connected',
        cause: null,
        since: now().toISOString(),
      });
      const session = systems.get(state.system).open(store.grants.vault(login.grantId));
      await store.companies.recordListing(connectionId, await session.companies(), { complete: true });
      await store.grants.discard(candidate);
      await store.history.append({
        id: `sign-in/${signInId}`,
        at: now().toISOString(),
        connectionId,
        officeUserId: person,
        what: 'logged-in',
        data: { login: login.accountingUserName, reachable: found.reachable, total: found.total },
      });
      await store.signIns.conclude(signInId, {
        result: 'linked',
        login: login.accountingUserName,
        environment: login.environmentName,
        reachable: found.reachable,
        total: found.total,
      });
    },

    /** Lets go of a login that does not fit; nothing else changes, and the result page says why. */
    async refuseSignIn(refused: {
      connectionId: string;
      signInId: string;
      verdict: Exclude<Verdict, 'fits'>;
      found: FoundLogin;
      expected?: Login;
    }): Promise<void> {
      const { connectionId, signInId, verdict, found, expected } = refused;
      await store.grants.discard(candidateIdOf(signInId));
      const outcome = await outcomeOf(verdict, found, expected, (ids) => namesOf(connectionId, ids));
      await store.signIns.conclude(signInId, outcome);
    },

    /** Somebody logged in for something that is settled already. */
    async dismissSignIn({ signInId }: { signInId: string }): Promise<void> {
      await store.grants.discard(candidateIdOf(signInId));
      await store.signIns.conclude(signInId, { result: 'no-longer-needed' });
    },

    /** What a person's existing login reaches today, if he has one that works. */
    async examineLogin({
      connectionId,
      person,
    }: {
      connectionId: string;
      person: string;
    }): Promise<Examined> {
      const link = await store.userLinks.find(connectionId, person);
      if (!link?.login || link.state !== 'connected' || !(await store.grants.has(link.login.grantId)))
        return { result: 'none' };
      const { state } = await connectionWithNames(deps, connectionId);
      try {
        const found = await examine(deps, connectionId, systems.get(state.system), link.login.grantId);
        return { result: 'found', ...found };
      } catch (error) {
        if (!(error instanceof AccountingFailure) || error.meaning.about !== 'link') throw error;
        await store.userLinks.save({
          ...link,
          state: 'not-connected',
          cause: error.meaning.cause,
          since: now().toISOString(),
        });
        return { result: 'none' };
      }
    },

    /** An abandoned set-up keeps no grant. */
    async forgetLogin({ connectionId, person }: { connectionId: string; person: string }): Promise<void> {
      const link = await store.userLinks.find(connectionId, person);
      if (!link?.login) return;
      await store.grants.discard(link.login.grantId);
      await store.userLinks.save({
        ...link,
        state: 'not-connected',
        cause: null,
        since: now().toISOString(),
      });
    },
  };

  async function namesOf(
    connectionId: string,
    externalIds: string[],
  ): Promise<{ code: string; name: string }[]> {
    const companies = await store.companies.all(connectionId);
    return companies
      .filter((company) => externalIds.includes(company.externalId))
      .map(({ code, name }) => ({ code, name }));
  }
}
