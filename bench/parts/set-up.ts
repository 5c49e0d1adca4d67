import { logIn } from '../../sandbox/exact-online/log-in.ts';
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

/** A superuser asks for the connection, and the synchronisation user logs in. Next he chooses the companies. */
export async function logInToConnection(
  { store, systems, gateway, until }: RunningSyncuser,
  { connectionId = benchConnectionId, name, userName = 'CX_Basecone' }: Connecting = {},
): Promise<void> {
  const { id: system, name: systemName, signIn } = systems.get('exact-online');
  if (signIn.kind !== 'redirect') throw new Error('Exact Online has a login page of its own');
  const person = { officeUserId: synchronisationUser, connectionId, purpose: 'set-up' } as const;
  await gateway.setUp({
    actionId: `set up ${connectionId}`,
    by: superuser,
    connectionId,
    name: name ?? systemName,
    system,
    systemName,
    synchronisationUserId: synchronisationUser,
  });
  const { id } = await store.signIns.issue({ ...person, ttlMs: 600_000 });
  await store.signIns.claim(id, 'the browser of the bench');
  await store.signIns.setState(id, id);
  const page = signIn.authorisationUrl({ state: id, redirectUri, forceLogin: false });
  const { href: callback } = await logIn(page, { userName });
  await store.signIns.return(id, { kind: 'redirect', callback, state: id, redirectUri });
  await gateway.signInReturned(connectionId, { signInId: id, purpose: 'set-up' });
  await until(async () => (await store.signIns.get(id))?.outcome);
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
