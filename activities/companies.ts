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
      const before = new Set(
        (await store.companies.linked(connectionId)).map((company) => company.externalId),
      );
      await store.companies.link(connectionId, chosen);
      const after = await store.companies.linked(connectionId);
      const added = after.filter((company) => !before.has(company.externalId));
      if (added.length > 0)
        await store.history.append({
          id: `companies-linked/${connectionId}/${added.map((company) => company.externalId).join(',')}`.slice(
            0,
            200,
          ),
          at: now().toISOString(),
          connectionId,
          officeUserId: choice.by,
          what: 'companies-linked',
          data: { added: added.length, linked: after.length },
        });
      return { companies: after.length };
    },
  };
}
