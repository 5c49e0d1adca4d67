import { localApp } from '@syncuser/slack-sandbox';
import { ConfigError, type Environment } from '../config.ts';
import { demoOfficeFile } from './demo-office.ts';

/** Which parts run on this machine; the others are set in `.env` and are the real ones. */
export interface LocalParts {
  temporal: boolean;
  slack: boolean;
  exactOnline: boolean;
  tryton: boolean;
}

/** Ports of the local parts, chosen by ports.ts. */
export type Ports = Record<keyof typeof preferredPorts, number>;
export const preferredPorts = {
  temporal: 7233,
  temporalUi: 8233,
  slack: 3100,
  slackApi: 3101,
  web: 3000,
  accounting: 3200,
  tryton: 3300,
  trytonControl: 3301,
};

/** The name of the books in the local Tryton. */
export const trytonDatabase = 'kantoor';

/** A part is local when nothing of it is set; a half-set one is left as it is, and the configuration complains. */
export function localParts(env: Environment, { tryton }: { tryton: boolean }): LocalParts {
  const unset = (prefix: string) =>
    !Object.entries(env).some(([name, value]) => name.startsWith(prefix) && value?.trim());
  return {
    temporal: !env['TEMPORAL_ADDRESS'],
    slack: unset('SLACK_'),
    exactOnline: unset('EXACT_ONLINE_') && (tryton || unset('TRYTON_')),
    tryton: tryton && unset('TRYTON_'),
  };
}

/**
 * Whoever reaches the local Slack acts as anybody in it, also as a superuser: it goes with books that nobody keeps.
 * @throws ConfigError where it would stand beside a package that is not on this machine
 */
function keepSlackFromRealBooks(env: Environment, local: LocalParts): void {
  if (!local.slack) return;
  const isSet = (name: string) => Boolean(env[name]?.trim());
  const isElsewhere = (url: string | undefined) => {
    const host = url && URL.canParse(url) ? new URL(url).hostname : 'localhost';
    return !['localhost', '127.0.0.1', '[::1]'].includes(host);
  };
  const exactOnline = isSet('EXACT_ONLINE_BASE_URL')
    ? isElsewhere(env['EXACT_ONLINE_BASE_URL'])
    : isSet('EXACT_ONLINE_CLIENT_ID') && isSet('EXACT_ONLINE_CLIENT_SECRET'); // the real one is its default; a half-set one is complained of
  const names = [
    ...(exactOnline ? ['Exact Online'] : []),
    ...(isElsewhere(env['TRYTON_BASE_URL']?.trim()) ? ['Tryton'] : []),
  ];
  if (names.length > 0)
    throw new ConfigError([
      `SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set, and ${names.join(' and ')} is not on this machine: in the local Slack everybody who reaches it is a superuser, so it runs beside local packages only`,
    ]);
}

/**
 * The settings of this start: what is set already, completed with the local parts.
 * @throws ConfigError where parts must not stand side by side
 */
export function completeEnvironment(
  env: Environment,
  local: LocalParts,
  ports: Ports,
  data: string,
): Environment {
  keepSlackFromRealBooks(env, local);
  const settings: Environment = {
    WEB_PORT: `${ports.web}`,
    ...unlessSet(env, {
      PUBLIC_URL: `http://localhost:${ports.web}`,
      DATABASE_FILE: `${data}/syncuser.sqlite`,
      ...(local.exactOnline || local.tryton ? { SYNC_INTERVAL: '1m', LOGIN_CHECK_INTERVAL: '20s' } : {}),
      ...(env['SECRET_KEYS'] ? {} : { SECRET_KEY_FILE: `${data}/secret-keys` }),
    }),
  };
  if (local.temporal) {
    settings['TEMPORAL_ADDRESS'] = `localhost:${ports.temporal}`;
    settings['TEMPORAL_UI_URL'] = `http://localhost:${ports.temporalUi}`;
  }
  if (local.slack) {
    settings['SLACK_BOT_TOKEN'] = localApp.botToken;
    settings['SLACK_APP_TOKEN'] = localApp.appToken;
    settings['SLACK_API_URL'] = `http://127.0.0.1:${ports.slackApi}/api/`;
    Object.assign(settings, unlessSet(env, { OFFICE_FILE: demoOfficeFile }));
  }
  if (local.exactOnline) {
    settings['EXACT_ONLINE_BASE_URL'] = `http://localhost:${ports.accounting}`;
    settings['EXACT_ONLINE_CLIENT_ID'] = 'syncuser-local';
    settings['EXACT_ONLINE_CLIENT_SECRET'] = 'syncuser-local-secret';
    settings['EXACT_ONLINE_WEBHOOK_SECRET'] = 'syncuser-local-webhook-secret';
  }
  if (local.tryton) {
    settings['TRYTON_BASE_URL'] = `http://localhost:${ports.tryton}`;
    settings['TRYTON_DATABASE'] = trytonDatabase;
  }
  return { ...env, ...settings };
}

function unlessSet(env: Environment, defaults: Record<string, string>): Environment {
  return Object.fromEntries(Object.entries(defaults).filter(([name]) => !env[name]?.trim()));
}
