import { AccountingFailure } from '../../accounting/failure.ts';
import type { AccountingSystem, Credential } from '../../accounting/port.ts';
import type { ConnectionState, Login } from '../../domain/connection.ts';
import { judgeFirstLogin, type FoundLogin, type Verdict } from '../../domain/logins/login.ts';
import { returnedLoginSchema } from '../../domain/logins/sign-in.ts';
import { mayUseLink } from '../../domain/logins/sign-in-link.ts';
import type { ActivityDeps } from '../deps.ts';
import { beyondDoubt, isDoubt } from '../sync/doubts.ts';
import { outcomeOf, refusalOf } from './login-outcome.ts';
import { letGoUnlessUsed } from '../unused-grants.ts';
import { compareReach, isSameUser, readLogin, whereKept } from './login-reach.ts';
import { connectionWithNames, slackUserOf } from '../names.ts';
import type { ConnectionId, PersonId, SignInId } from '../../domain/ids.ts';

export type Redeemed = (FoundLogin & { result: 'found'; person: PersonId }) | { result: 'refused' };
type Examined = (FoundLogin & { result: 'found' }) | { result: 'none' };

/** Where the grant of a login waits until it is judged. */
const candidateIdOf = (signInId: SignInId) => `sign-in/${signInId}`;
/** Exact Online refuses new tokens for up to 90 s. */
const newLoginDoubtedForMs = 120_000;
const userLinkIdOf = (connectionId: ConnectionId, person: PersonId) => `${connectionId}/${person}`;

