import type { Endpoints } from './endpoints.ts';
import type { LocalParts } from './environment.ts';

/** What a person sees once everything runs: where each part is, and what to do next. */
export function table(
  endpoints: Endpoints,
  local: LocalParts,
  {
    data,
    connections,
    apiToken,
  }: { data: string; connections: readonly KnownConnection[]; apiToken: string | null },
): string {
  const rows: [string, string | null | undefined, string][] = [
    [
      'Slack',
      endpoints.slack,
      local.slack ? 'the demo office; choose at the top whom you act as' : 'your workspace',
    ],
    ['Connect page and API', endpoints.web, ''],
    ['API token', apiToken, 'what programs send: "Authorization: Bearer …"'],
    ['Temporal UI', endpoints.temporalUi, 'what a workflow waits for: open it, then User Metadata'],
    ['Exact Online sandbox', local.exactOnline ? endpoints.accounting : null, 'look inside it, and break it'],
    [
      'Tryton',
      endpoints.tryton,
      local.tryton ? 'a real accounting system; its logins: sandboxes/tryton/README.md' : '',
    ],
    ['Database', endpoints.database, ''],
    ['Logs', `${data}/logs`, ''],
  ];
  const shown = rows.filter((row): row is [string, string, string] => Boolean(row[1]));
  const width = (column: 0 | 1) => Math.max(...shown.map((row) => row[column].length));
  const lines = shown.map(([name, where, what]) =>
    `  ${name.padEnd(width(0))}  ${where.padEnd(width(1))}  ${what}`.trimEnd(),
  );
  return [
    '',
    ...lines,
    '',
    next(endpoints, local, connections),
    'Ctrl-C stops everything; the data stays.',
    '',
  ].join('\n');
}

/** A connection that was there before this start. */
export interface KnownConnection {
  name: string;
  link: 'connecting' | 'connected' | 'disconnected' | 'abandoned';
  synchronisationUser: string;
}

/** What there is to do: what is broken first, then what waits, then looking round. */
function next({ slack }: Endpoints, local: LocalParts, connections: readonly KnownConnection[]): string {
  const as = (person: string) => (local.slack ? `open ${slack} as ${person}` : 'open Slack');
  const one = (link: KnownConnection['link']) => connections.find((connection) => connection.link === link);
  const [broken, waiting, well] = [one('disconnected'), one('connecting'), one('connected')];
  if (broken)
    return `Next: ${broken.name} is disconnected. ${sentence(as(broken.synchronisationUser))} and click Reconnect under the alert in the office's channel.`;
  if (waiting)
    return `Next: ${waiting.name} waits for the login of ${waiting.synchronisationUser}. ${sentence(as(waiting.synchronisationUser))} and click Connect in the direct message.`;
  if (well)
    return `Next: ${well.name} is connected already. ${sentence(as('Sanne Jansen'))} and type /syncuser status`;
  return `Next: ${as('Sanne Jansen')}, go to ${local.slack ? '#accounting' : "the office's channel"} and type /syncuser setup`;
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
