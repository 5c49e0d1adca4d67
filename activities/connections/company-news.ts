import type { CompaniesNews } from '../../domain/announcements/rights.ts';
import type { Barrier } from '../../domain/verification/verification.ts';
import type { KnownCompany } from '../../store/connections/companies.ts';
import type { ActivityDeps } from '../deps.ts';
import { connectionWithNames } from '../names.ts';
import { barrierOfStatus } from '../verification/verification.ts';
import type { ConnectionId } from '../../domain/ids.ts';

export function createCompanyNewsActivities(deps: ActivityDeps) {
  const { store, speaker, office } = deps;
  return {
    /**
     * Tells the office what happened to its companies in the package since it was last told, as they are now: what changed
     * back meanwhile is no news.
     */
    async tellCompanyNews({
      connectionId,
      occasion,
    }: {
      connectionId: ConnectionId;
      occasion: string;
    }): Promise<void> {
      const news = await store.companyNews.take(connectionId, occasion);
      const { state, connectionName, systemName } = await connectionWithNames(deps, connectionId);
      const companies = new Map(
        (await store.companies.all(connectionId)).map((company) => [company.externalId, company]),
      );
      const now = (what: string) => {
        const ids = new Set(news.filter((event) => event.what === what).map(({ companyId }) => companyId));
        return [...ids].flatMap((id) => companies.get(id) ?? []);
      };
      const appeared = now('appeared').filter(({ linked }) => !linked);
      const told: CompaniesNews = {
        what: 'companies-news',
        connectionId,
        connectionName,
        systemId: state.system,
        systemName,
        login: state.login?.accountingUserName ?? '',
        addable: appeared
          .filter(({ status }) => status === 'reachable')
          .map((company) => ({ externalId: company.externalId, ...named(company) })),
        closed: byBarrier(appeared),
        renamed: news.flatMap(({ what, companyId, was }) => {
          const company = companies.get(companyId);
          return what === 'renamed' && company?.linked && was !== null ? [{ was, ...named(company) }] : [];
        }),
        archived: now('archived')
          .filter(({ status, linked }) => linked && status === 'archived')
          .map(named),
        back: now('back')
          .filter(({ status, linked }) => linked && status === 'reachable')
          .map(named),
      };
      const { addable, closed, renamed, archived, back } = told;
      if ([addable, closed, renamed, archived, back].every((list) => list.length === 0)) return;
      await speaker.say({
        key: `company-news/${connectionId}/${occasion}`,
        to: { channel: office.channelId },
        announcement: told,
      });
    },
  };
}

const named = ({ code, name }: KnownCompany) => ({ code, name });

function byBarrier(companies: readonly KnownCompany[]): CompaniesNews['closed'] {
  const groups = new Map<Barrier, { code: string; name: string }[]>();
  for (const company of companies) {
    const barrier = barrierOfStatus(company.status);
    if (barrier) groups.set(barrier, [...(groups.get(barrier) ?? []), named(company)]);
  }
  return [...groups].map(([barrier, closed]) => ({ barrier, companies: closed }));
}
