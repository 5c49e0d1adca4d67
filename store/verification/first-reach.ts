import type { SetUpReach } from '../../domain/announcements/logins.ts';
import { firstReach } from '../../domain/verification/first-reach.ts';
import type { Store } from '../index.ts';
import type { PersonId } from '../../domain/ids.ts';

/** What is known of the rights of the login that a person set a connection up with; null while nobody logged in. */
export async function reachOfFirstLogin(
  store: Pick<Store, 'userLinks' | 'rights' | 'verifications' | 'companies'>,
  { id: connectionId, system: systemId }: { id: string; system: string },
  person: PersonId,
): Promise<SetUpReach | null> {
  const link = await store.userLinks.find(connectionId, person);
  if (!link?.login) return null;
  const login = { connectionId, grantId: link.login.grantId };
  const [matrix, latest, linked, all] = await Promise.all([
    store.rights.matrix(login),
    store.verifications.latest(login),
    store.companies.linked(connectionId),
    store.companies.all(connectionId),
  ]);
  const looked = latest !== null;
  return firstReach({ systemId, login: link.login.accountingUserName, looked, matrix, linked, all });
}
