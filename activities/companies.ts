import type { ActivityDeps } from './deps.ts';

export function createCompanyActivities({ store, now }: ActivityDeps) {
  return {
    /** Links companies (by external id) to the connection; returns how many are linked now. */
    async linkCompanies(choice: {
      connectionId: string;
      companies: string[] | 'all';
      by: string;
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
      // Written before it is done, for afterwards nobody could tell what was added. A company is added once, so its id
      // names the entry.
      if (added.length > 0)
        await store.history.append({
          id: `companies-linked/${connectionId}/${added[0]}`,
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
