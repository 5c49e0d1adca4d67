import type { ActivityDeps } from '../deps.ts';
import type { ConnectionId, PersonId } from '../../domain/ids.ts';

export function createCompanyActivities({ store, now }: ActivityDeps) {
  return {
    /**
     * Takes companies out of the connection; returns how many are linked now. Their data and how far they were brought in
     * stay, so that they go on from there when they are linked again.
     */
    async unlinkCompanies(choice: {
      connectionId: ConnectionId;
      companies: string[];
      by: PersonId;
      actionId: string;
    }): Promise<{ companies: number }> {
      const { connectionId, companies, by, actionId } = choice;
      await store.history.append({
        id: `companies-unlinked/${connectionId}/${actionId}`,
        at: now().toISOString(),
        connectionId,
        officeUserId: by,
        what: 'companies-unlinked',
        data: { removed: companies.length, companies },
      });
      await store.companies.unlink(connectionId, companies);
      return { companies: (await store.companies.linked(connectionId)).length };
    },

    /** Links companies (by external id) to the connection; returns how many are linked now. */
    async linkCompanies(choice: {
      connectionId: ConnectionId;
      companies: string[] | 'all';
      by: PersonId;
      /** The human action behind it; a company may be linked again after it was unlinked. */
      actionId?: string;
    }): Promise<{ companies: number }> {
      const { connectionId } = choice;
      const listed = await store.companies.all(connectionId);
      const addable = listed
        .filter((company) => company.status === 'reachable')
        .map((company) => company.externalId);
      const chosen =
        choice.companies === 'all' ? addable : addable.filter((id) => choice.companies.includes(id));
      const linked = new Set(
        (await store.companies.linked(connectionId)).map(({ externalId }) => externalId),
      );
      const added = chosen.filter((id) => !linked.has(id));
      // Written before it is done, for afterwards nobody could tell what was added.
      if (added.length > 0)
        await store.history.append({
          id: `companies-linked/${connectionId}/${choice.actionId ?? added[0]}`,
          at: now().toISOString(),
          connectionId,
          officeUserId: choice.by,
          what: 'companies-linked',
          data: { added: added.length, linked: linked.size + added.length },
        });
      await store.companies.link(connectionId, added);
      return { companies: linked.size + added.length };
    },
  };
}
