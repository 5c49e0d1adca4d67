import type { Config } from '../config.ts';
import type { LocalParts, Ports } from './environment.ts';

/** Where everything is; written to `endpoints.json` for scripts. Null: it is not on this machine and nobody told. */
export interface Endpoints {
  temporal: string;
  temporalUi: string | null;
  slack: string;
  web: string;
  accounting: string | null;
  /** The page (and API) that breaks the sandbox accounting system; null with the real one. */
  accountingControl: string | null;
  /** Path of the SQLite file, or the address of PostgreSQL without its password. */
  database: string;
  /** The switches of the local Slack; absent with a real one. */
  slackControl?: string;
  tryton?: string;
  /** The switches of the local Tryton. */
  trytonControl?: string;
}

export function endpointsOf(config: Config, local: LocalParts, ports: Ports): Endpoints {
  const { exactOnline, tryton } = config.accounting;
  return {
    temporal: config.temporal.address,
    temporalUi: config.temporal.uiUrl,
    slack: local.slack ? `http://localhost:${ports.slack}` : 'https://app.slack.com/client',
    web: config.web.publicUrl,
    accounting: exactOnline?.baseUrl ?? tryton?.baseUrl ?? null,
    accountingControl: local.exactOnline ? `http://localhost:${ports.accounting}/control` : null,
    database: databaseOf(config),
    ...(local.slack && { slackControl: `http://127.0.0.1:${ports.slackApi}/_strict` }),
    ...(tryton && { tryton: tryton.baseUrl }),
    ...(local.tryton && { trytonControl: `http://localhost:${ports.trytonControl}/control` }),
  };
}

function databaseOf({ database }: Config): string {
  if (database.kind === 'sqlite') return database.file;
  const url = new URL(database.url.reveal());
  url.password = '';
  return url.href;
}