export function createLoginActivities(deps: ActivityDeps) {
  const { store, systems, office, now } = deps;

  /** @throws AccountingFailure `login-failed` also when there is nothing that could be redeemed */
  async function redeem(signInId: SignInId, { signIn }: AccountingSystem): Promise<Credential> {
    const { data: returned } = returnedLoginSchema.safeParse(await store.signIns.takeReturn(signInId));
    if (signIn.kind === 'form' && returned?.kind === 'form')
      return signIn.redeem({ values: returned.values });
    if (signIn.kind === 'redirect' && returned?.kind === 'redirect')
      return signIn.redeem({ ...returned, callback: new URL(returned.callback) });
    throw new AccountingFailure(
      { about: 'login', reason: 'login-failed' },
      'what the login page sent back is of no use',
    );
  }

  /**
   * Who came, and what they reach. A new login of a user ends their former one in most packages, so wherever a grant of
   * theirs is in use the new one takes its place at once, before anything else can fail and whatever is said of it.
   */
  async function examineCandidate(
    state: ConnectionState,
    system: AccountingSystem,
    candidate: string,
  ): Promise<FoundLogin> {
    const session = system.open(store.grants.vault(candidate));
    const login = await readLogin(session, state.id);
    const kept = await whereKept(store, state, system, login);
    if (kept !== null) await store.grants.move(candidate, kept);
    const companies = await session.companies();
    const found = await compareReach(store, state, system, { login, companies });
    // The companies of a connection are what its own login is shown; a successor's come with their first round.
    const isOwn = state.login ? isSameUser(state.login, login) : judgeFirstLogin(found) === 'fits';
    if (isOwn) await store.companies.recordListing(state.id, companies, { complete: companies.length > 0 });
    return found;
  }

  /** An odd answer right after a login is known to pass; a person waits for it, so it is given little time. */
  async function mayPass(candidate: string): Promise<boolean> {
    const since = await store.doubts.note(candidate);
    if (now().getTime() - Date.parse(since) < newLoginDoubtedForMs) return true;
    await store.doubts.forget(candidate);
    return false;
  }

  return {
    /**
     * Redeems what a human brought back from the login page, once, and reads back who they are and what they reach.
     * A login that did not succeed is concluded here, so that the result page can say so; as is one of somebody who may not
     * do this any more, whatever they could when they got the link.
     */
    async redeemSignIn({
      connectionId,
      signInId,
    }: {
      connectionId: ConnectionId;
      signInId: SignInId;
    }): Promise<Redeemed> {
      const signIn = await store.signIns.get(signInId);
      const candidate = candidateIdOf(signInId);
      if (signIn?.status !== 'returned') {
        // Concluded by an attempt that died before it could tidy up, or never returned at all.
        await store.grants.discard(candidate);
        return { result: 'refused' };
      }
      const { state } = await connectionWithNames(deps, connectionId);
      const system = systems.get(state.system);
      if (!mayUseLink(signIn, state, office)) {
        await store.signIns.conclude(signInId, { result: 'refused', cause: 'not-allowed' });
        await store.grants.discard(candidate);
        return { result: 'refused' };
      }
      try {
        if (!(await store.grants.has(candidate)))
          await store.grants.put(candidate, await redeem(signInId, system));
        const found = await examineCandidate(state, system, candidate);
        return { result: 'found', person: signIn.officeUserId, ...found };
      } catch (error) {
        if (isDoubt(error) && (await mayPass(candidate))) throw error;
        const cause = refusalOf(error);
        if (cause === null) throw error;
        await store.signIns.conclude(signInId, { result: 'refused', cause });
        await store.grants.discard(candidate);
        return { result: 'refused' };
      }
    },

    /**
     * Makes a judged login the one of this person, whoever logged in: grant and user link; the result page says "linked". It asks the
     * package nothing, so there is nothing that could be refused half way.
     */
    async acceptSignIn(accepted: {
      connectionId: ConnectionId;
      signInId: SignInId;
      person: PersonId;
      found: FoundLogin;
    }): Promise<void> {
      const { connectionId, signInId, person, found } = accepted;
      const { login } = found;
      const candidate = candidateIdOf(signInId);
      await store.grants.move(candidate, login.grantId);
      const former = (await store.userLinks.find(connectionId, person))?.login;
      const signIn = await store.signIns.get(signInId);
      await store.userLinks.save({
        id: userLinkIdOf(connectionId, person),
        connectionId,
        officeUserId: person,
        login,
        state: 'connected',
        cause: null,
        since: now().toISOString(),
      });
      await store.grants.discard(candidate);
      if (former && !isSameUser(former, login)) await letGoUnlessUsed(store, connectionId, former.grantId);
      await store.history.append({
        id: `sign-in/${signInId}`,
        at: now().toISOString(),
        connectionId,
        officeUserId: signIn?.heldBy ?? person,
        what: 'logged-in',
        data: {
          login: login.accountingUserName,
          reachable: found.reachable,
          total: found.total,
          outsider: signIn?.outsider?.name ?? null,
          // Somebody else's hands: the login of an automation.
          of: signIn && signIn.heldBy !== signIn.officeUserId ? signIn.officeUserId : null,
        },
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
      connectionId: ConnectionId;
      signInId: SignInId;
      verdict: Exclude<Verdict, 'fits'>;
      found: FoundLogin;
      expected?: Login;
    }): Promise<void> {
      const { signInId, verdict, found, expected } = refused;
      await store.grants.discard(candidateIdOf(signInId));
      const outcome = outcomeOf(verdict, found, expected);
      await store.signIns.conclude(signInId, outcome);
    },

    /** Somebody logged in for something that is settled already. */
    async dismissSignIn({ signInId }: { signInId: SignInId }): Promise<void> {
      await store.grants.discard(candidateIdOf(signInId));
      await store.signIns.conclude(signInId, { result: 'no-longer-needed' });
    },

    /** What a person's existing login reaches today, if they have one that works. */
    async examineLogin({
      connectionId,
      person,
    }: {
      connectionId: ConnectionId;
      person: PersonId;
    }): Promise<Examined> {
      const link = await store.userLinks.find(connectionId, person);
      if (!link?.login || link.state !== 'connected' || slackUserOf(deps, person) === null)
        return { result: 'none' }; // who left the office takes nothing over, however well the login works
      const { state } = await connectionWithNames(deps, connectionId);
      const system = systems.get(state.system);
      try {
        const { grantId } = link.login;
        const session = system.open(store.grants.vault(grantId));
        const { login, companies } = await beyondDoubt(deps, { grantId, session }, async () => ({
          login: await readLogin(session, connectionId),
          companies: await session.companies(),
        }));
        if (!isSameUser(login, link.login))
          throw new AccountingFailure(
            { about: 'link', cause: 'wrong-user' },
            'the grant is that of another user now',
          );
        return { result: 'found', ...(await compareReach(store, state, system, { login, companies })) };
      } catch (error) {
        if (!(error instanceof AccountingFailure) || ['delay', 'doubt'].includes(error.meaning.about))
          throw error;
        if (error.meaning.about === 'link')
          await store.userLinks.broke(link, error.meaning.cause, now().toISOString());
        return { result: 'none' };
      }
    },

    /** The login the connection works with, or null before its first; and whether it is not known to be broken. */
    async loginInUse({
      connectionId,
    }: {
      connectionId: ConnectionId;
    }): Promise<{ login: Login | null; isWell: boolean }> {
      const { state } = await connectionWithNames(deps, connectionId);
      return { login: state.login, isWell: state.link.state === 'connected' };
    },

    /** Lets go of a person's own login; the one the connection works with stays. */
    async unlinkPerson(asked: {
      connectionId: ConnectionId;
      actionId: string;
      by: PersonId;
      person: PersonId;
    }): Promise<void> {
      const { connectionId, person } = asked;
      const link = await store.userLinks.find(connectionId, person);
      const { state } = await connectionWithNames(deps, connectionId);
      if (!link?.login || state.synchronisationUserId === person) return;
      await store.history.append({
        id: `link-ended/${connectionId}/${asked.actionId}`,
        at: now().toISOString(),
        connectionId,
        officeUserId: asked.by,
        what: 'link-ended',
        data: { person, login: link.login.accountingUserName },
      });
      if (link.state === 'connected' || link.cause !== null)
        await store.userLinks.save({
          ...link,
          state: 'not-connected',
          cause: null,
          since: now().toISOString(),
        });
      await letGoUnlessUsed(store, connectionId, link.login.grantId);
    },

    /** An abandoned set-up keeps no grant; that of a running connection is never touched. */
    async forgetLogin({
      connectionId,
      person,
    }: {
      connectionId: ConnectionId;
      person: PersonId;
    }): Promise<void> {
      const link = await store.userLinks.find(connectionId, person);
      if (!link?.login) return;
      const { state } = await connectionWithNames(deps, connectionId);
      if (state.login?.grantId === link.login.grantId) return;
      await store.grants.discard(link.login.grantId);
      if (link.state === 'connected')
        await store.userLinks.save({
          ...link,
          state: 'not-connected',
          cause: null,
          since: now().toISOString(),
        });
    },
  };
}
