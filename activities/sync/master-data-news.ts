import { localMinute } from '../../domain/offices/working-hours.ts';
import { namedNews, type NamedNews } from '../../domain/sync/master-data-news.ts';
import type { Moment } from '../../domain/master-data.ts';
import type { ActivityDeps } from '../deps.ts';
import type { ConnectionId } from '../../domain/ids.ts';

/** Enough to know what it is about; the whole list is had by asking. */
const mostOfEach = 3;

/** What changed in the linked companies since a moment, with the first few rows of each subject. */
export async function newsSince(
  { store, office }: Pick<ActivityDeps, 'store' | 'office'>,
  { connectionId, since }: { connectionId: ConnectionId; since: Moment },
): Promise<{ since: Moment; sinceInOffice: string; news: NamedNews[] }> {
  const { ofCompanies } = await store.masterData.news({
    ...{ connectionId, since, mostOfEach },
    timeZone: office.timeZone,
  });
  return {
    since,
    sinceInOffice: localMinute(office.timeZone, Date.parse(since)),
    news: namedNews(ofCompanies, await store.companies.linked(connectionId)),
  };
}
