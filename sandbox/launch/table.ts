import type { Endpoints } from './endpoints.ts';
import type { LocalParts } from './environment.ts';

/** What a person sees once everything runs: where each part is, and what to do next. */
export function table(endpoints: Endpoints, local: LocalParts, data: string): string {
  const rows: [string, string | null | undefined, string][] = [
    [
      'Slack',
      endpoints.slack,
      local.slack ? 'the demo office; choose at the top whom you act as' : 'your workspace',
    ],
    ['Connect page and API', endpoints.web, ''],
    ['Temporal UI', endpoints.temporalUi, 'every connection and what it waits for, in words'],
    ['Exact Online sandbox', local.exactOnline ? endpoints.accounting : null, 'look inside it, and break it'],
    ['Tryton', endpoints.tryton, local.tryton ? 'a real accounting system, with its own books' : ''],
    ['Database', endpoints.database, ''],
    ['Logs', `${data}/logs`, ''],
  ];
  const shown = rows.filter((row): row is [string, string, string] => Boolean(row[1]));
  const width = (column: 0 | 1) => Math.max(...shown.map((row) => row[column].length));
  const lines = shown.map(([name, where, what]) =>
    `  ${name.padEnd(width(0))}  ${where.padEnd(width(1))}  ${what}`.trimEnd(),
  );
  return ['', ...lines, '', next(endpoints, local), 'Ctrl-C stops everything; the data stays.', ''].join(
    '\n',
  );
}

function next(endpoints: Endpoints, local: LocalParts): string {
  if (!local.slack) return 'Next: in Slack, type /syncuser setup.';
  return `Next: open ${endpoints.slack} as Sanne Jansen, go to #accounting and type /syncuser setup`;
}
