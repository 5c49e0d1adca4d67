import type { SignInOutcome, SignInPurpose } from '../../domain/logins/sign-in.ts';
import { logIn } from '@syncuser/exact-online-sandbox';
import { connectionId as benchConnectionId, type RunningSyncuser } from './syncuser.ts';

const redirectUri = 'http://127.0.0.1:9/callback';

/** Who does what in the demo office. */
export const superuser = 'sanne';
export const synchronisationUser = 'tom';

/** Which connection it is, and who logs in to it. */
interface Connecting {
  connectionId?: string;
  name?: string;
  userName?: string;
}

/** A superuser asks for the connection, and the synchronisation user logs in. Next they choose the companies. */
export async function logInToConnection(
  syncuser: RunningSyncuser,
  { connectionId = benchConnectionId, name, userName = 'CX_Basecone' }: Connecting = {},
): Promise<void> {
  const { id: system, name: systemName } = syncuser.systems.get('exact-online');
  await syncuser.gateway.setUp({
    actionId: `set up ${connectionId}`,
    by: superuser,
    connectionId,
    name: name ?? systemName,
    system,
    systemName,
    synchronisationUserId: synchronisationUser,
  });
  await followLink(syncuser, { connectionId, purpose: 'set-up', person: synchronisationUser, userName });
}

/**
 * A person follows a link and logs in at the package as this user of it.
 * @returns what became of the login
 * @throws Error with what the login page says when it refuses
 */
export async function followLink(
  { store, systems, gateway, until }: RunningSyncuser,
  link: { connectionId: string; purpose: SignInPurpose; person: string; userName: string },
): Promise<SignInOutcome> {
  const { connectionId, purpose, person: officeUserId, userName } = link;
  const { signIn } = systems.get('exact-online');
  if (signIn.kind !== 'redirect') throw new Error('Exact Online has a login page of its own');
  const { id } = await store.signIns.issue({ officeUserId, connectionId, purpose, ttlMs: 600_000 });
  await store.signIns.claim(id, 'the browser of the bench');
  await store.signIns.setState(id, id);
  const page = signIn.authorisationUrl({ state: id, redirectUri, forceLogin: false });
  const { href: callback } = await logIn(page, { userName });
  await store.signIns.return(id, { kind: 'redirect', callback, state: id, redirectUri });
  await gateway.signInReturned(connectionId, { signInId: id, purpose });
  return until(async () => (await store.signIns.get(id))?.outcome);
}

/** Everything is brought in once more. */
export async function syncAgain({ gateway }: RunningSyncuser): Promise<void> {
  await gateway.syncNow(benchConnectionId, { actionId: 'sync again', by: superuser });
}

/** The first round begins with this. */
export async function chooseCompanies(
  { gateway }: RunningSyncuser,
  { connectionId = benchConnectionId }: Connecting = {},
  companies: string[] | 'all' = 'all',
): Promise<void> {
  await gateway.chooseCompanies(connectionId, {
    actionId: `choose ${connectionId}`,
    by: synchronisationUser,
    companies,
  });
}
