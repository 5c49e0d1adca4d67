import type { BarredCompanies } from '../../domain/announcements/rights.ts';
import { groupBarred, named } from '../../domain/verification/barred.ts';
import { weigh } from '../../domain/succession/change.ts';
import type { Right } from '../../domain/verification/verification.ts';
import type { ActivityDeps } from '../deps.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** Two logins of one connection, by the ids of their grants. */
export interface TwoLogins {
  connectionId: ConnectionId;
  inUse: string;
  candidate: string;
}

/** What is known of both, compared in the companies that are linked. */
export async function weighLogins({ store }: Pick<ActivityDeps, 'store'>, logins: TwoLogins) {
  const { connectionId, inUse, candidate } = logins;
  const [before, after, linked] = await Promise.all([
    store.rights.matrix({ connectionId, grantId: inUse }),
    store.rights.matrix({ connectionId, grantId: candidate }),
    store.companies.linked(connectionId),
  ]);
  return { ...weigh(before, after, new Set(linked.map(({ externalId }) => externalId))), after };
}

export interface GainsAndLosses {
  lost: BarredCompanies[];
  gained: BarredCompanies[];
  uncertain: BarredCompanies[];
}

/** The same in the names people know. They do not go through workflow history. */
export async function gainsAndLosses(
  deps: Pick<ActivityDeps, 'store'>,
  logins: TwoLogins,
): Promise<GainsAndLosses> {
  const { lost, gained, uncertain, after } = await weighLogins(deps, logins);
  const all = await deps.store.companies.all(logins.connectionId);
  const inNames = (rights: readonly Right[]) => named(all, groupBarred(rights, after));
  return { lost: inNames(lost), gained: inNames(gained), uncertain: inNames(uncertain) };
}
