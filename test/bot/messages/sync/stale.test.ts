import { expect, test } from '@jest/globals';
import { staleLine } from '../../../../bot/messages/sync/stale.ts';
import { status } from '../../../../bot/messages/connections/status.ts';
import { masterDataKinds } from '../../../../domain/master-data.ts';
import { companies, connectionFacts, minutesAgo, officeFacts } from '../../facts.ts';

const since = minutesAgo(60);
const when = `<!date^${Date.parse(since) / 1000}^{date_short_pretty} at {time}|2026-11-23 09:00 UTC>`;

test('Nothing is said while everything is as fresh as promised', () => {
  expect(staleLine([])).toEqual([]);
});

test('What is older than promised is told in one line, companies that lack the same together', () => {
  const [bakery] = companies(1);
  const stale = [
    { kinds: ['relation', 'item'] as const, companies: [bakery!], since },
    { kinds: masterDataKinds, companies: companies(3), since },
    { kinds: masterDataKinds.slice(0, 5), companies: companies(2), since },
    { kinds: ['project'] as const, companies: companies(7), since },
  ];
  expect(staleLine(stale)).toEqual([
    `:hourglass: Older than promised: relations and items of 101 Bakkerij 1 B.V. since ${when}; everything of 3 companies since ${when}; 5 kinds of 2 companies since ${when}; something in 7 other companies.`,
  ]);
  expect(status(officeFacts([connectionFacts({ stale })])).text).toContain('Older than promised');
});
