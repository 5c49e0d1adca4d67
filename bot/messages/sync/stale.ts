import type { StaleData } from '../../../domain/sync/freshness.ts';
import { masterDataKinds } from '../../../domain/master-data.ts';
import { kindNames } from '../../../words/kinds.ts';
import { companyName, counted, dateAndTime, grouped, listed } from '../words.ts';

type Stale = StaleData<{ code: string; name: string }>;

/** How many groups of companies are told apart before it is only said how many there are. */
const shown = 3;

/** What is older than promised and since when, in one line; none while all of it is fresh. */
export function staleLine(stale: readonly Stale[]): string[] {
  if (stale.length === 0) return [];
  const told = stale.slice(0, shown).map(groupWords);
  const rest = stale.slice(shown).reduce((sum, { companies }) => sum + companies.length, 0);
  const more = rest > 0 ? [`something in ${counted(rest, 'other company', 'other companies')}`] : [];
  return [`:hourglass: Older than promised: ${[...told, ...more].join('; ')}.`];
}

function groupWords({ kinds, companies, since }: Stale): string {
  const what = kindWords(kinds);
  const [first] = companies;
  const where =
    companies.length === 1 && first ? companyName(first) : `${grouped(companies.length)} companies`;
  return `${what} of ${where} since ${dateAndTime(since)}`;
}

function kindWords(kinds: Stale['kinds']): string {
  if (kinds.length === masterDataKinds.length) return 'everything';
  return kinds.length > 3 ? `${kinds.length} kinds` : listed(kinds.map((kind) => kindNames[kind]));
}
